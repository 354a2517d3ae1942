// A run of its own process: tells what waits in the outbox. argv: outbox file, address, time in ms.
import { channelsSchema } from '../../src/notify/channels.ts';
import { createNotifier } from '../../src/notify/index.ts';
import { openOutbox } from './outbox-file.ts';

const [file = '', url = '', ms = ''] = process.argv.slice(2);
const now = () => new Date(Number(ms));
const outbox = openOutbox(file, now);
const channels = channelsSchema.parse([{ name: 'hook', kind: 'webhook', url, 'secret-env': 'HOOK_SECRET' }]);
const notifier = await createNotifier({ channels, outbox, env: process.env, now, pauseMs: 0 });
await notifier.flush();
outbox.end();

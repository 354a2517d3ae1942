// SIGKILL between the sending and the mark, with real processes: told at least once, and recognisable as the same message.
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { channelsSchema } from '../../src/notify/channels.ts';
import { createNotifier } from '../../src/notify/index.ts';
import { openOutbox } from './outbox-file.ts';
import { folder, incident, START } from './parts.ts';

const CHILD = fileURLToPath(new URL('./killed-child.ts', import.meta.url));
const SECRET = 'a signing secret for this test alone';

test('killed after sending and before the mark: the next run sends it again under the same webhook-id', async () => {
  const file = join(await folder(), 'outbox.sqlite');
  const ids: string[] = [];
  let child: ChildProcess | undefined;
  const server = createServer((request, response) => {
    ids.push(String(request.headers['webhook-id']));
    if (ids.length === 1) child?.kill('SIGKILL');
    else response.writeHead(204).end();
    request.resume();
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    child?.kill('SIGKILL');
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const run = (ms: number) =>
    new Promise<NodeJS.Signals | number | null>((ended, failed) => {
      child = spawn(process.execPath, [CHILD, file, url, String(ms)], {
        env: { ...process.env, HOOK_SECRET: SECRET },
        stdio: 'ignore',
      });
      child.on('error', failed);
      child.on('exit', (code, signal) => ended(signal ?? code));
    });

  const outbox = openOutbox(file, () => new Date(START));
  onTestFinished(() => outbox.end());
  const channels = channelsSchema.parse([
    { name: 'hook', kind: 'webhook', url, 'secret-env': 'HOOK_SECRET' },
  ]);
  const notifier = await createNotifier({ channels, outbox, env: { HOOK_SECRET: SECRET } });
  await notifier.enqueue(incident(), 'burned');

  expect(await run(START)).toBe('SIGKILL');
  expect(outbox.rows()).toMatchObject([{ sent: null, attempts: 1 }]);
  expect(await run(START + 600_000)).toBe(0);
  expect(outbox.rows()).toMatchObject([{ sent: new Date(START + 600_000).toISOString() }]);
  expect(await run(START + 1_200_000)).toBe(0);
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(1);
});

// A service that acknowledges leak reports and is never given the time to burn. argv: home, address of the public keys.

import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { createKeyService, createLeakDesk, openStore } from '../../../src/keyservice/index.ts';

const [home = '', url = ''] = process.argv.slice(2);
const store = openStore(home);
const now = () => new Date();
const desk = createLeakDesk({ store, now, log: () => undefined, later: () => undefined });
const app = createKeyService({
  store,
  now,
  rootHash: new Uint8Array(32),
  baseUrl: () => '',
  leaks: { from: { github: { url } }, desk },
});
const server = createAdaptorServer({ fetch: app.fetch });
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});

// A service that acknowledges leak reports and is never given the time to burn. argv: home, address of the public keys, `never`
// (nothing is begun after the answer) or `stuck` (the far issuer was asked and does not answer).

import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { createKeyService, createLeakDesk, type Issuer, openStore } from '../../../src/keyservice/index.ts';
import { createSeal, queueKey } from '../../../src/keyservice/leaks/seal.ts';

const [home = '', url = '', how = 'never'] = process.argv.slice(2);
const store = openStore(home);
const now = () => new Date();
const far: Issuer = {
  id: 'far',
  needs: 'key',
  pattern: /^acme_[0-9a-f]{32}$/,
  burn: () => {
    process.stdout.write('asked\n');
    return new Promise(() => undefined);
  },
};
const desk = createLeakDesk({
  store,
  now,
  log: () => undefined,
  issuers: [far],
  seal: createSeal(queueKey(home, undefined)),
  ...(how === 'never' ? { later: () => undefined } : {}),
});
const app = createKeyService({
  store,
  now,
  rootHash: new Uint8Array(32),
  baseUrl: () => '',
  leaks: { from: { github: { url }, found: {} }, desk },
});
const server = createAdaptorServer({ fetch: app.fetch });
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});

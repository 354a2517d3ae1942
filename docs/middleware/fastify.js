// An API whose refusals say why: node fastify.js, then
//   printf 'authorization: Bearer leaked-key' | curl -i -H @- http://127.0.0.1:3000/v1/orders | npx keyburn why

import { createHash } from 'node:crypto';
import fastify from 'fastify';
import { keyGuard, keyOf } from 'keyburn/middleware/fastify';

// Your own table: what is known of each key, by the hex SHA-256 of its characters. The keys themselves are in no table.
const sha256 = (key) => createHash('sha256').update(key).digest('hex');
const keys = new Map([
  [sha256('live-key'), { id: 'key_1', state: 'live', customer: 'Ada' }],
  [
    sha256('leaked-key'),
    {
      id: 'key_2',
      state: 'revoked',
      customer: 'Bob',
      stopped: {
        at: '2026-11-20T12:00:00Z',
        by: 'github-secret-scanning',
        cause: {
          reason: 'leaked',
          foundAt: { url: 'https://github.com/acme/shop/blob/main/config.env', exposure: 'public' },
          foundTime: '2026-11-20T11:58:00Z',
        },
      },
    },
  ],
]);

const guard = keyGuard({
  find: (hash) => keys.get(hash), // may be a promise: a query of your own
  docs: 'https://acme.example/errors',
  newKey: 'Make a new one at https://acme.example/keys.',
});

const port = Number(process.env.PORT ?? 3000);
const app = fastify();
app.addHook('onRequest', guard);
app.get('/v1/orders', async (request) => ({ ordersOf: keyOf(request).customer }));
await app.listen({ port });

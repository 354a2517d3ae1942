// Lichess. Pages: lichess.org/api#tag/Account/operation/accountMe, …#tag/OAuth/operation/apiTokenDelete (a token revokes itself).

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function lichess(place: Place = {}): Service {
  const { api = 'https://lichess.org', internal = false } = place;
  const none = z.object({ error: z.string().regex(/no such token/i) });
  return simple({
    id: 'lichess',
    name: 'Lichess',
    docs: 'https://lichess.org/api#tag/OAuth/operation/apiTokenDelete',
    hosts: [new URL(api).host],
    internal,
    // One request at a time, and a minute's pause after a 429.
    rate: { requests: 1, perMs: 1_000, concurrency: 1 },
    check: {
      ask: ({ secret }) => call('GET', `${api}/api/account`, bearer(secret)),
      live: z.object({ id: z.string().min(1), username: z.string() }),
      says: 'with an account',
      means: [
        { status: 401, where: none, is: 'rejected', says: 'No such token' },
        { status: 403, where: z.object({ error: z.string() }), is: 'limited', says: 'without the scope' },
      ],
      owner: ({ username }) => ({ account: username }),
    },
    revoke: {
      ask: ({ secret }) => call('DELETE', `${api}/api/token`, bearer(secret)),
      answers: [
        { status: 204, is: 'accepted', says: 'revoked' },
        { status: 401, where: none, is: 'already-dead', says: 'No such token' },
      ],
    },
    byHand: (preview) => [`Sign in at https://lichess.org/account/oauth/token, and delete ${preview}.`],
  });
}

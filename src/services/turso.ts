// Turso: platform API tokens. Pages, read 2026-11: docs.turso.tech/api-reference/tokens (validate, list, revoke: by name, and the list shows names only, so a person decides).

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function turso({ api = 'https://api.turso.tech', internal = false }: Place = {}): Service {
  return simple({
    id: 'turso',
    name: 'Turso',
    docs: 'https://docs.turso.tech/api-reference/tokens/validate',
    hosts: [new URL(api).host],
    internal,
    control: true,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v1/auth/validate`, bearer(secret)),
      live: z.object({ exp: z.number() }),
      says: 'with its expiry',
      means: [{ status: 401, where: z.object({ error: z.string() }), is: 'rejected', says: 'unauthorized' }],
    },
    byHand: (preview) => [
      `turso auth api-tokens list, then: turso auth api-tokens revoke <name>    # ${preview}`,
      'A database’s token: turso db tokens invalidate <database> ends all tokens of that database.',
    ],
  });
}

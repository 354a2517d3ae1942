// Particle: access tokens. Page, read 2026-11: docs.particle.io/reference/cloud-apis/api (get user; delete current access token; errors).

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

const INVALID = z.object({ error: z.enum(['invalid_token', 'invalid_grant']) });

export function particle({ api = 'https://api.particle.io', internal = false }: Place = {}): Service {
  return simple({
    id: 'particle',
    name: 'Particle',
    docs: 'https://docs.particle.io/reference/cloud-apis/api/#delete-current-access-token',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v1/user`, bearer(secret)),
      live: z.object({ username: z.string().min(1) }),
      says: 'with a user',
      means: [
        { status: 401, where: INVALID, is: 'rejected', says: 'invalid_token' },
        { status: 400, where: INVALID, is: 'rejected', says: 'invalid_token' },
      ],
      owner: ({ username }) => ({ account: username }),
    },
    revoke: {
      ask: ({ secret }) => call('DELETE', `${api}/v1/access_tokens/current`, bearer(secret)),
      answers: [
        { status: 200, is: 'accepted', says: 'deleted itself' },
        { status: 204, is: 'accepted', says: 'deleted itself' },
        { status: 401, where: INVALID, is: 'already-dead', says: 'invalid_token' },
        { status: 400, where: INVALID, is: 'already-dead', says: 'invalid_token' },
      ],
    },
    byHand: (preview) => [`particle token list, then: particle token revoke <token>    # ${preview}`],
  });
}

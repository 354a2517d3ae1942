// Replicate. Page: replicate.com/docs/reference/http#account.get.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function replicate(place: Place = {}): Service {
  const { api = 'https://api.replicate.com', internal = false } = place;
  return simple({
    id: 'replicate',
    name: 'Replicate',
    docs: 'https://replicate.com/docs/reference/http#account.get',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v1/account`, bearer(secret)),
      live: z.object({ type: z.enum(['user', 'organization']), username: z.string().min(1) }),
      says: 'accepted',
      means: [{ status: 401, where: z.object({ title: z.string() }), is: 'rejected', says: 'refused' }],
      owner: ({ username }) => ({ account: username }),
    },
    byHand: (preview) => [
      `Sign in at https://replicate.com/account/api-tokens, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

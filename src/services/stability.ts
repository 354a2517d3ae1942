// Stability AI. Page: platform.stability.ai/docs/api-reference#tag/v1user.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function stability(place: Place = {}): Service {
  const { api = 'https://api.stability.ai', internal = false } = place;
  return simple({
    id: 'stability',
    name: 'Stability AI',
    docs: 'https://platform.stability.ai/docs/api-reference#tag/v1user',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v1/user/account`, bearer(secret)),
      live: z.object({ id: z.string().min(1), email: z.string(), organizations: z.array(z.unknown()) }),
      says: 'accepted',
      means: [
        {
          status: 401,
          where: z.object({ name: z.literal('unauthorized') }),
          is: 'rejected',
          says: 'unauthorized',
        },
      ],
      owner: ({ email }) => ({ account: email, email }),
    },
    byHand: (preview) => [
      `Sign in at https://platform.stability.ai/account/keys, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

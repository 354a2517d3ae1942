// Clerk. Page: clerk.com/docs/reference/backend-api/tag/users/get/users/count.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function clerk(place: Place = {}): Service {
  const { api = 'https://api.clerk.com', internal = false } = place;
  return simple({
    id: 'clerk',
    name: 'Clerk',
    docs: 'https://clerk.com/docs/reference/backend-api/tag/users/get/users/count',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v1/users/count`, bearer(secret)),
      live: z.object({ object: z.literal('total_count'), total_count: z.number() }),
      says: 'accepted',
      means: [
        {
          status: 401,
          where: z.object({ errors: z.array(z.object({ code: z.string() })).min(1) }),
          is: 'rejected',
          says: 'refused',
        },
      ],
    },
    byHand: (preview) => [
      `Sign in at https://dashboard.clerk.com/last-active?path=api-keys, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

// Together AI. Page: docs.together.ai/reference/models-1.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function together(place: Place = {}): Service {
  const { api = 'https://api.together.xyz', internal = false } = place;
  return simple({
    id: 'together',
    name: 'Together AI',
    docs: 'https://docs.together.ai/reference/models-1',
    hosts: [new URL(api).host],
    internal,
    control: true,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v1/models`, bearer(secret)),
      live: z.array(z.object({ id: z.string().min(1), object: z.literal('model') })).min(1),
      says: 'accepted',
      means: [
        {
          status: 401,
          where: z.object({ error: z.object({ code: z.literal('invalid_api_key') }) }),
          is: 'rejected',
          says: 'invalid_api_key',
        },
      ],
    },
    byHand: (preview) => [
      `Sign in at https://api.together.ai/settings/api-keys, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

// Cerebras. Page: inference-docs.cerebras.ai/api-reference/models.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function cerebras(place: Place = {}): Service {
  const { api = 'https://api.cerebras.ai', internal = false } = place;
  return simple({
    id: 'cerebras',
    name: 'Cerebras',
    docs: 'https://inference-docs.cerebras.ai/api-reference/models',
    hosts: [new URL(api).host],
    internal,
    control: true,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v1/models`, bearer(secret)),
      live: z.object({
        object: z.literal('list'),
        data: z.array(z.object({ id: z.string().min(1), object: z.literal('model') })).min(1),
      }),
      says: 'accepted',
      means: [
        {
          status: 401,
          where: z.object({ code: z.literal('wrong_api_key') }),
          is: 'rejected',
          says: 'wrong_api_key',
        },
      ],
    },
    byHand: (preview) => [
      `Sign in at https://cloud.cerebras.ai, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

// Groq. Page: console.groq.com/docs/api-reference#models.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function groq(place: Place = {}): Service {
  const { api = 'https://api.groq.com', internal = false } = place;
  return simple({
    id: 'groq',
    name: 'Groq',
    docs: 'https://console.groq.com/docs/api-reference#models',
    hosts: [new URL(api).host],
    internal,
    // A list that could be public one day.
    control: true,
    check: {
      ask: ({ secret }) => call('GET', `${api}/openai/v1/models`, bearer(secret)),
      live: z.object({
        object: z.literal('list'),
        data: z.array(z.object({ id: z.string().min(1), object: z.literal('model') })).min(1),
      }),
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
      `Sign in at https://console.groq.com/keys, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

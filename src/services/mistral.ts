// Mistral AI. Page: docs.mistral.ai/api/endpoint/models.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function mistral(place: Place = {}): Service {
  const { api = 'https://api.mistral.ai', internal = false } = place;
  return simple({
    id: 'mistral',
    name: 'Mistral AI',
    docs: 'https://docs.mistral.ai/api/endpoint/models',
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
      means: [{ status: 401, is: 'rejected', says: 'refused' }],
    },
    byHand: (preview) => [
      `Sign in at https://console.mistral.ai/api-keys, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

// Fireworks AI. Page: docs.fireworks.ai/api-reference/introduction.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function fireworks(place: Place = {}): Service {
  const { api = 'https://api.fireworks.ai', internal = false } = place;
  return simple({
    id: 'fireworks',
    name: 'Fireworks AI',
    docs: 'https://docs.fireworks.ai/api-reference/introduction',
    hosts: [new URL(api).host],
    internal,
    control: true,
    check: {
      ask: ({ secret }) => call('GET', `${api}/inference/v1/models`, bearer(secret)),
      live: z.object({
        object: z.literal('list'),
        data: z.array(z.object({ id: z.string().min(1), object: z.string() })).min(1),
      }),
      says: 'accepted',
      means: [{ status: 401, is: 'rejected', says: 'refused' }],
    },
    byHand: (preview) => [
      `Sign in at https://app.fireworks.ai/settings/users/api-keys, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

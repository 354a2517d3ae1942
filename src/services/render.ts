// Render. Page: api-docs.render.com/reference/list-owners.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function render(place: Place = {}): Service {
  const { api = 'https://api.render.com', internal = false } = place;
  return simple({
    id: 'render',
    name: 'Render',
    docs: 'https://api-docs.render.com/reference/list-owners',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v1/owners?limit=1`, bearer(secret)),
      live: z
        .array(
          z.object({
            owner: z.object({ id: z.string().min(1), email: z.string().optional() }),
            cursor: z.string(),
          }),
        )
        .min(1),
      says: 'accepted',
      means: [{ status: 401, is: 'rejected', says: 'refused' }],
    },
    byHand: (preview) => [
      `Sign in at https://dashboard.render.com/u/settings#api-keys, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

// Apify. Page: docs.apify.com/api/v2/users-me-get.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function apify(place: Place = {}): Service {
  const { api = 'https://api.apify.com', internal = false } = place;
  return simple({
    id: 'apify',
    name: 'Apify',
    docs: 'https://docs.apify.com/api/v2/users-me-get',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v2/users/me`, bearer(secret)),
      live: z.object({ data: z.object({ id: z.string().min(1), username: z.string() }) }),
      says: 'accepted',
      means: [
        {
          status: 401,
          where: z.object({ error: z.object({ type: z.string() }) }),
          is: 'rejected',
          says: 'refused',
        },
      ],
      owner: ({ data }) => ({ account: data.username }),
    },
    byHand: (preview) => [
      `Sign in at https://console.apify.com/settings/integrations, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

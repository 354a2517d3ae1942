// Hetzner Cloud. Page: docs.hetzner.cloud/reference/cloud#locations-list-locations.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function hetzner(place: Place = {}): Service {
  const { api = 'https://api.hetzner.cloud', internal = false } = place;
  return simple({
    id: 'hetzner',
    name: 'Hetzner Cloud',
    docs: 'https://docs.hetzner.cloud/reference/cloud#locations-list-locations',
    hosts: [new URL(api).host],
    internal,
    // A list that could be public one day.
    control: true,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v1/locations`, bearer(secret)),
      live: z.object({ locations: z.array(z.object({ id: z.number(), network_zone: z.string() })).min(1) }),
      says: 'accepted',
      means: [
        {
          status: 401,
          where: z.object({ error: z.object({ code: z.literal('unauthorized') }) }),
          is: 'rejected',
          says: 'unauthorized',
        },
        {
          status: 403,
          where: z.object({ error: z.object({ code: z.literal('forbidden') }) }),
          is: 'limited',
          says: 'forbidden',
        },
      ],
    },
    byHand: (preview) => [
      `Sign in at https://console.hetzner.com, open the project > Security > API tokens, and delete ${preview}.`,
    ],
  });
}

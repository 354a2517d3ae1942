// Eventbrite. Page: www.eventbrite.com/platform/api#/reference/user/retrieve/retrieve-your-user.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function eventbrite(place: Place = {}): Service {
  const { api = 'https://www.eventbriteapi.com', internal = false } = place;
  return simple({
    id: 'eventbrite',
    name: 'Eventbrite',
    docs: 'https://www.eventbrite.com/platform/api#/reference/user/retrieve/retrieve-your-user',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v3/users/me/`, bearer(secret)),
      live: z.object({ id: z.string().min(1), emails: z.array(z.unknown()) }),
      says: 'accepted',
      means: [
        {
          status: 401,
          where: z.object({ error: z.enum(['INVALID_AUTH', 'NO_AUTH']) }),
          is: 'rejected',
          says: 'INVALID_AUTH',
        },
      ],
    },
    byHand: (preview) => [
      `Sign in at https://www.eventbrite.com/platform/api-keys, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

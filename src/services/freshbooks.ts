// FreshBooks. Page: www.freshbooks.com/api/me_endpoint.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function freshbooks(place: Place = {}): Service {
  const { api = 'https://api.freshbooks.com', internal = false } = place;
  return simple({
    id: 'freshbooks',
    name: 'FreshBooks',
    docs: 'https://www.freshbooks.com/api/me_endpoint',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/auth/api/v1/users/me`, bearer(secret)),
      live: z.object({ response: z.object({ id: z.number(), email: z.string() }) }),
      says: 'accepted',
      means: [
        {
          status: 401,
          where: z.object({ error: z.enum(['unauthenticated', 'invalid_token']) }),
          is: 'rejected',
          says: 'unauthenticated',
        },
      ],
    },
    byHand: (preview) => [
      `Sign in at https://my.freshbooks.com/#/developer, open the app, and revoke ${preview}.`,
    ],
  });
}

// Crowdin. Page: support.crowdin.com/developer/api/v2/#operation/api.user.get.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function crowdin(place: Place = {}): Service {
  const { api = 'https://api.crowdin.com', internal = false } = place;
  return simple({
    id: 'crowdin',
    name: 'Crowdin',
    docs: 'https://support.crowdin.com/developer/api/v2/#operation/api.user.get',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/api/v2/user`, bearer(secret)),
      live: z.object({ data: z.object({ id: z.number(), username: z.string() }) }),
      says: 'accepted',
      means: [
        {
          status: 401,
          where: z.object({ error: z.object({ code: z.literal(401) }) }),
          is: 'rejected',
          says: 'refused',
        },
        {
          status: 403,
          where: z.object({ error: z.object({ code: z.literal(403) }) }),
          is: 'limited',
          says: 'forbidden',
        },
      ],
    },
    byHand: (preview) => [
      `Sign in at https://crowdin.com/settings#api-key, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

// Bitly. Page: dev.bitly.com/api-reference/#getUser. A dead token is a 403.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function bitly(place: Place = {}): Service {
  const { api = 'https://api-ssl.bitly.com', internal = false } = place;
  return simple({
    id: 'bitly',
    name: 'Bitly',
    docs: 'https://dev.bitly.com/api-reference/#getUser',
    hosts: [new URL(api).host],
    internal,
    control: true,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v4/user`, bearer(secret)),
      live: z.object({ login: z.string().min(1), is_active: z.literal(true) }),
      says: 'accepted',
      means: [
        {
          status: 403,
          where: z.object({ message: z.literal('FORBIDDEN') }),
          is: 'rejected',
          says: 'FORBIDDEN',
        },
      ],
    },
    byHand: (preview) => [
      `Sign in at https://app.bitly.com/settings/api/, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

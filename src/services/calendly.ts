// Calendly. Page: developer.calendly.com/api-docs/005832c83aeae-get-current-user.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function calendly(place: Place = {}): Service {
  const { api = 'https://api.calendly.com', internal = false } = place;
  return simple({
    id: 'calendly',
    name: 'Calendly',
    docs: 'https://developer.calendly.com/api-docs/005832c83aeae-get-current-user',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/users/me`, bearer(secret)),
      live: z.object({ resource: z.object({ uri: z.string().min(1), email: z.string() }) }),
      says: 'accepted',
      means: [
        {
          status: 401,
          where: z.object({ message: z.string().regex(/expired/i) }),
          is: 'expired',
          says: 'expired',
        },
        {
          status: 401,
          where: z.object({ message: z.string().regex(/revoked/i) }),
          is: 'revoked',
          says: 'revoked',
        },
        {
          status: 401,
          where: z.object({ title: z.literal('Unauthenticated') }),
          is: 'rejected',
          says: 'refused',
        },
      ],
    },
    byHand: (preview) => [
      `Sign in at https://calendly.com/integrations/api_webhooks, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

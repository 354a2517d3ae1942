// Telnyx. Page: developers.telnyx.com/api/billing/get-user-balance.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function telnyx(place: Place = {}): Service {
  const { api = 'https://api.telnyx.com', internal = false } = place;
  return simple({
    id: 'telnyx',
    name: 'Telnyx',
    docs: 'https://developers.telnyx.com/api/billing/get-user-balance',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v2/balance`, bearer(secret)),
      live: z.object({ data: z.object({ record_type: z.literal('balance'), currency: z.string() }) }),
      says: 'accepted',
      means: [
        {
          status: 401,
          where: z.object({ errors: z.array(z.object({ code: z.union([z.string(), z.number()]) })) }),
          is: 'rejected',
          says: 'refused',
        },
      ],
    },
    byHand: (preview) => [
      `Sign in at https://portal.telnyx.com/#/api-keys, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

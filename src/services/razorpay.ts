// Razorpay. Page: razorpay.com/docs/api/authentication/.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Service } from './service.ts';
import { basicAuth, call, simple } from './simple.ts';

export function razorpay(place: Place = {}): Service {
  const { api = 'https://api.razorpay.com', internal = false } = place;
  return simple({
    id: 'razorpay',
    name: 'Razorpay',
    docs: 'https://razorpay.com/docs/api/authentication/',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret, parts }) => {
        if (!parts.keySecret) return 'no key secret was found near the key id';
        return call('GET', `${api}/v1/payments?count=1`, basicAuth(reveal(secret), parts.keySecret));
      },
      live: z.object({ entity: z.literal('collection'), items: z.array(z.unknown()) }),
      says: 'accepted',
      means: [
        {
          status: 401,
          where: z.object({ error: z.object({ code: z.literal('BAD_REQUEST_ERROR') }) }),
          is: 'rejected',
          says: 'Authentication failed',
        },
      ],
    },
    byHand: (preview) => [
      `Sign in at https://dashboard.razorpay.com/app/website-app-settings/api-keys, and regenerate the key ${preview}: the old one can be cut off at once.`,
    ],
  });
}

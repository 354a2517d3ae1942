// Paystack. Page: paystack.com/docs/api/customer/#list.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function paystack(place: Place = {}): Service {
  const { api = 'https://api.paystack.co', internal = false } = place;
  return simple({
    id: 'paystack',
    name: 'Paystack',
    docs: 'https://paystack.com/docs/api/customer/#list',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/customer?perPage=1`, bearer(secret)),
      live: z.object({ status: z.literal(true), data: z.array(z.unknown()), meta: z.unknown() }),
      says: 'accepted',
      means: [
        { status: 401, where: z.object({ status: z.literal(false) }), is: 'rejected', says: 'refused' },
      ],
    },
    byHand: (preview) => [
      `Sign in at https://dashboard.paystack.com/#/settings/developers, and generate a new secret key: ${preview} dies with it.`,
    ],
  });
}

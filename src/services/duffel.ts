// Duffel. Page: duffel.com/docs/api/airlines/get-airlines.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function duffel(place: Place = {}): Service {
  const { api = 'https://api.duffel.com', internal = false } = place;
  return simple({
    id: 'duffel',
    name: 'Duffel',
    docs: 'https://duffel.com/docs/api/airlines/get-airlines',
    hosts: [new URL(api).host],
    internal,
    // A list that could be public one day.
    control: true,
    check: {
      ask: ({ secret }) =>
        call('GET', `${api}/air/airlines?limit=1`, { ...bearer(secret), 'duffel-version': 'v2' }),
      live: z.object({ data: z.array(z.object({ id: z.string().startsWith('arl_') })).min(1) }),
      says: 'accepted',
      means: [
        {
          status: 401,
          where: z.object({ errors: z.array(z.object({ code: z.literal('expired_access_token') })).min(1) }),
          is: 'expired',
          says: 'expired_access_token',
        },
        {
          status: 401,
          where: z.object({ errors: z.array(z.object({ type: z.literal('authentication_error') })).min(1) }),
          is: 'rejected',
          says: 'authentication_error',
        },
        {
          status: 403,
          where: z.object({
            errors: z.array(z.object({ code: z.literal('insufficient_permissions') })).min(1),
          }),
          is: 'limited',
          says: 'insufficient_permissions',
        },
      ],
    },
    byHand: (preview) => [
      `Sign in at https://app.duffel.com/tokens, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

// Hunter. Page: hunter.io/api-documentation/v2#account.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function hunter(place: Place = {}): Service {
  const { api = 'https://api.hunter.io', internal = false } = place;
  return simple({
    id: 'hunter',
    name: 'Hunter',
    docs: 'https://hunter.io/api-documentation/v2#account',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v2/account`, { 'x-api-key': reveal(secret) }),
      live: z.object({ data: z.object({ email: z.string(), plan_name: z.string() }) }),
      says: 'accepted',
      means: [
        {
          status: 401,
          where: z.object({ errors: z.array(z.object({ id: z.literal('authentication_failed') })).min(1) }),
          is: 'rejected',
          says: 'authentication_failed',
        },
      ],
    },
    byHand: (preview) => [
      `Sign in at https://hunter.io/api-keys, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

// Tiingo. Page: www.tiingo.com/documentation/general/connecting.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function tiingo(place: Place = {}): Service {
  const { api = 'https://api.tiingo.com', internal = false } = place;
  return simple({
    id: 'tiingo',
    name: 'Tiingo',
    docs: 'https://www.tiingo.com/documentation/general/connecting',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/api/test`, { authorization: `Token ${reveal(secret)}` }),
      live: z.object({ message: z.literal('You successfully sent a request') }),
      says: 'accepted',
      means: [
        {
          status: 403,
          where: z.object({ detail: z.literal('Invalid token.') }),
          is: 'rejected',
          says: 'Invalid token',
        },
        {
          status: 401,
          where: z.object({ detail: z.literal('Invalid token.') }),
          is: 'rejected',
          says: 'Invalid token',
        },
      ],
    },
    byHand: (preview) => [
      `Sign in at https://www.tiingo.com/account/api/token, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

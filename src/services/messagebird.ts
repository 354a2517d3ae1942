// MessageBird. Page: developers.messagebird.com/api/balance/.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function messagebird(place: Place = {}): Service {
  const { api = 'https://rest.messagebird.com', internal = false } = place;
  return simple({
    id: 'messagebird',
    name: 'MessageBird',
    docs: 'https://developers.messagebird.com/api/balance/',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/balance`, { authorization: `AccessKey ${reveal(secret)}` }),
      live: z.object({ payment: z.string(), type: z.string(), amount: z.number() }),
      says: 'accepted',
      means: [
        {
          status: 401,
          where: z.object({ errors: z.array(z.object({ code: z.literal(2) })) }),
          is: 'rejected',
          says: 'code 2',
        },
      ],
    },
    byHand: (preview) => [
      `Sign in at https://dashboard.messagebird.com/developers/access, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

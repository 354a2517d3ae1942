// Clarifai. Page: docs.clarifai.com/compute/nodes/users.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function clarifai(place: Place = {}): Service {
  const { api = 'https://api.clarifai.com', internal = false } = place;
  return simple({
    id: 'clarifai',
    name: 'Clarifai',
    docs: 'https://docs.clarifai.com/compute/nodes/users',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v2/users/me`, { authorization: `Key ${reveal(secret)}` }),
      live: z.object({
        status: z.object({ code: z.literal(10_000) }),
        user: z.object({ id: z.string().min(1) }),
      }),
      says: 'accepted',
      means: [
        {
          status: 401,
          where: z.object({ status: z.object({ code: z.number() }) }),
          is: 'rejected',
          says: 'refused',
        },
      ],
    },
    byHand: (preview) => [
      `Sign in at https://clarifai.com/settings/security, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

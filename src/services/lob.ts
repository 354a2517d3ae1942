// Lob. Page: docs.lob.com/#tag/Addresses/operation/addresses_list.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Service } from './service.ts';
import { basicAuth, call, simple } from './simple.ts';

export function lob(place: Place = {}): Service {
  const { api = 'https://api.lob.com', internal = false } = place;
  return simple({
    id: 'lob',
    name: 'Lob',
    docs: 'https://docs.lob.com/#tag/Addresses/operation/addresses_list',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v1/addresses?limit=1`, basicAuth(reveal(secret), '')),
      live: z.object({ object: z.literal('list'), data: z.array(z.unknown()) }),
      says: 'accepted',
      means: [
        {
          status: 401,
          where: z.object({ error: z.object({ status_code: z.literal(401) }) }),
          is: 'rejected',
          says: 'refused',
        },
      ],
    },
    byHand: (preview) => [
      `Sign in at https://dashboard.lob.com/settings/api-keys, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

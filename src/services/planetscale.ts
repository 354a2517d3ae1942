// PlanetScale. Page: planetscale.com/docs/api/reference/list_organizations.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function planetscale(place: Place = {}): Service {
  const { api = 'https://api.planetscale.com', internal = false } = place;
  return simple({
    id: 'planetscale',
    name: 'PlanetScale',
    docs: 'https://planetscale.com/docs/api/reference/list_organizations',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret, parts }) => {
        if (!parts.id) return 'no id of the service token was found near it';
        return call('GET', `${api}/v1/organizations`, {
          authorization: `${reveal(parts.id)}:${reveal(secret)}`,
        });
      },
      live: z.object({ type: z.literal('list'), data: z.array(z.unknown()) }),
      says: 'accepted',
      means: [
        {
          status: 401,
          where: z.object({ code: z.literal('unauthorized') }),
          is: 'rejected',
          says: 'unauthorized',
        },
        { status: 403, where: z.object({ code: z.literal('forbidden') }), is: 'limited', says: 'forbidden' },
      ],
    },
    byHand: (preview) => [
      `Sign in at https://app.planetscale.com, open Settings > Service tokens, and delete the token of ${preview}.`,
    ],
  });
}

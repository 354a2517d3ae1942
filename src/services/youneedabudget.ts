// YNAB. Page: api.ynab.com/v1#/User/getUser.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function youneedabudget(place: Place = {}): Service {
  const { api = 'https://api.ynab.com', internal = false } = place;
  return simple({
    id: 'youneedabudget',
    name: 'YNAB',
    docs: 'https://api.ynab.com/v1#/User/getUser',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v1/user`, bearer(secret)),
      live: z.object({ data: z.object({ user: z.object({ id: z.string().min(1) }) }) }),
      says: 'accepted',
      means: [
        {
          status: 401,
          where: z.object({ error: z.object({ name: z.literal('unauthorized') }) }),
          is: 'rejected',
          says: 'unauthorized',
        },
      ],
    },
    byHand: (preview) => [
      `Sign in at https://app.ynab.com/settings/developer, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

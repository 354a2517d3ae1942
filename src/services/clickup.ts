// ClickUp. Page: developer.clickup.com/reference/getauthorizeduser.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function clickup(place: Place = {}): Service {
  const { api = 'https://api.clickup.com', internal = false } = place;
  return simple({
    id: 'clickup',
    name: 'ClickUp',
    docs: 'https://developer.clickup.com/reference/getauthorizeduser',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/api/v2/user`, { authorization: reveal(secret) }),
      live: z.object({ user: z.object({ id: z.number(), username: z.string().nullable() }) }),
      says: 'accepted',
      means: [
        {
          status: 401,
          where: z.object({ ECODE: z.string().startsWith('OAUTH_') }),
          is: 'rejected',
          says: 'OAUTH_…',
        },
      ],
    },
    byHand: (preview) => [
      `Sign in at https://app.clickup.com, open Settings > Apps, and regenerate the token: ${preview} dies with it.`,
    ],
  });
}

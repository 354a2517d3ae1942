// Travis CI. Page: developer.travis-ci.com/resource/user#current. A dead token is a 403.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function travis(place: Place = {}): Service {
  const { api = 'https://api.travis-ci.com', internal = false } = place;
  return simple({
    id: 'travis',
    name: 'Travis CI',
    docs: 'https://developer.travis-ci.com/resource/user#current',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) =>
        call('GET', `${api}/user`, { authorization: `token ${reveal(secret)}`, 'travis-api-version': '3' }),
      live: z.object({ '@type': z.literal('user'), id: z.number(), login: z.string() }),
      says: 'accepted',
      means: [{ status: 403, text: /access denied/i, is: 'rejected', says: 'access denied' }],
      owner: ({ login }) => ({ account: login }),
    },
    byHand: (preview) => [
      `Sign in at https://app.travis-ci.com/account/preferences, and regenerate the token ${preview}.`,
    ],
  });
}

// monday.com. Page: developer.monday.com/api-reference/reference/me.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function monday(place: Place = {}): Service {
  const { api = 'https://api.monday.com', internal = false } = place;
  return simple({
    id: 'monday',
    name: 'monday.com',
    docs: 'https://developer.monday.com/api-reference/reference/me',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) =>
        call('POST', `${api}/v2`, { authorization: reveal(secret) }, { json: { query: '{ me { id } }' } }),
      live: z.object({ data: z.object({ me: z.object({ id: z.string().min(1) }) }) }),
      says: 'accepted',
      means: [{ status: 401, is: 'rejected', says: 'refused' }],
    },
    byHand: (preview) => [
      `Sign in, open the avatar > Developers > My access tokens, and regenerate the token: ${preview} dies with it.`,
    ],
  });
}

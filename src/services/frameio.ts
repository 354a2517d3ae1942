// Frame.io. Page: developer.frame.io/api/reference/operation/getMe/.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function frameio(place: Place = {}): Service {
  const { api = 'https://api.frame.io', internal = false } = place;
  return simple({
    id: 'frameio',
    name: 'Frame.io',
    docs: 'https://developer.frame.io/api/reference/operation/getMe/',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v2/me`, bearer(secret)),
      live: z.object({ _type: z.literal('user'), id: z.string().min(1) }),
      says: 'accepted',
      means: [{ status: 401, is: 'rejected', says: 'refused' }],
    },
    byHand: (preview) => [
      `Sign in at https://developer.frame.io/app/tokens, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

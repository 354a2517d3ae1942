// Postmark. Page: postmarkapp.com/developer/api/server-api.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function postmark(place: Place = {}): Service {
  const { api = 'https://api.postmarkapp.com', internal = false } = place;
  return simple({
    id: 'postmark',
    name: 'Postmark',
    docs: 'https://postmarkapp.com/developer/api/server-api',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/server`, { 'x-postmark-server-token': reveal(secret) }),
      live: z.object({ ID: z.number(), Name: z.string(), ApiTokens: z.array(z.string()) }),
      says: 'accepted',
      means: [
        { status: 401, where: z.object({ ErrorCode: z.literal(10) }), is: 'rejected', says: 'ErrorCode 10' },
      ],
    },
    byHand: (preview) => [
      `Sign in at https://account.postmarkapp.com/servers, open the server’s API Tokens, add a new one, and delete ${preview}.`,
    ],
  });
}

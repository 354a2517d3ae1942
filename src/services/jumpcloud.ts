// JumpCloud. Page: docs.jumpcloud.com/api/1.0/index.html#tag/Systemusers.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function jumpcloud(place: Place = {}): Service {
  const { api = 'https://console.jumpcloud.com', internal = false } = place;
  return simple({
    id: 'jumpcloud',
    name: 'JumpCloud',
    docs: 'https://docs.jumpcloud.com/api/1.0/index.html#tag/Systemusers',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/api/systemusers?limit=1`, { 'x-api-key': reveal(secret) }),
      live: z.object({ totalCount: z.number(), results: z.array(z.unknown()) }),
      says: 'accepted',
      means: [
        { status: 401, is: 'rejected', says: 'refused' },
        { status: 403, is: 'limited', says: 'forbidden' },
      ],
    },
    byHand: (preview) => [
      `Sign in at https://console.jumpcloud.com, open the account menu > My API Key, and generate a new one: ${preview} dies with it.`,
    ],
  });
}

// Tavily. Page: docs.tavily.com/documentation/api-reference/endpoint/usage.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function tavily(place: Place = {}): Service {
  const { api = 'https://api.tavily.com', internal = false } = place;
  return simple({
    id: 'tavily',
    name: 'Tavily',
    docs: 'https://docs.tavily.com/documentation/api-reference/endpoint/usage',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/usage`, bearer(secret)),
      live: z.object({
        key: z.object({ usage: z.number() }),
        account: z.object({ current_plan: z.string() }),
      }),
      says: 'accepted',
      means: [{ status: 401, where: z.object({ detail: z.unknown() }), is: 'rejected', says: 'refused' }],
    },
    byHand: (preview) => [
      `Sign in at https://app.tavily.com, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

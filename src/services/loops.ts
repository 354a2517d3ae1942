// Loops. Page: loops.so/docs/api-reference/api-key.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function loops(place: Place = {}): Service {
  const { api = 'https://app.loops.so', internal = false } = place;
  return simple({
    id: 'loops',
    name: 'Loops',
    docs: 'https://loops.so/docs/api-reference/api-key',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/api/v1/api-key`, bearer(secret)),
      live: z.object({ success: z.literal(true), teamName: z.string() }),
      says: 'accepted',
      means: [{ status: 401, where: z.object({ error: z.unknown() }), is: 'rejected', says: 'refused' }],
      owner: ({ teamName }) => ({ account: teamName }),
    },
    byHand: (preview) => [
      `Sign in at https://app.loops.so/settings?page=api, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

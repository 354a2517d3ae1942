// RunPod. Page: docs.runpod.io/sdks/graphql/configurations.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function runpod(place: Place = {}): Service {
  const { api = 'https://api.runpod.io', internal = false } = place;
  return simple({
    id: 'runpod',
    name: 'RunPod',
    docs: 'https://docs.runpod.io/sdks/graphql/configurations',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) =>
        call('POST', `${api}/graphql`, bearer(secret), { json: { query: '{ myself { id } }' } }),
      live: z.object({ data: z.object({ myself: z.object({ id: z.string().min(1) }) }) }),
      says: 'accepted',
      means: [{ status: 401, is: 'rejected', says: 'refused' }],
    },
    byHand: (preview) => [
      `Sign in at https://console.runpod.io/user/settings, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

// Retell AI. Page: docs.retellai.com/api-references/get-concurrency.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function retell(place: Place = {}): Service {
  const { api = 'https://api.retellai.com', internal = false } = place;
  return simple({
    id: 'retell',
    name: 'Retell AI',
    docs: 'https://docs.retellai.com/api-references/get-concurrency',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/get-concurrency`, bearer(secret)),
      live: z.object({ current_concurrency: z.number(), concurrency_limit: z.number() }),
      says: 'accepted',
      means: [{ status: 401, where: z.object({ message: z.string() }), is: 'rejected', says: 'refused' }],
    },
    byHand: (preview) => [
      `Sign in at https://dashboard.retellai.com, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

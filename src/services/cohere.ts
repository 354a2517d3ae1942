// Cohere. Page: docs.cohere.com/v1/reference/checkapikey.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function cohere(place: Place = {}): Service {
  const { api = 'https://api.cohere.com', internal = false } = place;
  return simple({
    id: 'cohere',
    name: 'Cohere',
    docs: 'https://docs.cohere.com/v1/reference/checkapikey',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('POST', `${api}/v1/check-api-key`, bearer(secret)),
      live: z.object({ valid: z.literal(true), organization_id: z.string() }),
      says: 'accepted',
      means: [
        { status: 200, where: z.object({ valid: z.literal(false) }), is: 'rejected', says: 'not valid' },
        { status: 401, where: z.object({ message: z.string() }), is: 'rejected', says: 'refused' },
      ],
    },
    byHand: (preview) => [
      `Sign in at https://dashboard.cohere.com/api-keys, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

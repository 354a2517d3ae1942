// Mergify. Page: docs.mergify.com/api/#tag/applications.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function mergify(place: Place = {}): Service {
  const { api = 'https://api.mergify.com', internal = false } = place;
  return simple({
    id: 'mergify',
    name: 'Mergify',
    docs: 'https://docs.mergify.com/api/#tag/applications',
    hosts: [new URL(api).host],
    internal,
    control: true,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v1/application`, bearer(secret)),
      live: z.object({ id: z.union([z.string().min(1), z.number()]), name: z.string() }),
      says: 'accepted',
      means: [{ status: 401, is: 'rejected', says: 'refused' }],
    },
    byHand: (preview) => [
      `Sign in at https://dashboard.mergify.com, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

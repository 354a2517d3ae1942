// Codecov. Page: docs.codecov.com/reference/root_list.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function codecov(place: Place = {}): Service {
  const { api = 'https://api.codecov.io', internal = false } = place;
  return simple({
    id: 'codecov',
    name: 'Codecov',
    docs: 'https://docs.codecov.com/reference/root_list',
    hosts: [new URL(api).host],
    internal,
    control: true,
    check: {
      ask: ({ secret }) => call('GET', `${api}/api/v2/github/`, bearer(secret)),
      live: z.object({ count: z.number(), results: z.array(z.unknown()), total_pages: z.number() }),
      says: 'accepted',
      means: [{ status: 401, where: z.object({ detail: z.string() }), is: 'rejected', says: 'refused' }],
    },
    byHand: (preview) => [
      `Sign in at https://app.codecov.io, open Settings > Access, and revoke ${preview}.`,
    ],
  });
}

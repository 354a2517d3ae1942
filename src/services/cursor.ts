// Cursor. Page: cursor.com/docs/cloud-agent/api/endpoints.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function cursor(place: Place = {}): Service {
  const { api = 'https://api.cursor.com', internal = false } = place;
  return simple({
    id: 'cursor',
    name: 'Cursor',
    docs: 'https://cursor.com/docs/cloud-agent/api/endpoints',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v0/me`, bearer(secret)),
      live: z.object({ apiKeyName: z.string(), createdAt: z.string() }),
      says: 'accepted',
      means: [{ status: 401, is: 'rejected', says: 'refused' }],
    },
    byHand: (preview) => [
      `Sign in at https://cursor.com/dashboard?tab=integrations, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

// Airtable. Page: airtable.com/developers/web/api/get-user-id-scopes.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function airtable(place: Place = {}): Service {
  const { api = 'https://api.airtable.com', internal = false } = place;
  return simple({
    id: 'airtable',
    name: 'Airtable',
    docs: 'https://airtable.com/developers/web/api/get-user-id-scopes',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v0/meta/whoami`, bearer(secret)),
      live: z.object({ id: z.string().startsWith('usr') }),
      says: 'accepted',
      means: [{ status: 401, where: z.object({ error: z.unknown() }), is: 'rejected', says: 'refused' }],
      owner: ({ id }) => ({ account: id }),
    },
    byHand: (preview) => [
      `Sign in at https://airtable.com/create/tokens, and delete ${preview}.`,
      'An enterprise admin: admin panel > Personal access tokens.',
    ],
  });
}

// Supabase (account). Page: supabase.com/docs/reference/api/v1-list-all-organizations.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function supabaseAccount(place: Place = {}): Service {
  const { api = 'https://api.supabase.com', internal = false } = place;
  return simple({
    id: 'supabase-account',
    name: 'Supabase (account)',
    docs: 'https://supabase.com/docs/reference/api/v1-list-all-organizations',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v1/organizations`, bearer(secret)),
      live: z.array(z.object({ id: z.string().min(1), name: z.string() })).min(1),
      says: 'accepted',
      means: [
        { status: 401, where: z.object({ message: z.string() }), is: 'rejected', says: 'refused' },
        { status: 403, where: z.object({ message: z.string() }), is: 'limited', says: 'forbidden' },
      ],
    },
    byHand: (preview) => [`Sign in at https://supabase.com/dashboard/account/tokens, and delete ${preview}.`],
  });
}

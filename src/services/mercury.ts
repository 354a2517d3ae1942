// Mercury. Page: docs.mercury.com/reference/getaccounts.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function mercury(place: Place = {}): Service {
  const { api = 'https://api.mercury.com', internal = false } = place;
  return simple({
    id: 'mercury',
    name: 'Mercury',
    docs: 'https://docs.mercury.com/reference/getaccounts',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/api/v1/accounts`, bearer(secret)),
      live: z.object({ accounts: z.array(z.object({ id: z.string() })) }),
      says: 'accepted',
      means: [{ status: 401, where: z.object({ errors: z.unknown() }), is: 'rejected', says: 'refused' }],
    },
    byHand: (preview) => [
      `Sign in at https://app.mercury.com/settings/tokens, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

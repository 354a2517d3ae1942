// Shippo. Page: docs.goshippo.com/shippoapi/public-api/#operation/ListCarrierAccounts.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function shippo(place: Place = {}): Service {
  const { api = 'https://api.goshippo.com', internal = false } = place;
  return simple({
    id: 'shippo',
    name: 'Shippo',
    docs: 'https://docs.goshippo.com/shippoapi/public-api/#operation/ListCarrierAccounts',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) =>
        call('GET', `${api}/carrier_accounts?results=1`, { authorization: `ShippoToken ${reveal(secret)}` }),
      live: z.object({ results: z.array(z.unknown()), next: z.string().nullish() }),
      says: 'accepted',
      means: [{ status: 401, where: z.object({ detail: z.string() }), is: 'rejected', says: 'refused' }],
    },
    byHand: (preview) => [
      `Sign in at https://apps.goshippo.com/settings/api, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

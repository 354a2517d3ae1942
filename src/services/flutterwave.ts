// Flutterwave. Page: developer.flutterwave.com/v3.0/reference/get-all-subaccounts.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function flutterwave(place: Place = {}): Service {
  const { api = 'https://api.flutterwave.com', internal = false } = place;
  return simple({
    id: 'flutterwave',
    name: 'Flutterwave',
    docs: 'https://developer.flutterwave.com/v3.0/reference/get-all-subaccounts',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v3/subaccounts`, bearer(secret)),
      live: z.object({ status: z.literal('success'), data: z.array(z.unknown()) }),
      says: 'accepted',
      means: [
        { status: 401, where: z.object({ status: z.literal('error') }), is: 'rejected', says: 'refused' },
      ],
    },
    byHand: (preview) => [
      `Sign in at https://app.flutterwave.com, open Settings > API Keys, and generate new keys: ${preview} dies with them.`,
    ],
  });
}

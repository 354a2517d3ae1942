// Cal.com. Page: cal.com/docs/api-reference/v2/me/get-my-profile.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function calCom(place: Place = {}): Service {
  const { api = 'https://api.cal.com', internal = false } = place;
  return simple({
    id: 'cal-com',
    name: 'Cal.com',
    docs: 'https://cal.com/docs/api-reference/v2/me/get-my-profile',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v2/me`, bearer(secret)),
      live: z.object({ status: z.literal('success'), data: z.object({ id: z.number(), email: z.string() }) }),
      says: 'accepted',
      means: [
        { status: 401, where: z.object({ status: z.literal('error') }), is: 'rejected', says: 'refused' },
      ],
    },
    byHand: (preview) => [
      `Sign in at https://app.cal.com/settings/developer/api-keys, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

// Klaviyo. Page: developers.klaviyo.com/en/reference/get_accounts.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function klaviyo(place: Place = {}): Service {
  const { api = 'https://a.klaviyo.com', internal = false } = place;
  return simple({
    id: 'klaviyo',
    name: 'Klaviyo',
    docs: 'https://developers.klaviyo.com/en/reference/get_accounts',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) =>
        call('GET', `${api}/api/accounts/`, {
          authorization: `Klaviyo-API-Key ${reveal(secret)}`,
          revision: '2024-10-15',
        }),
      live: z.object({
        data: z.array(z.object({ type: z.literal('account'), id: z.string().min(1) })).min(1),
      }),
      says: 'accepted',
      means: [
        {
          status: 401,
          where: z.object({
            errors: z
              .array(z.object({ code: z.enum(['not_authenticated', 'authentication_failed']) }))
              .min(1),
          }),
          is: 'rejected',
          says: 'not_authenticated',
        },
        {
          status: 403,
          where: z.object({ errors: z.array(z.object({ code: z.literal('permission_denied') })).min(1) }),
          is: 'limited',
          says: 'permission_denied',
        },
      ],
      owner: ({ data }) => ({ account: data[0]?.id ?? 'unknown' }),
    },
    byHand: (preview) => [
      `Sign in at https://www.klaviyo.com/settings/account/api-keys, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

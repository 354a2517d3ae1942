// Pinterest. Page: developers.pinterest.com/docs/api/v5/user_account-get/.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function pinterest(place: Place = {}): Service {
  const { api = 'https://api.pinterest.com', internal = false } = place;
  return simple({
    id: 'pinterest',
    name: 'Pinterest',
    docs: 'https://developers.pinterest.com/docs/api/v5/user_account-get/',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v5/user_account`, bearer(secret)),
      live: z.object({ username: z.string().min(1), account_type: z.string() }),
      says: 'accepted',
      means: [
        { status: 401, where: z.object({ code: z.literal(2) }), is: 'rejected', says: 'code 2' },
        { status: 403, where: z.object({ code: z.number() }), is: 'limited', says: 'without the scope' },
      ],
    },
    byHand: (preview) => [
      `Sign in at https://developers.pinterest.com/apps/, open the app, and revoke ${preview}; or disconnect the app in the account’s security settings.`,
    ],
  });
}

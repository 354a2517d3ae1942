// UpCloud. Page: developers.upcloud.com/1.3/3-accounts/.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function upcloud(place: Place = {}): Service {
  const { api = 'https://api.upcloud.com', internal = false } = place;
  return simple({
    id: 'upcloud',
    name: 'UpCloud',
    docs: 'https://developers.upcloud.com/1.3/3-accounts/',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/1.3/account`, bearer(secret)),
      live: z.object({ account: z.object({ username: z.string().min(1) }) }),
      says: 'accepted',
      means: [{ status: 401, is: 'rejected', says: 'refused' }],
      owner: ({ account }) => ({ account: account.username }),
    },
    byHand: (preview) => [`Sign in at https://hub.upcloud.com/account/api-tokens, and delete ${preview}.`],
  });
}

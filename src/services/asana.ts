// Asana. Page: developers.asana.com/reference/getuser.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function asana(place: Place = {}): Service {
  const { api = 'https://app.asana.com', internal = false } = place;
  return simple({
    id: 'asana',
    name: 'Asana',
    docs: 'https://developers.asana.com/reference/getuser',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/api/1.0/users/me`, bearer(secret)),
      live: z.object({ data: z.object({ gid: z.string().min(1), resource_type: z.literal('user') }) }),
      says: 'accepted',
      means: [
        { status: 401, where: z.object({ errors: z.array(z.unknown()) }), is: 'rejected', says: 'refused' },
      ],
    },
    byHand: (preview) => [`Sign in at https://app.asana.com/0/my-apps, and revoke ${preview}.`],
  });
}

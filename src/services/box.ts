// Box. Page: developer.box.com/reference/get-users-me/.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function box(place: Place = {}): Service {
  const { api = 'https://api.box.com', internal = false } = place;
  return simple({
    id: 'box',
    name: 'Box',
    docs: 'https://developer.box.com/reference/get-users-me/',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/2.0/users/me`, bearer(secret)),
      live: z.object({ type: z.literal('user'), id: z.string().min(1), login: z.string() }),
      says: 'accepted',
      means: [{ status: 401, is: 'rejected', says: 'refused' }],
      owner: ({ login }) => ({ account: login, email: login }),
    },
    byHand: (preview) => [
      `Sign in at https://app.box.com/developers/console, open the app, and revoke its tokens (${preview}); an access token dies within the hour.`,
    ],
  });
}

// Netlify. Page: open-api.netlify.com/#tag/user/operation/getCurrentUser.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function netlify(place: Place = {}): Service {
  const { api = 'https://api.netlify.com', internal = false } = place;
  return simple({
    id: 'netlify',
    name: 'Netlify',
    docs: 'https://open-api.netlify.com/#tag/user/operation/getCurrentUser',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/api/v1/user`, bearer(secret)),
      live: z.object({ id: z.string().min(1), email: z.string() }),
      says: 'accepted',
      means: [{ status: 401, where: z.object({ code: z.literal(401) }), is: 'rejected', says: 'refused' }],
      owner: ({ email }) => ({ account: email, email }),
    },
    byHand: (preview) => [
      `Sign in at https://app.netlify.com/user/applications, and delete ${preview} under Personal access tokens. No call of the API says which token is which, so keyburn deletes none.`,
    ],
  });
}

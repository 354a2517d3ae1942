// Typeform. Page: www.typeform.com/developers/create/reference/retrieve-own-account/.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function typeform(place: Place = {}): Service {
  const { api = 'https://api.typeform.com', internal = false } = place;
  return simple({
    id: 'typeform',
    name: 'Typeform',
    docs: 'https://www.typeform.com/developers/create/reference/retrieve-own-account/',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/me`, bearer(secret)),
      live: z.object({ alias: z.string(), user_id: z.string().min(1) }),
      says: 'accepted',
      means: [
        { status: 401, where: z.object({ code: z.string() }), is: 'rejected', says: 'refused' },
        {
          status: 403,
          where: z.object({ code: z.literal('AUTHENTICATION_FAILED') }),
          is: 'rejected',
          says: 'AUTHENTICATION_FAILED',
        },
        { status: 403, where: z.object({ code: z.string() }), is: 'limited', says: 'forbidden' },
      ],
    },
    byHand: (preview) => [`Sign in at https://admin.typeform.com/user/tokens, and delete ${preview}.`],
  });
}

// Brevo. Page: developers.brevo.com/reference/getaccount.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function brevo(place: Place = {}): Service {
  const { api = 'https://api.brevo.com', internal = false } = place;
  return simple({
    id: 'brevo',
    name: 'Brevo',
    docs: 'https://developers.brevo.com/reference/getaccount',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v3/account`, { 'api-key': reveal(secret) }),
      live: z.object({ email: z.string(), companyName: z.string(), plan: z.array(z.unknown()) }),
      says: 'accepted',
      means: [
        {
          status: 401,
          where: z.object({ message: z.string().regex(/unrecognised IP/i) }),
          is: 'limited',
          says: 'an address that is not on the allow list',
        },
        {
          status: 401,
          where: z.object({ message: z.string().regex(/not enabled/i) }),
          is: 'disabled',
          says: 'not enabled',
        },
        {
          status: 401,
          where: z.object({ code: z.literal('unauthorized'), message: z.literal('Key not found') }),
          is: 'rejected',
          says: 'Key not found',
        },
      ],
      owner: ({ email }) => ({ account: email, email }),
    },
    byHand: (preview) => [
      `Sign in at https://app.brevo.com/settings/keys/api, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

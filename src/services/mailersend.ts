// MailerSend. Page: developers.mailersend.com/api/v1/features.html#get-api-quota.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function mailersend(place: Place = {}): Service {
  const { api = 'https://api.mailersend.com', internal = false } = place;
  return simple({
    id: 'mailersend',
    name: 'MailerSend',
    docs: 'https://developers.mailersend.com/api/v1/features.html#get-api-quota',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v1/api-quota`, bearer(secret)),
      live: z.object({ quota: z.number(), remaining: z.number(), reset: z.string() }),
      says: 'accepted',
      means: [
        { status: 401, where: z.object({ message: z.string() }), is: 'rejected', says: 'refused' },
        { status: 403, where: z.object({ message: z.string() }), is: 'limited', says: 'without the scope' },
      ],
    },
    byHand: (preview) => [
      `Sign in at https://app.mailersend.com/api-tokens, find ${preview}, and pause or delete it.`,
    ],
  });
}

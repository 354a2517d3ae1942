// Mailchimp. Pages: mailchimp.com/developer/marketing/api/ping, …/docs/fundamentals, …/docs/errors. The key ends in its own data centre (…-us12).

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Service } from './service.ts';
import { basicAuth, call, simple } from './simple.ts';

const failed = (status: number, title: string) =>
  z.object({ status: z.literal(status), title: z.literal(title) });

export function mailchimp(place: Place = {}): Service {
  const { internal = false } = place;
  return simple({
    id: 'mailchimp',
    name: 'Mailchimp',
    docs: 'https://mailchimp.com/developer/marketing/api/ping/',
    hosts: place.api ? [new URL(place.api).host] : [],
    domains: ['api.mailchimp.com'],
    internal,
    check: {
      ask: ({ secret }) => {
        const centre = /-(us\d{1,3})$/.exec(reveal(secret))?.[1];
        if (centre === undefined) return 'the key names no data centre';
        const base = place.api ?? `https://${centre}.api.mailchimp.com`;
        return call('GET', `${base}/3.0/ping`, basicAuth('key', secret));
      },
      live: z.object({ health_status: z.string().regex(/chimpy/i) }),
      says: 'healthy',
      means: [
        { status: 401, where: failed(401, 'API Key Invalid'), is: 'rejected', says: 'API Key Invalid' },
        { status: 403, where: failed(403, 'User Disabled'), is: 'disabled', says: 'User Disabled' },
      ],
    },
    byHand: (preview) => [
      `Sign in at https://admin.mailchimp.com/account/api/, create a new key, roll it out, and revoke ${preview}.`,
    ],
  });
}

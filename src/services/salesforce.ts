// Salesforce: access tokens (session ids). Pages, read 2026-11: help.salesforce.com remoteaccess_using_userinfo_endpoint.htm and remoteaccess_revoke_token.htm (no client
// has to sign in). A token is good at one organisation: the *.salesforce.com host beside it, or KEYBURN_SALESFORCE_URL. A dead one is
// refused with a 403 and one word of plain text.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import { baseFor } from './address.ts';
import { bearer } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

const AT = { settings: ['KEYBURN_SALESFORCE_URL'], domains: ['salesforce.com'] };
const NEEDS =
  'nobody knows which organisation it is for: no *.salesforce.com host stands beside it, and KEYBURN_SALESFORCE_URL is not set';

const info = z.object({
  user_id: z.string().min(1),
  organization_id: z.string().min(1),
  preferred_username: z.string().optional(),
  email: z.string().optional(),
});
const INVALID = z.object({ error: z.literal('invalid_token') });

export function salesforce(): Service {
  return simple({
    id: 'salesforce',
    name: 'Salesforce',
    docs: 'https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_revoke_token.htm',
    asks: {
      KEYBURN_SALESFORCE_URL:
        'the address of the organisation, where no *.salesforce.com host stands beside the token: https://<domain>.my.salesforce.com',
    },
    hosts: [],
    ...AT,
    check: {
      ask: (key, tools) => {
        const base = baseFor(AT, key, tools);
        return base === undefined
          ? NEEDS
          : call('GET', `${base}/services/oauth2/userinfo`, bearer(key.secret));
      },
      live: info,
      says: 'with a user',
      means: [{ status: 403, text: /^\s*Bad_OAuth_Token\s*$/, is: 'rejected', says: 'Bad_OAuth_Token' }],
      owner: ({ preferred_username, user_id, email }) => ({
        account: preferred_username ?? user_id,
        ...(email && { email }),
      }),
    },
    revoke: {
      ask: (order, tools) => {
        const base = baseFor(AT, order, tools);
        const form = { token: reveal(order.secret) };
        return base === undefined ? NEEDS : call('POST', `${base}/services/oauth2/revoke`, {}, { form });
      },
      answers: [
        { status: 200, is: 'accepted', says: 'revoked' },
        { status: 400, where: INVALID, is: 'already-dead', says: 'invalid_token' },
      ],
    },
    byHand: (preview) => [
      `In Setup: Session Management (or Connected Apps OAuth Usage), and end the session of ${preview}.`,
    ],
  });
}

// Zendesk: OAuth access tokens. Pages, read 2026-11: developer.zendesk.com/api-reference/ticketing/users (me), …/oauth/oauth_tokens (show the current token, revoke a
// token). A token is good at one account: the *.zendesk.com host beside it, or KEYBURN_ZENDESK_URL. It is revoked by the id that
// it is told: revoking "current" is reported to answer 204 without effect.

import { z } from 'zod';
import { baseFor } from './address.ts';
import { bearer } from './answer.ts';
import { byLookup } from './by-lookup.ts';
import type { Key, Service, Tools } from './service.ts';
import { call, SOME_JSON, simple } from './simple.ts';

const AT = { settings: ['KEYBURN_ZENDESK_URL'], domains: ['zendesk.com'] };
const NEEDS =
  'nobody knows which account it is for: no *.zendesk.com host stands beside it, and KEYBURN_ZENDESK_URL is not set';

// Without credentials the same question answers 200 with a user whose id is null.
const me = z.object({
  user: z.object({ id: z.number(), name: z.string().optional(), email: z.string().nullish() }),
});
const current = z.object({ token: z.object({ id: z.number().int() }) });
const INVALID = z.object({ error: z.literal('invalid_token') });

const byHand = (preview: string) => [
  `In the Admin Center of the account of ${preview}: Apps and integrations > APIs > OAuth clients, and revoke it.`,
];

export function zendesk(): Service {
  const at = (key: Key, tools: Tools, path: string) => {
    const base = baseFor(AT, key, tools);
    return base === undefined ? NEEDS : call('GET', base + path, bearer(key.secret));
  };
  return simple({
    id: 'zendesk',
    name: 'Zendesk',
    docs: 'https://developer.zendesk.com/api-reference/ticketing/oauth/oauth_tokens/',
    asks: {
      KEYBURN_ZENDESK_URL:
        'the address of the account, where no *.zendesk.com host stands beside the token: https://<account>.zendesk.com',
    },
    hosts: [],
    ...AT,
    check: {
      ask: (key, tools) => at(key, tools, '/api/v2/users/me.json'),
      live: me,
      says: 'with a user',
      means: [{ status: 401, where: INVALID, is: 'rejected', says: 'expired, revoked or invalid' }],
      owner: ({ user: { id, email } }) => ({ account: String(id), ...(email && { email }) }),
    },
    revoke: byLookup(
      {
        look: (order, tools) => at(order, tools, '/api/v2/oauth/tokens/current.json'),
        shows: current,
        looked: [{ status: 401, where: INVALID, is: 'already-dead', says: 'expired, revoked or invalid' }],
        id: ({ token }) => token.id.toString(),
        end: (id, order, tools) =>
          call(
            'DELETE',
            `${baseFor(AT, order, tools) ?? ''}/api/v2/oauth/tokens/${id}.json`,
            bearer(order.secret),
          ),
        answers: [
          { status: 204, is: 'accepted', says: 'revoked itself' },
          { status: 403, where: SOME_JSON, is: 'manual', says: 'it may not revoke tokens' },
        ],
      },
      byHand,
    ),
    byHand,
  });
}

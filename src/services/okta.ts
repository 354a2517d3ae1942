// Okta: API tokens (SSWS). Pages, read 2026-11: developer.okta.com/docs/api/openapi/okta-management (user `me`; revokeCurrentApiToken),
// developer.okta.com/docs/reference/error-codes. A token is good at one organisation: the host beside it, or KEYBURN_OKTA_URL.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import { baseFor } from './address.ts';
import { explaining } from './explaining.ts';
import type { Key, Service, Tools } from './service.ts';
import { call, type Meaning, simple } from './simple.ts';

// https://developer.okta.com/docs/concepts/okta-organizations/
const DOMAINS = ['okta.com', 'oktapreview.com', 'okta-emea.com'];
const SETTINGS = ['KEYBURN_OKTA_URL'];
const NEEDS =
  'nobody knows which organisation it is for: no Okta host stands beside it, and KEYBURN_OKTA_URL is not set';

const user = z.object({
  id: z.string().min(1),
  profile: z.object({ login: z.string().min(1), email: z.string().nullish() }),
});
const error = (code: string) => z.object({ errorCode: z.literal(code) });
const INVALID = error('E0000011');

function at(key: Key, tools: Tools, method: 'GET' | 'DELETE', path: string) {
  const base = baseFor({ settings: SETTINGS, domains: DOMAINS }, key, tools);
  return base === undefined
    ? NEEDS
    : call(method, base + path, { authorization: `SSWS ${reveal(key.secret)}` });
}

const MEANS: readonly Meaning[] = [
  { status: 401, where: INVALID, is: 'rejected', says: 'E0000011: invalid token' },
  {
    status: 403,
    where: error('E0000006'),
    is: 'limited',
    says: 'E0000006: it authenticates, but may not ask this',
  },
];

export function okta(): Service {
  return simple({
    id: 'okta',
    name: 'Okta',
    docs: 'https://developer.okta.com/docs/api/openapi/okta-management/management/tag/ApiToken/',
    asks: {
      KEYBURN_OKTA_URL:
        'the address of the organisation, where no Okta host stands beside the token: https://<organisation>.okta.com',
    },
    hosts: [],
    domains: DOMAINS,
    settings: SETTINGS,
    check: {
      ask: (key, tools) => at(key, tools, 'GET', '/api/v1/users/me'),
      live: user,
      says: 'with a user',
      means: MEANS,
      owner: ({ profile: { login, email } }) => ({ account: login, ...(email && { email }) }),
    },
    revoke: {
      ask: (order, tools) => at(order, tools, 'DELETE', '/api/v1/api-tokens/current'),
      answers: [
        { status: 204, is: 'accepted', says: 'revoked itself' },
        { status: 401, where: INVALID, is: 'already-dead', says: 'E0000011: invalid token' },
        { status: 403, where: error('E0000006'), is: 'manual', says: 'E0000006: it may not end itself' },
      ],
    },
    explain: explaining({
      name: 'Okta',
      docs: 'https://developer.okta.com/docs/reference/error-codes/',
      manage: 'Security > API > Tokens in the Admin Console',
      means: MEANS,
    }),
    byHand: (preview) => [
      `Sign in to the Admin Console of the organisation of ${preview}: Security > API > Tokens, and revoke it.`,
      'Look at the System Log for what was done with it.',
    ],
  });
}

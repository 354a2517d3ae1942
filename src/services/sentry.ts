// Sentry: user and organisation auth tokens. Pages, read 2026-11: docs.sentry.io/api/auth, docs.sentry.io/account/auth-tokens; what the API's
// root tells of its caller, and that tokens are managed by a signed-in session only (so no token can end itself): the source,
// github.com/getsentry/sentry, src/sentry/api/endpoints (index.py, api_tokens.py).
// sentry.io, or the one that KEYBURN_SENTRY_URL names.

import { z } from 'zod';
import { baseFor } from './address.ts';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

const SETTINGS = ['KEYBURN_SENTRY_URL'];
const root = z.object({
  auth: z.object({ scopes: z.array(z.string()) }),
  user: z.object({ username: z.string().min(1), email: z.string().nullish() }).nullish(),
});

export function sentry({ api = 'https://sentry.io', internal = false }: Place = {}): Service {
  return simple({
    id: 'sentry',
    name: 'Sentry',
    docs: 'https://docs.sentry.io/account/auth-tokens/',
    asks: {
      KEYBURN_SENTRY_URL: 'the address of your Sentry, where it is not sentry.io',
    },
    hosts: [new URL(api).host],
    settings: SETTINGS,
    internal,
    check: {
      ask: (key, tools) =>
        call('GET', `${baseFor({ settings: SETTINGS }, key, tools) ?? api}/api/0/`, bearer(key.secret)),
      live: root,
      says: 'with its scopes',
      means: [
        {
          status: 401,
          where: z.object({ detail: z.string().regex(/^Invalid token/) }),
          is: 'rejected',
          says: 'invalid',
        },
        {
          status: 401,
          where: z.object({ detail: z.string().regex(/expired/i) }),
          is: 'expired',
          says: 'expired',
        },
      ],
      owner: ({ user }) =>
        user ? { account: user.username, ...(user.email && { email: user.email }) } : undefined,
    },
    byHand: (preview) => [
      `Sign in as the owner of ${preview} and revoke it: Settings > Account > Personal Tokens, or the organisation’s Settings > Developer Settings > Organization Tokens.`,
    ],
  });
}

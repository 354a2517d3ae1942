// Aiven: access tokens. Page, read 2026-11: api.aiven.io/doc (user: info, access token list: `currently_active` is the token that asks, access token revoke by its prefix;
// errors).

import { z } from 'zod';
import type { Secret } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import { byLookup, onlyOne } from './by-lookup.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

const user = z.object({ user: z.object({ user: z.string().min(1) }) });
const tokens = z.object({
  tokens: z.array(z.object({ token_prefix: z.string().min(6), currently_active: z.boolean() })),
});
const message = (text: RegExp) => z.object({ message: z.string().regex(text) });
const INVALID = message(/invalid token/i);

const byHand = (preview: string) => [
  `avn user access-token list, then: avn user access-token revoke <prefix>    # ${preview}`,
];

export function aiven({ api = 'https://api.aiven.io', internal = false }: Place = {}): Service {
  const headers = (secret: Secret) => ({ authorization: `aivenv1 ${reveal(secret)}` });
  return simple({
    id: 'aiven',
    name: 'Aiven',
    docs: 'https://api.aiven.io/doc/#tag/User/operation/AccessTokenRevoke',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v1/me`, headers(secret)),
      live: user,
      says: 'with a user',
      means: [
        { status: 401, where: message(/expired/i), is: 'expired', says: 'expired' },
        { status: 403, where: message(/expired/i), is: 'expired', says: 'expired' },
        { status: 401, where: INVALID, is: 'rejected', says: 'invalid token' },
        { status: 403, where: INVALID, is: 'rejected', says: 'invalid token' },
      ],
      owner: ({ user: { user } }) => ({ account: user, ...(user.includes('@') && { email: user }) }),
    },
    revoke: byLookup(
      {
        look: ({ secret }) => call('GET', `${api}/v1/access_token`, headers(secret)),
        shows: tokens,
        looked: [
          { status: 401, where: INVALID, is: 'already-dead', says: 'invalid token' },
          { status: 403, where: INVALID, is: 'already-dead', says: 'invalid token' },
        ],
        id: (body, secret) => {
          const active = onlyOne(body.tokens, ({ currently_active }) => currently_active);
          return active && reveal(secret).startsWith(active.token_prefix) ? active.token_prefix : undefined;
        },
        end: (id, { secret }) =>
          call('DELETE', `${api}/v1/access_token/${encodeURIComponent(id)}`, headers(secret), {
            what: 'DELETE /v1/access_token/{prefix}',
          }),
        answers: [{ status: 200, is: 'accepted', says: 'revoked itself' }],
      },
      byHand,
    ),
    byHand,
  });
}

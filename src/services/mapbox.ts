// Mapbox: secret and temporary tokens. Page, read 2026-11: docs.mapbox.com/api/accounts/tokens (retrieve a token, its codes; delete a token).
// The status is 200 whatever the token is: `code` says why it is none. The key travels in the query: Mapbox offers no other way.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import { byLookup } from './by-lookup.ts';
import { explaining } from './explaining.ts';
import type { Key, Service } from './service.ts';
import { call, type Meaning, SOME_JSON, simple } from './simple.ts';

const ID = /^[0-9A-Za-z_-]{1,100}$/;
const valid = z.object({
  code: z.literal('TokenValid'),
  token: z.object({
    user: z.string().regex(ID),
    authorization: z.string().optional(),
    usage: z.string().optional(),
  }),
});
const code = (name: string) => z.object({ code: z.literal(name) });

const MEANS: readonly Meaning[] = [
  { status: 200, where: code('TokenExpired'), is: 'expired', says: 'TokenExpired' },
  { status: 200, where: code('TokenRevoked'), is: 'revoked', says: 'TokenRevoked' },
  { status: 200, where: code('TokenInvalid'), is: 'rejected', says: 'TokenInvalid' },
  { status: 200, where: code('TokenMalformed'), is: 'rejected', says: 'TokenMalformed' },
];

const byHand = (preview: string) => [
  `Sign in as the owner of ${preview} and delete it: https://console.mapbox.com/account/access-tokens/`,
];

export function mapbox({ api = 'https://api.mapbox.com', internal = false }: Place = {}): Service {
  const query = ({ secret }: Key) => `?access_token=${encodeURIComponent(reveal(secret))}`;
  const look = (key: Key) => call('GET', `${api}/tokens/v2${query(key)}`, {});
  return simple({
    id: 'mapbox',
    name: 'Mapbox',
    docs: 'https://docs.mapbox.com/api/accounts/tokens/',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: look,
      live: valid,
      says: 'TokenValid',
      means: MEANS,
      owner: ({ token }) => ({ account: token.user }),
    },
    revoke: byLookup(
      {
        look,
        shows: valid,
        looked: MEANS.map(({ where, says }) => ({
          status: 200,
          is: 'already-dead' as const,
          says,
          ...(where && { where }),
        })),
        id: ({ token }) =>
          token.authorization !== undefined && ID.test(token.authorization)
            ? `${token.user}/${token.authorization}`
            : undefined,
        end: (id, order) =>
          call(
            'DELETE',
            `${api}/tokens/v2/${id}${query(order)}`,
            {},
            { what: 'DELETE /tokens/v2/{user}/{id}' },
          ),
        answers: [
          { status: 204, is: 'accepted', says: 'deleted itself' },
          { status: 401, where: SOME_JSON, is: 'manual', says: 'it may not delete tokens' },
          { status: 403, where: SOME_JSON, is: 'manual', says: 'it may not delete tokens' },
          { status: 404, where: SOME_JSON, is: 'manual', says: 'it may not delete tokens' },
        ],
      },
      byHand,
    ),
    explain: explaining({
      name: 'Mapbox',
      docs: 'https://docs.mapbox.com/api/accounts/tokens/',
      manage: 'https://console.mapbox.com/account/access-tokens/',
      means: MEANS,
    }),
    byHand,
  });
}

// Linode (Akamai): personal access tokens. Pages, read 2026-11: techdocs.akamai.com/linode-api/reference (get-profile, get-personal-access-tokens: it shows
// the first sixteen characters, delete-personal-access-token), /errors.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import { bearer, type Place } from './answer.ts';
import { byLookup, onlyOne } from './by-lookup.ts';
import type { Key, Service } from './service.ts';
import { call, simple } from './simple.ts';

const profile = z.object({ username: z.string().min(1), email: z.string().min(1) });
const tokens = z.object({
  data: z.array(z.object({ id: z.number().int(), token: z.string().min(16) })),
  pages: z.literal(1),
});
const reason = (text: RegExp) =>
  z.object({ errors: z.array(z.object({ reason: z.string().regex(text) })).min(1) });
const INVALID = reason(/^invalid (?:oauth )?token/i);
const MAY_NOT = reason(/not authorized to use this endpoint/i);

const byHand = (preview: string) => [
  `Sign in as the owner of ${preview} and revoke it: https://cloud.linode.com/profile/tokens`,
];

export function linode({ api = 'https://api.linode.com', internal = false }: Place = {}): Service {
  const list = ({ secret }: Key) => call('GET', `${api}/v4/profile/tokens?page_size=500`, bearer(secret));
  return simple({
    id: 'linode',
    name: 'Linode',
    docs: 'https://techdocs.akamai.com/linode-api/reference/delete-personal-access-token',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v4/profile`, bearer(secret)),
      live: profile,
      says: 'with a profile',
      means: [
        { status: 401, where: INVALID, is: 'rejected', says: 'invalid token' },
        {
          status: 401,
          where: MAY_NOT,
          is: 'limited',
          says: 'it authenticates; its scopes do not allow this',
        },
      ],
      owner: ({ username, email }) => ({ account: username, email }),
    },
    revoke: byLookup(
      {
        look: list,
        shows: tokens,
        looked: [
          { status: 401, where: INVALID, is: 'already-dead', says: 'invalid token' },
          { status: 401, where: MAY_NOT, is: 'manual', says: 'its scopes do not let it see tokens' },
        ],
        id: ({ data }, secret) =>
          onlyOne(data, ({ token }) => reveal(secret).startsWith(token))?.id.toString(),
        end: (id, { secret }) => call('DELETE', `${api}/v4/profile/tokens/${id}`, bearer(secret)),
        answers: [
          { status: 200, is: 'accepted', says: 'revoked itself' },
          { status: 401, where: MAY_NOT, is: 'manual', says: 'its scopes do not let it revoke tokens' },
        ],
      },
      byHand,
    ),
    byHand,
  });
}

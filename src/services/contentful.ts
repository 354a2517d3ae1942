// Contentful: personal access tokens. Page, read 2026-11: www.contentful.com/developers/docs/references/content-management-api (users/me; personal access tokens:
// the list shows the last four characters, `revoked` ends one).

import { z } from 'zod';
import type { Secret } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import { bearer, type Place } from './answer.ts';
import { byLookup, onlyOne } from './by-lookup.ts';
import { explaining } from './explaining.ts';
import type { Service } from './service.ts';
import { call, type Meaning, simple } from './simple.ts';

const user = z.object({
  sys: z.object({ type: z.literal('User'), id: z.string().min(1) }),
  email: z.string().optional(),
});
const tokens = z.object({
  total: z.number(),
  items: z.array(
    z.object({
      sys: z.object({ id: z.string().regex(/^[0-9A-Za-z]+$/), redactedValue: z.string() }),
      revokedAt: z.string().nullish(),
    }),
  ),
});
const problem = (id: string) => z.object({ sys: z.object({ type: z.literal('Error'), id: z.literal(id) }) });
const INVALID = problem('AccessTokenInvalid');

const byHand = (preview: string) => [
  `Sign in as the owner of ${preview} and revoke it: https://app.contentful.com/account/profile/cma_tokens`,
];

const MEANS: readonly Meaning[] = [
  { status: 401, where: INVALID, is: 'rejected', says: 'AccessTokenInvalid' },
];

export function contentful({ api = 'https://api.contentful.com', internal = false }: Place = {}): Service {
  const type = 'application/vnd.contentful.management.v1+json';
  const headers = (secret: Secret) => ({ ...bearer(secret), accept: type });
  return simple({
    id: 'contentful',
    name: 'Contentful',
    docs: 'https://www.contentful.com/developers/docs/references/content-management-api/#/reference/personal-access-tokens',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/users/me`, headers(secret)),
      live: user,
      says: 'with a user',
      means: MEANS,
      owner: ({ sys, email }) => ({ account: sys.id, ...(email && { email }) }),
    },
    revoke: byLookup(
      {
        look: ({ secret }) => call('GET', `${api}/users/me/access_tokens?limit=1000`, headers(secret)),
        shows: tokens,
        looked: [{ status: 401, where: INVALID, is: 'already-dead', says: 'AccessTokenInvalid' }],
        id: ({ items, total }, secret) => {
          const fits = (shown: string) => shown.length >= 4 && reveal(secret).endsWith(shown);
          const all = items.length === total ? items.filter(({ revokedAt }) => !revokedAt) : [];
          return onlyOne(all, ({ sys }) => fits(sys.redactedValue))?.sys.id;
        },
        end: (id, { secret }) => call('PUT', `${api}/users/me/access_tokens/${id}/revoked`, headers(secret)),
        answers: [
          {
            status: 200,
            where: z.object({ revokedAt: z.string().min(1) }),
            is: 'accepted',
            says: 'revoked itself',
          },
          { status: 403, where: problem('AccessDenied'), is: 'manual', says: 'it may not revoke tokens' },
        ],
      },
      byHand,
    ),
    explain: explaining({
      name: 'Contentful',
      docs: 'https://www.contentful.com/developers/docs/references/errors/',
      manage: 'https://app.contentful.com/account/profile/cma_tokens',
      means: MEANS,
    }),
    byHand,
  });
}

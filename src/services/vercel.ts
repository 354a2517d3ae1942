// Vercel. Pages, read 2026-11: vercel.com/docs/rest-api/authentication (get and delete a token: the id `current` is the token that asks).
// Vercel answers a dead token with 403 and `invalidToken`; a 403 that names SAML is a live one that is kept out.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import { explaining } from './explaining.ts';
import type { Service } from './service.ts';
import { call, type Meaning, simple } from './simple.ts';

const token = z.object({ token: z.object({ id: z.string().min(1), activeAt: z.number().optional() }) });
const invalid = z.object({ error: z.object({ invalidToken: z.literal(true) }) });
const saml = z.object({ error: z.object({ saml: z.literal(true) }) });

const MEANS: readonly Meaning[] = [
  { status: 403, where: invalid, is: 'rejected', says: 'invalidToken' },
  { status: 403, where: saml, is: 'limited', says: 'it authenticates, but wants SAML' },
];

export function vercel({ api = 'https://api.vercel.com', internal = false }: Place = {}): Service {
  return simple({
    id: 'vercel',
    name: 'Vercel',
    docs: 'https://vercel.com/docs/rest-api/authentication/delete-an-authentication-token',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v5/user/tokens/current`, bearer(secret)),
      live: token,
      says: 'with the token’s record',
      means: MEANS,
      usage: ({ token: { activeAt } }) =>
        activeAt === undefined ? undefined : { lastUsed: new Date(activeAt).toISOString() },
    },
    revoke: {
      ask: ({ secret }) => call('DELETE', `${api}/v3/user/tokens/current`, bearer(secret)),
      answers: [
        { status: 200, where: z.object({ tokenId: z.string().min(1) }), is: 'accepted', says: 'deleted' },
        { status: 403, where: invalid, is: 'already-dead', says: 'invalidToken' },
        { status: 403, where: saml, is: 'manual', says: 'SAML keeps it from deleting itself' },
      ],
    },
    explain: explaining({
      name: 'Vercel',
      docs: 'https://vercel.com/docs/rest-api',
      manage: 'https://vercel.com/account/tokens',
      means: MEANS,
    }),
    byHand: (preview) => [
      `Sign in as the owner of ${preview} and delete it: https://vercel.com/account/tokens`,
    ],
  });
}

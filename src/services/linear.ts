// Linear: OAuth tokens and personal API keys. Pages, read 2026-11: linear.app/developers/oauth-2-0-authentication (revoke an access token), /developers/graphql
// (a personal key stands in the header without `Bearer`). Personal keys end in the settings only.

import { z } from 'zod';
import type { Secret } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

const viewer = z.object({
  data: z.object({ viewer: z.object({ id: z.string().min(1), email: z.string().optional() }) }),
});
const REFUSED = z.object({
  errors: z.array(z.object({ extensions: z.object({ code: z.literal('AUTHENTICATION_ERROR') }) })).min(1),
});
const isOauth = (secret: Secret) => reveal(secret).startsWith('lin_oauth_');

export function linear({ api = 'https://api.linear.app', internal = false }: Place = {}): Service {
  const headers = (secret: Secret) => (isOauth(secret) ? bearer(secret) : { authorization: reveal(secret) });
  return simple({
    id: 'linear',
    name: 'Linear',
    docs: 'https://linear.app/developers/oauth-2-0-authentication',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) =>
        call('POST', `${api}/graphql`, headers(secret), { json: { query: '{ viewer { id email } }' } }),
      live: viewer,
      says: 'with a viewer',
      means: [
        { status: 401, where: REFUSED, is: 'rejected', says: 'AUTHENTICATION_ERROR' },
        { status: 400, where: REFUSED, is: 'rejected', says: 'AUTHENTICATION_ERROR' },
      ],
      owner: ({
        data: {
          viewer: { id, email },
        },
      }) => ({ account: id, ...(email && { email }) }),
    },
    revoke: {
      ask: ({ secret }) =>
        isOauth(secret)
          ? call('POST', `${api}/oauth/revoke`, {}, { form: { token: reveal(secret) } })
          : 'a personal API key cannot end itself',
      answers: [
        { status: 200, is: 'accepted', says: 'revoked' },
        { status: 401, is: 'already-dead', says: 'no such token' },
      ],
    },
    byHand: (preview) => [
      `Sign in as the owner of ${preview} and revoke it: https://linear.app/settings/account/security (personal keys, authorised applications).`,
    ],
  });
}

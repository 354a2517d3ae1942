// Google OAuth: access tokens (ya29.) and refresh tokens (1//). Page, read 2026-11: developers.google.com/identity/protocols/oauth2/web-server
// (tokenrevoke; tokeninfo as google-auth-library asks it, with the token in a header). Whoever holds either half may end the
// grant, and with it the other half. What a refresh token is worth, only its client can ask.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import { bearer, type Place, unknown } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

const info = z.object({
  aud: z.string().min(1),
  scope: z.string().min(1),
  expires_in: z.union([z.number(), z.string()]),
  email: z.string().optional(),
});
const INVALID = z.union([
  z.object({ error: z.literal('invalid_token') }),
  z.object({ error_description: z.literal('Invalid Value') }),
]);

export function googleOauth({
  api = 'https://oauth2.googleapis.com',
  internal = false,
}: Place = {}): Service {
  const service = simple({
    id: 'google-oauth',
    name: 'Google OAuth',
    docs: 'https://developers.google.com/identity/protocols/oauth2/web-server#tokenrevoke',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('POST', `${api}/tokeninfo`, bearer(secret), { form: {} }),
      live: info,
      says: 'with its scopes',
      means: [{ status: 400, where: INVALID, is: 'rejected', says: 'invalid_token' }],
      owner: ({ email }) => (email ? { account: email, email } : undefined),
    },
    revoke: {
      ask: ({ secret }) => call('POST', `${api}/revoke`, {}, { form: { token: reveal(secret) } }),
      answers: [
        { status: 200, is: 'accepted', says: 'revoked' },
        { status: 400, where: INVALID, is: 'already-dead', says: 'invalid_token' },
      ],
    },
    sideEffect: 'revokes the whole grant: the access and refresh tokens of that user and app',
    byHand: (preview) => [
      `Sign in as the owner of ${preview} and remove the app’s access: https://myaccount.google.com/connections`,
    ],
  });
  const { check } = service;
  return {
    ...service,
    check: async (key, tools) =>
      check && reveal(key.secret).startsWith('ya29.')
        ? check(key, tools)
        : unknown(tools, 'no-check', 'a refresh token can be asked about by its client only'),
  };
}

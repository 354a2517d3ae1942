// Restream: OAuth tokens. Pages, read 2026-11: developers.restream.io/profile (get profile), /authentication/revoking-tokens (no client has to sign in; 200 whether
// or not there was such a token).

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, SOME_JSON, simple } from './simple.ts';

const profile = z.object({
  id: z.number(),
  username: z.string().min(1),
  email: z.string().optional(),
});

export function restream({ api = 'https://api.restream.io', internal = false }: Place = {}): Service {
  return simple({
    id: 'restream',
    name: 'Restream',
    docs: 'https://developers.restream.io/authentication/revoking-tokens',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v2/user/profile`, bearer(secret)),
      live: profile,
      says: 'with a profile',
      means: [{ status: 401, where: SOME_JSON, is: 'rejected', says: 'unauthorized' }],
      owner: ({ username, email }) => ({ account: username, ...(email && { email }) }),
    },
    revoke: {
      ask: ({ secret }) =>
        call(
          'POST',
          `${api}/oauth/revoke`,
          {},
          {
            form: { token: reveal(secret), token_type_hint: 'access_token' },
          },
        ),
      answers: [{ status: 200, is: 'accepted', says: 'accepted' }],
    },
    byHand: (preview) => [
      `Sign in as the owner of ${preview} and remove the app: https://app.restream.io/settings/applications`,
    ],
  });
}

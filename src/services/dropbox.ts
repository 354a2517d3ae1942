// Dropbox: access tokens. Page, read 2026-11: www.dropbox.com/developers/documentation/http/documentation (users/get_current_account, auth/token/revoke,
// authentication errors: they say why). Ending an access token ends its refresh token and that one's other access tokens.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import { explaining } from './explaining.ts';
import type { Service } from './service.ts';
import { call, type Meaning, simple } from './simple.ts';

const account = z.object({ account_id: z.string().min(1), email: z.string().min(1) });
const error = (...tags: readonly string[]) => z.object({ error: z.object({ '.tag': z.enum(tags) }) });
const DEAD = error('expired_access_token', 'invalid_access_token', 'user_suspended');

const MEANS: readonly Meaning[] = [
  { status: 401, where: error('expired_access_token'), is: 'expired', says: 'expired_access_token' },
  { status: 401, where: error('invalid_access_token'), is: 'rejected', says: 'invalid_access_token' },
  { status: 401, where: error('user_suspended'), is: 'disabled', says: 'user_suspended' },
  { status: 401, where: error('missing_scope'), is: 'limited', says: 'missing_scope: it authenticates' },
];

export function dropbox({ api = 'https://api.dropboxapi.com', internal = false }: Place = {}): Service {
  return simple({
    id: 'dropbox',
    name: 'Dropbox',
    docs: 'https://www.dropbox.com/developers/documentation/http/documentation#auth-token-revoke',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('POST', `${api}/2/users/get_current_account`, bearer(secret)),
      live: account,
      says: 'with an account',
      means: MEANS,
      owner: ({ account_id, email }) => ({ account: account_id, email }),
    },
    revoke: {
      ask: ({ secret }) => call('POST', `${api}/2/auth/token/revoke`, bearer(secret)),
      answers: [
        { status: 200, is: 'accepted', says: 'revoked itself' },
        { status: 401, where: DEAD, is: 'already-dead', says: 'it is dead' },
      ],
    },
    sideEffect: 'ends the whole grant: the refresh token and every access token that was made from it',
    explain: explaining({
      name: 'Dropbox',
      docs: 'https://www.dropbox.com/developers/documentation/http/documentation',
      manage: 'https://www.dropbox.com/developers/apps',
      means: MEANS,
    }),
    byHand: (preview) => [
      `Sign in as the owner of ${preview} and disconnect the app: https://www.dropbox.com/account/connected_apps`,
    ],
  });
}

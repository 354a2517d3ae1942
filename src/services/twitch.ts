// Twitch: user and app access tokens. Pages, read 2026-11: dev.twitch.tv/docs/authentication/validate-tokens and /revoke-tokens (it takes the
// client's id, which the token itself is told).

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import { byLookup } from './by-lookup.ts';
import type { Key, Service } from './service.ts';
import { call, simple } from './simple.ts';

const token = z.object({
  client_id: z.string().regex(/^[0-9a-z]+$/),
  login: z.string().nullish(),
  expires_in: z.number(),
});
const problem = (text: RegExp) => z.object({ status: z.number(), message: z.string().regex(text) });
const INVALID = problem(/invalid (?:access )?token/i);

const byHand = (preview: string) => [
  `Sign in as the owner of ${preview} and disconnect the app: https://www.twitch.tv/settings/connections`,
];

export function twitch({ api = 'https://id.twitch.tv', internal = false }: Place = {}): Service {
  const look = ({ secret }: Key) =>
    call('GET', `${api}/oauth2/validate`, { authorization: `OAuth ${reveal(secret)}` });
  return simple({
    id: 'twitch',
    name: 'Twitch',
    docs: 'https://dev.twitch.tv/docs/authentication/revoke-tokens/',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: look,
      live: token,
      says: 'with its client',
      means: [{ status: 401, where: INVALID, is: 'rejected', says: 'invalid access token' }],
      owner: ({ client_id, login }) => ({ account: login || client_id }),
    },
    revoke: byLookup(
      {
        look,
        shows: token,
        looked: [{ status: 401, where: INVALID, is: 'already-dead', says: 'invalid access token' }],
        id: ({ client_id }) => client_id,
        end: (client_id, { secret }) =>
          call('POST', `${api}/oauth2/revoke`, {}, { form: { client_id, token: reveal(secret) } }),
        answers: [
          { status: 200, is: 'accepted', says: 'revoked' },
          { status: 400, where: INVALID, is: 'already-dead', says: 'invalid token' },
        ],
      },
      byHand,
    ),
    byHand,
  });
}

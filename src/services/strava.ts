// Strava: access tokens. Page, read 2026-11: developers.strava.com/docs/authentication (deauthorization: with the access token), /docs/reference.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

const athlete = z.object({ id: z.number(), resource_state: z.number(), username: z.string().nullish() });
const fault = (field: RegExp, code: string) =>
  z.object({ errors: z.array(z.object({ field: z.string().regex(field), code: z.literal(code) })).min(1) });
const INVALID = fault(/^access_token$/, 'invalid');
const NO_SCOPE = fault(/_permission$/, 'missing');

export function strava({ api = 'https://www.strava.com', internal = false }: Place = {}): Service {
  return simple({
    id: 'strava',
    name: 'Strava',
    docs: 'https://developers.strava.com/docs/authentication/#deauthorization',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/api/v3/athlete`, bearer(secret)),
      live: athlete,
      says: 'with an athlete',
      means: [
        { status: 401, where: INVALID, is: 'rejected', says: 'invalid' },
        { status: 401, where: NO_SCOPE, is: 'limited', says: 'it authenticates; a scope is missing' },
        { status: 403, where: NO_SCOPE, is: 'limited', says: 'it authenticates; a scope is missing' },
      ],
      owner: ({ id, username }) => ({ account: username ?? String(id) }),
    },
    revoke: {
      ask: ({ secret }) => call('POST', `${api}/oauth/deauthorize`, bearer(secret), { form: {} }),
      answers: [
        { status: 200, is: 'accepted', says: 'deauthorised' },
        { status: 401, where: INVALID, is: 'already-dead', says: 'invalid' },
      ],
    },
    sideEffect:
      'takes the app’s whole access to that athlete away: all its access and refresh tokens for them',
    byHand: (preview) => [
      `Sign in as the owner of ${preview} and revoke the app’s access: https://www.strava.com/settings/apps`,
    ],
  });
}

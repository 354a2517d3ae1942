// Buildkite: API access tokens. Page, read 2026-11: buildkite.com/docs/apis/rest-api/access-token (made for a token that was found and whose
// owner nobody knows: no scope is needed).

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

const token = z.object({ uuid: z.string().min(1), scopes: z.array(z.string()) });
const REFUSED = z.object({ message: z.string().regex(/authentication (?:required|failed)/i) });

export function buildkite({ api = 'https://api.buildkite.com', internal = false }: Place = {}): Service {
  return simple({
    id: 'buildkite',
    name: 'Buildkite',
    docs: 'https://buildkite.com/docs/apis/rest-api/access-token',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v2/access-token`, bearer(secret)),
      live: token,
      says: 'with the token’s record',
      means: [{ status: 401, where: REFUSED, is: 'rejected', says: 'not a valid token' }],
    },
    revoke: {
      ask: ({ secret }) => call('DELETE', `${api}/v2/access-token`, bearer(secret)),
      answers: [
        { status: 204, is: 'accepted', says: 'revoked itself' },
        { status: 401, where: REFUSED, is: 'already-dead', says: 'not a valid token' },
      ],
    },
    byHand: (preview) => [
      `Sign in as the owner of ${preview} and revoke it: https://buildkite.com/user/api-access-tokens; an admin: Organization Settings > API Access Audit.`,
    ],
  });
}

// LaunchDarkly: API access tokens. Pages, read 2026-11: launchdarkly.com/docs/api (caller-identity; delete an access token; 401 and 403). A
// token asks who it is, and is deleted by the id that it is told.

import { z } from 'zod';
import type { Secret } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import { byLookup } from './by-lookup.ts';
import type { Service } from './service.ts';
import { call, SOME_JSON, simple } from './simple.ts';

const caller = z.object({
  accountId: z.string().min(1),
  tokenId: z.string().regex(/^[0-9A-Za-z]+$/),
  memberEmail: z.string().optional(),
});
const REFUSED = z.object({ code: z.enum(['unauthorized', 'invalid_token']) });

const byHand = (preview: string) => [
  `Sign in to the account of ${preview} and delete it: Organization settings > Authorization > Access tokens.`,
];

export function launchdarkly({
  api = 'https://app.launchdarkly.com',
  internal = false,
}: Place = {}): Service {
  const headers = (secret: Secret) => ({ authorization: reveal(secret) });
  const me = ({ secret }: { secret: Secret }) =>
    call('GET', `${api}/api/v2/caller-identity`, headers(secret));
  return simple({
    id: 'launchdarkly',
    name: 'LaunchDarkly',
    docs: 'https://launchdarkly.com/docs/api/access-tokens/delete-token',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: me,
      live: caller,
      says: 'with the caller',
      means: [{ status: 401, where: REFUSED, is: 'rejected', says: 'not a valid token' }],
      owner: ({ accountId, memberEmail }) => ({
        account: accountId,
        ...(memberEmail && { email: memberEmail }),
      }),
    },
    revoke: byLookup(
      {
        look: me,
        shows: caller,
        looked: [{ status: 401, where: REFUSED, is: 'already-dead', says: 'not a valid token' }],
        id: ({ tokenId }) => tokenId,
        end: (id, { secret }) => call('DELETE', `${api}/api/v2/tokens/${id}`, headers(secret)),
        answers: [
          { status: 204, is: 'accepted', says: 'deleted itself' },
          { status: 403, where: SOME_JSON, is: 'manual', says: 'its role does not let it delete tokens' },
        ],
      },
      byHand,
    ),
    byHand,
  });
}

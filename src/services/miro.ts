// Miro: access tokens. Pages, read 2026-11: developers.miro.com/reference/get-access-token-information, /revoke-token-v1 (the token goes into the query: Miro offers no other way without
// the client’s secret).

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

const info = z.object({
  user: z.object({ id: z.string().min(1), name: z.string().optional() }),
  team: z.object({ id: z.string() }).optional(),
  scopes: z.array(z.string()),
});
const REFUSED = z.object({ type: z.literal('error'), status: z.literal(401) });

export function miro({ api = 'https://api.miro.com', internal = false }: Place = {}): Service {
  return simple({
    id: 'miro',
    name: 'Miro',
    docs: 'https://developers.miro.com/reference/revoke-token-v1',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v1/oauth-token`, bearer(secret)),
      live: info,
      says: 'with a user',
      means: [{ status: 401, where: REFUSED, is: 'rejected', says: 'unauthorized' }],
      owner: ({ user }) => ({ account: user.name ?? user.id }),
    },
    revoke: {
      ask: ({ secret }) =>
        call('POST', `${api}/v1/oauth/revoke?access_token=${encodeURIComponent(reveal(secret))}`, {}),
      answers: [
        { status: 200, is: 'accepted', says: 'revoked' },
        { status: 204, is: 'accepted', says: 'revoked' },
        { status: 401, where: REFUSED, is: 'already-dead', says: 'unauthorized' },
      ],
    },
    byHand: (preview) => [
      `Sign in as the owner of ${preview} and uninstall the app: Profile settings > Apps, or the team’s Apps & integrations.`,
    ],
  });
}

// Fly.io. Page: fly.io/docs/security/tokens/.

import { z } from 'zod';
import type { Secret } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

/** The token says its own scheme (`FlyV1 …`); older ones are bearers. */
function flyAuthorization(secret: Secret): string {
  const value = reveal(secret);
  return value.startsWith('FlyV1 ') ? value : `Bearer ${value}`;
}

export function fly(place: Place = {}): Service {
  const { api = 'https://api.fly.io', internal = false } = place;
  return simple({
    id: 'fly',
    name: 'Fly.io',
    docs: 'https://fly.io/docs/security/tokens/',
    hosts: [new URL(api).host],
    internal,
    control: true,
    check: {
      ask: ({ secret }) =>
        call(
          'POST',
          `${api}/graphql`,
          { authorization: flyAuthorization(secret) },
          { json: { query: '{ viewer { ... on User { email } ... on Macaroon { email } } }' } },
        ),
      live: z.object({ data: z.object({ viewer: z.object({ email: z.string().min(1) }) }) }),
      says: 'accepted',
      means: [
        { status: 401, is: 'rejected', says: 'refused' },
        {
          status: 200,
          where: z.object({
            errors: z.array(z.object({ extensions: z.object({ code: z.literal('UNAUTHORIZED') }) })).min(1),
          }),
          is: 'rejected',
          says: 'UNAUTHORIZED',
        },
      ],
    },
    byHand: (preview) => [
      `Run \`fly tokens list\`, find the token, and \`fly tokens revoke ID\`; or sign in at https://fly.io/tokens and revoke ${preview}.`,
    ],
  });
}

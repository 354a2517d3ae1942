// Square. Pages: developer.squareup.com/reference/square/merchants-api/retrieve-merchant, …/oauth-api/revoke-token, …/docs/build-basics/handling-errors. The
// sandbox has an address and tokens of its own. Only tokens that an application was granted are revoked by a call, by its own secret.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import { bearer, type Place } from './answer.ts';
import { inRegions } from './regions.ts';
import type { Service } from './service.ts';
import { call, ending } from './simple.ts';

const ID = 'SQUARE_APPLICATION_ID';
const SECRET = 'SQUARE_APPLICATION_SECRET';
const REGIONS = ['https://connect.squareup.com', 'https://connect.squareupsandbox.com'];
const failed = (code: string) => z.object({ errors: z.array(z.object({ code: z.literal(code) })).min(1) });

export function square(place: Place = {}): Service {
  const { internal = false } = place;
  const apis = place.api === undefined ? REGIONS : [place.api];
  const byHand = ({ preview }: { preview: string }) => [
    `Sign in at https://developer.squareup.com/apps, open the application of ${preview}, and replace its access token: the old one dies at once.`,
    `A token that a seller granted: or set ${ID} and ${SECRET} and let keyburn revoke it.`,
  ];
  return {
    id: 'square',
    name: 'Square',
    docs: 'https://developer.squareup.com/reference/square/oauth-api/revoke-token',
    asks: {
      SQUARE_APPLICATION_ID:
        'the id of the application that the token was granted to: Square Developer Console, OAuth',
      SQUARE_APPLICATION_SECRET: 'its application secret, on the same page',
    },
    hosts: apis.map((api) => new URL(api).host),
    internal,
    rate: { requests: 5, perMs: 1_000, concurrency: 2 },
    ...inRegions(apis, (api) => ({
      ask: ({ secret }) => call('GET', `${api}/v2/merchants/me`, bearer(secret)),
      live: z.object({ merchant: z.object({ id: z.string().min(1), country: z.string() }) }),
      says: 'with a merchant',
      environment: () => (api.includes('sandbox') ? 'test' : 'live'),
      means: [
        { status: 401, where: failed('ACCESS_TOKEN_EXPIRED'), is: 'expired', says: 'ACCESS_TOKEN_EXPIRED' },
        { status: 401, where: failed('ACCESS_TOKEN_REVOKED'), is: 'revoked', says: 'ACCESS_TOKEN_REVOKED' },
        { status: 401, where: failed('UNAUTHORIZED'), is: 'rejected', says: 'UNAUTHORIZED' },
        { status: 403, where: failed('INSUFFICIENT_SCOPES'), is: 'limited', says: 'INSUFFICIENT_SCOPES' },
      ],
    })),
    revoke: ending(
      {
        ask: ({ secret }, tools) => {
          const id = tools.credential(ID);
          const own = tools.credential(SECRET);
          if (!id || !own)
            return `a granted token needs the application’s ${ID} and ${SECRET}; its own is the dashboard’s`;
          const sandbox = reveal(id).startsWith('sandbox-');
          const api = (sandbox ? apis[1] : apis[0]) ?? apis[0] ?? '';
          const json = {
            client_id: reveal(id),
            access_token: reveal(secret),
            revoke_only_access_token: true,
          };
          return call('POST', `${api}/oauth2/revoke`, { authorization: `Client ${reveal(own)}` }, { json });
        },
        answers: [
          { status: 200, where: z.object({ success: z.literal(true) }), is: 'accepted', says: 'revoked' },
        ],
      },
      byHand,
    ),
    byHand,
  };
}

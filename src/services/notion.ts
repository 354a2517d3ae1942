// Notion. Pages: developers.notion.com/reference/get-self, …/status-codes, …/revoke-token. A token of a public integration is revoked with the
// integration's own client; one of an internal integration only in its settings.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import { bearer, type Place } from './answer.ts';
import { explaining } from './explaining.ts';
import type { Service } from './service.ts';
import { basicAuth, call, type Meaning, simple } from './simple.ts';

const CLIENT = 'NOTION_CLIENT_ID';
const SECRET = 'NOTION_CLIENT_SECRET';
const VERSION = { 'notion-version': '2022-06-28' };
const failed = (code: string) => z.object({ object: z.literal('error'), code: z.literal(code) });

const MEANS: readonly Meaning[] = [
  { status: 401, where: failed('unauthorized'), is: 'rejected', says: 'unauthorized' },
  { status: 403, where: failed('restricted_resource'), is: 'limited', says: 'restricted_resource' },
];

export function notion(place: Place = {}): Service {
  const { api = 'https://api.notion.com', internal = false } = place;
  return simple({
    id: 'notion',
    name: 'Notion',
    docs: 'https://developers.notion.com/reference/revoke-token',
    asks: {
      NOTION_CLIENT_ID:
        'the OAuth client id of the integration that the token was granted to: Notion, My integrations',
      NOTION_CLIENT_SECRET: 'its client secret, on the same page',
    },
    hosts: [new URL(api).host],
    internal,
    // 3 requests a second on average.
    rate: { requests: 2, perMs: 1_000, concurrency: 1 },
    check: {
      ask: ({ secret }) => call('GET', `${api}/v1/users/me`, { ...bearer(secret), ...VERSION }),
      live: z.object({ object: z.literal('user'), id: z.string().min(1), type: z.literal('bot') }),
      says: 'with a bot',
      means: MEANS,
    },
    explain: explaining({
      name: 'Notion',
      docs: 'https://developers.notion.com/reference/status-codes',
      manage: 'https://www.notion.so/profile/integrations',
      means: MEANS,
    }),
    revoke: {
      ask: ({ secret }, tools) => {
        const client = tools.credential(CLIENT);
        const own = tools.credential(SECRET);
        if (!client || !own)
          return `a public integration’s token needs ${CLIENT} and ${SECRET}; an internal one is the settings’`;
        return call(
          'POST',
          `${api}/v1/oauth/revoke`,
          { ...basicAuth(reveal(client), own), ...VERSION },
          { json: { token: reveal(secret) } },
        );
      },
      answers: [
        { status: 200, where: z.object({ request_id: z.string() }), is: 'accepted', says: 'revoked' },
        {
          status: 400,
          where: z.object({ error: z.literal('invalid_grant') }),
          is: 'manual',
          says: 'not a token of this integration',
        },
      ],
    },
    byHand: (preview) => [
      `Sign in at https://www.notion.so/profile/integrations, open the integration of ${preview}, and refresh its secret.`,
      `A token of a public integration: or set ${CLIENT} and ${SECRET} and let keyburn revoke it.`,
    ],
  });
}

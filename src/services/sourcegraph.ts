// Sourcegraph: access tokens. Pages, read 2026-11: sourcegraph.com/docs/cli/how-tos/revoking_an_access_token (the words of a refusal), its GraphQL schema (deleteAccessToken
// by the token itself). sourcegraph.com, or the instance that KEYBURN_SOURCEGRAPH_URL names.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import { baseFor } from './address.ts';
import type { Place } from './answer.ts';
import type { Key, Service, Tools } from './service.ts';
import { call, simple } from './simple.ts';

const SETTINGS = ['KEYBURN_SOURCEGRAPH_URL'];
const user = z.object({ data: z.object({ currentUser: z.object({ username: z.string().min(1) }) }) });
const done = z.object({
  data: z.object({ deleteAccessToken: z.object({}) }),
  errors: z.undefined().optional(),
});
const INVALID = /^\s*Invalid access token\.?\s*$/i;

export function sourcegraph({ api = 'https://sourcegraph.com', internal = false }: Place = {}): Service {
  const graphql = (key: Key, tools: Tools, query: string, variables: unknown, what: string) => {
    const url = `${baseFor({ settings: SETTINGS }, key, tools) ?? api}/.api/graphql`;
    return call(
      'POST',
      url,
      { authorization: `token ${reveal(key.secret)}` },
      { json: { query, variables }, what },
    );
  };
  return simple({
    id: 'sourcegraph',
    name: 'Sourcegraph',
    docs: 'https://sourcegraph.com/docs/cli/how-tos/revoking_an_access_token',
    asks: {
      KEYBURN_SOURCEGRAPH_URL: 'the address of your Sourcegraph, where it is not sourcegraph.com',
    },
    hosts: [new URL(api).host],
    settings: SETTINGS,
    internal,
    check: {
      ask: (key, tools) =>
        graphql(key, tools, 'query { currentUser { username } }', {}, 'POST /.api/graphql (currentUser)'),
      live: user,
      says: 'with a user',
      means: [{ status: 401, text: INVALID, is: 'rejected', says: 'invalid access token' }],
      owner: ({ data }) => ({ account: data.currentUser.username }),
    },
    revoke: {
      ask: (order, tools) =>
        graphql(
          order,
          tools,
          'mutation($token: String!) { deleteAccessToken(byToken: $token) { alwaysNil } }',
          { token: reveal(order.secret) },
          'POST /.api/graphql (deleteAccessToken)',
        ),
      answers: [
        { status: 200, where: done, is: 'accepted', says: 'deleted itself' },
        { status: 401, text: INVALID, is: 'already-dead', says: 'invalid access token' },
      ],
    },
    byHand: (preview) => [`Sign in as the owner of ${preview} and delete it: Settings > Access tokens.`],
  });
}

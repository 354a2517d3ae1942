// Trello: user tokens, with the (public) API key of their app beside them. Pages, read 2026-11: developer.atlassian.com/cloud/trello (authorization: both go into a header; errors;
// DELETE /1/tokens/{token}: the path is the only way to name the token).

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Key, Service } from './service.ts';
import { call, simple } from './simple.ts';

const NEEDS = 'the API key of its app is not beside it';

export function trello({ api = 'https://api.trello.com', internal = false }: Place = {}): Service {
  function at(key: Key, method: 'GET' | 'DELETE', path: string, what?: string) {
    const app = key.parts.apiKey && reveal(key.parts.apiKey);
    if (app === undefined || !/^[0-9a-f]{32}$/.test(app)) return NEEDS;
    const authorization = `OAuth oauth_consumer_key="${app}", oauth_token="${reveal(key.secret)}"`;
    return call(method, api + path, { authorization }, what ? { what } : {});
  }
  return simple({
    id: 'trello',
    name: 'Trello',
    docs: 'https://developer.atlassian.com/cloud/trello/rest/api-group-tokens/',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: (key) => at(key, 'GET', '/1/members/me?fields=username'),
      live: z.object({ id: z.string().min(1), username: z.string().min(1) }),
      says: 'with a member',
      means: [
        { status: 401, text: /^\s*expired token\s*$/i, is: 'expired', says: 'expired token' },
        { status: 401, text: /^\s*invalid token\s*$/i, is: 'rejected', says: 'invalid token' },
      ],
      owner: ({ username }) => ({ account: username }),
    },
    revoke: {
      ask: (order) =>
        at(
          order,
          'DELETE',
          `/1/tokens/${encodeURIComponent(reveal(order.secret))}`,
          'DELETE /1/tokens/{token}',
        ),
      answers: [
        { status: 200, is: 'accepted', says: 'deleted' },
        {
          status: 401,
          text: /^\s*(?:invalid|expired) token\s*$/i,
          is: 'already-dead',
          says: 'invalid token',
        },
        { status: 404, text: /token not found|not found/i, is: 'already-dead', says: 'no such token' },
      ],
    },
    byHand: (preview) => [
      `Sign in as the owner of ${preview} and revoke the app: https://trello.com/my/account, Settings > Applications.`,
    ],
  });
}

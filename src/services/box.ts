// Box. Page: developer.box.com/reference/get-users-me/, developer.box.com/reference/post-oauth2-revoke/ (by the application that the token was granted to).

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

const CLIENT = 'BOX_CLIENT_ID';
const SECRET = 'BOX_CLIENT_SECRET';

export function box(place: Place = {}): Service {
  const { api = 'https://api.box.com', internal = false } = place;
  return simple({
    id: 'box',
    name: 'Box',
    docs: 'https://developer.box.com/reference/post-oauth2-revoke/',
    asks: {
      BOX_CLIENT_ID:
        'the client id of the application that the token was granted to: Box Developer Console, Configuration',
      BOX_CLIENT_SECRET: 'its client secret, on the same page',
    },
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/2.0/users/me`, bearer(secret)),
      live: z.object({ type: z.literal('user'), id: z.string().min(1), login: z.string() }),
      says: 'accepted',
      means: [{ status: 401, is: 'rejected', says: 'refused' }],
      owner: ({ login }) => ({ account: login, email: login }),
    },
    revoke: {
      ask: ({ secret }, tools) => {
        const client = tools.credential(CLIENT);
        const own = tools.credential(SECRET);
        if (!client || !own) return `revoking takes the application’s ${CLIENT} and ${SECRET}`;
        const form = { client_id: reveal(client), client_secret: reveal(own), token: reveal(secret) };
        return call('POST', `${api}/oauth2/revoke`, {}, { form });
      },
      answers: [{ status: 200, is: 'accepted', says: 'revoked' }],
    },
    byHand: (preview) => [
      `Sign in at https://app.box.com/developers/console, open the app, and revoke its tokens (${preview}); an access token dies within the hour.`,
      `Or set ${CLIENT} and ${SECRET} and let keyburn revoke the token.`,
    ],
  });
}

// Postman: API keys. Pages, read 2026-11: learning.postman.com/docs/developer/postman-api (authentication, GET /me). Keys are revoked in
// the dashboard only; Postman’s own scanner takes those that it finds in public workspaces.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

const me = z.object({
  user: z.object({ id: z.number(), username: z.string().min(1), email: z.string().nullish() }),
});
const REFUSED = z.object({
  error: z.object({ name: z.enum(['AuthenticationError', 'authenticationError']) }),
});

export function postman({ api = 'https://api.getpostman.com', internal = false }: Place = {}): Service {
  return simple({
    id: 'postman',
    name: 'Postman',
    docs: 'https://learning.postman.com/docs/developer/postman-api/authentication/',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/me`, { 'x-api-key': reveal(secret) }),
      live: me,
      says: 'with a user',
      means: [{ status: 401, where: REFUSED, is: 'rejected', says: 'invalid' }],
      owner: ({ user: { username, email } }) => ({ account: username, ...(email && { email }) }),
    },
    byHand: (preview) => [
      `Sign in as the owner of ${preview} and delete it: https://go.postman.co/settings/me/api-keys`,
    ],
  });
}

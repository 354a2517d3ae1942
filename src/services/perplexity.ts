// Perplexity. Pages, read 2026-11: docs.perplexity.ai/api-reference/revoke-auth-token-post (the bearer may be the very key that ends) and
// async-chat-completions-get (a list of the caller's own jobs: costs nothing).

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

const jobs = z.object({ requests: z.array(z.unknown()) });
const REFUSED = z.object({ error: z.object({ type: z.enum(['invalid_api_key', 'authentication_error']) }) });

export function perplexity({ api = 'https://api.perplexity.ai', internal = false }: Place = {}): Service {
  return simple({
    id: 'perplexity',
    name: 'Perplexity',
    docs: 'https://docs.perplexity.ai/api-reference/revoke-auth-token-post',
    hosts: [new URL(api).host],
    internal,
    control: true,
    check: {
      ask: ({ secret }) => call('GET', `${api}/async/chat/completions?limit=1`, bearer(secret)),
      live: jobs,
      says: 'with its jobs',
      means: [{ status: 401, where: REFUSED, is: 'rejected', says: 'invalid key' }],
    },
    revoke: {
      ask: ({ secret }) =>
        call('POST', `${api}/revoke_auth_token`, bearer(secret), { json: { auth_token: reveal(secret) } }),
      answers: [
        { status: 200, is: 'accepted', says: 'revoked itself' },
        { status: 401, where: REFUSED, is: 'already-dead', says: 'invalid key' },
      ],
    },
    byHand: (preview) => [
      `Sign in to the account of ${preview} and revoke it: https://www.perplexity.ai/account/api/keys`,
    ],
  });
}

// Fastly. Pages, read 2026-11: www.fastly.com/documentation/reference/api/auth-tokens/user (get and revoke the current token).

import { z } from 'zod';
import type { Secret } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

const token = z.object({
  id: z.string().min(1),
  customer_id: z.string().min(1),
  name: z.string().nullish(),
  last_used_at: z.string().nullish(),
});
const REFUSED = z.object({ msg: z.string().regex(/credentials are missing or invalid/i) });

export function fastly({ api = 'https://api.fastly.com', internal = false }: Place = {}): Service {
  const headers = (secret: Secret) => ({ 'fastly-key': reveal(secret) });
  return simple({
    id: 'fastly',
    name: 'Fastly',
    docs: 'https://www.fastly.com/documentation/reference/api/auth-tokens/user/',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/tokens/self`, headers(secret)),
      live: token,
      says: 'with the token’s record',
      means: [{ status: 401, where: REFUSED, is: 'rejected', says: 'missing or invalid' }],
      owner: ({ customer_id }) => ({ account: customer_id }),
      usage: ({ last_used_at }) => (last_used_at ? { lastUsed: last_used_at } : undefined),
    },
    revoke: {
      ask: ({ secret }) => call('DELETE', `${api}/tokens/self`, headers(secret)),
      answers: [
        { status: 204, is: 'accepted', says: 'revoked itself' },
        { status: 401, where: REFUSED, is: 'already-dead', says: 'missing or invalid' },
      ],
    },
    byHand: (preview) => [
      `Sign in to the account of ${preview} and delete it: https://manage.fastly.com/account/personal/tokens`,
    ],
  });
}

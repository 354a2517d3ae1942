// Stripe secret and restricted keys. Pages: docs.stripe.com/keys, docs.stripe.com/api/accounts/retrieve, docs.stripe.com/error-codes. A
// restricted key without the right is a 403. No call of the API ends a key: rolling and expiring are the dashboard's.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import { bearer, type Place } from './answer.ts';
import { explaining } from './explaining.ts';
import type { Service } from './service.ts';
import { call, type Meaning, simple } from './simple.ts';

const account = z.object({ object: z.literal('account'), id: z.string().startsWith('acct_') });
const failed = z.object({ error: z.object({ type: z.string() }) });
const expired = z.object({ error: z.object({ code: z.literal('api_key_expired') }) });
const invalid = z.object({
  error: z.object({
    type: z.literal('invalid_request_error'),
    message: z.string().regex(/^Invalid API Key provided/i),
  }),
});

const MEANS: readonly Meaning[] = [
  { status: 401, where: expired, is: 'expired', says: 'api_key_expired' },
  { status: 401, where: invalid, is: 'rejected', says: 'Invalid API Key' },
  { status: 403, where: failed, is: 'limited', says: 'a restricted key without the right' },
];

export function stripe(place: Place = {}): Service {
  const { api = 'https://api.stripe.com', internal = false } = place;
  const made = simple({
    id: 'stripe',
    name: 'Stripe',
    docs: 'https://docs.stripe.com/keys',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v1/account`, bearer(secret)),
      live: account,
      says: 'with an account',
      means: MEANS,
      owner: ({ id }) => ({ account: id }),
    },
    explain: explaining({
      name: 'Stripe',
      docs: 'https://docs.stripe.com/error-codes',
      manage: 'https://dashboard.stripe.com/apikeys',
      means: MEANS,
    }),
    byHand: (preview) => [
      `Sign in at https://dashboard.stripe.com/apikeys, find ${preview}, and choose Roll key with the old one expiring now; or Expire key.`,
      'A test key: the same page in test mode or in the sandbox.',
      'Read Developers > Logs for what the key was used for.',
    ],
  });
  return {
    ...made,
    check: async (key, tools) => {
      const verdict = await made.check?.(key, tools);
      const environment = /^[rs]k_test_/.test(reveal(key.secret)) ? 'test' : 'live';
      if (verdict?.state === 'live' || verdict?.state === 'limited') return { ...verdict, environment };
      return verdict ?? { state: 'unknown', why: 'no-check' };
    },
  };
}

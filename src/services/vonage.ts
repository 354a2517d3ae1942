// Vonage (Nexmo): API secrets. Page, read 2026-11: developer.vonage.com/en/api/account (list and revoke API secrets; errors). The list shows ids and dates only, and the last
// secret of an account cannot be revoked, so which one leaked only a person can tell.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Service } from './service.ts';
import { basicAuth, call, simple } from './simple.ts';

const secrets = z.object({ _embedded: z.object({ secrets: z.array(z.object({ id: z.string() })).min(1) }) });

export function vonage({ api = 'https://api.nexmo.com', internal = false }: Place = {}): Service {
  return simple({
    id: 'vonage',
    name: 'Vonage',
    docs: 'https://developer.vonage.com/en/api/account#revokeAPISecret',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret, parts: { apiKey } }) => {
        const id = apiKey && reveal(apiKey);
        return id === undefined || !/^[0-9a-f]{8}$/.test(id)
          ? 'the API key is not beside the secret'
          : call('GET', `${api}/accounts/${id}/secrets`, basicAuth(id, secret));
      },
      live: secrets,
      says: 'with the account’s secrets',
      means: [
        {
          status: 401,
          where: z.object({ title: z.string().regex(/invalid credentials/i) }),
          is: 'rejected',
          says: 'invalid credentials',
        },
      ],
    },
    byHand: (preview) => [
      `Sign in to the account of ${preview}: https://dashboard.nexmo.com/settings; add a second secret, then revoke this one.`,
    ],
  });
}

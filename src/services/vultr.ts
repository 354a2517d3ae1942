// Vultr: API keys. Page, read 2026-11: www.vultr.com/api (account; errors: a 401 that names the address is a live key, kept out). The list of keys shows nothing by which one
// is known for certain, so a person deletes it.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

const account = z.object({
  account: z.object({ name: z.string().min(1), email: z.string().optional() }),
});
const error = (text: RegExp) => z.object({ error: z.string().regex(text) });

export function vultr({ api = 'https://api.vultr.com', internal = false }: Place = {}): Service {
  return simple({
    id: 'vultr',
    name: 'Vultr',
    docs: 'https://www.vultr.com/api/#tag/account',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v2/account`, bearer(secret)),
      live: account,
      says: 'with an account',
      means: [
        {
          status: 401,
          where: error(/^unauthorized ip address/i),
          is: 'limited',
          says: 'it authenticates, but not from here',
        },
        {
          status: 401,
          where: error(/^invalid api (?:token|key)/i),
          is: 'rejected',
          says: 'invalid API token',
        },
      ],
      owner: ({ account: { name, email } }) => ({ account: name, ...(email && { email }) }),
    },
    byHand: (preview) => [
      `Sign in as the owner of ${preview} and regenerate or delete it: https://my.vultr.com/settings/#settingsapi`,
    ],
  });
}

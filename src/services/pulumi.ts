// Pulumi Cloud: access tokens. Pages, read 2026-11: www.pulumi.com/docs/reference/cloud-rest-api (user), www.pulumi.com/docs/administration/access-identity/access-tokens. The list of tokens shows names and dates only, so
// which one leaked a person decides.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

const user = z.object({ githubLogin: z.string().min(1), email: z.string().optional() });

export function pulumi({ api = 'https://api.pulumi.com', internal = false }: Place = {}): Service {
  return simple({
    id: 'pulumi',
    name: 'Pulumi',
    docs: 'https://www.pulumi.com/docs/administration/access-identity/access-tokens/',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/api/user`, { authorization: `token ${reveal(secret)}` }),
      live: user,
      says: 'with a user',
      means: [
        { status: 401, where: z.object({ code: z.literal(401) }), is: 'rejected', says: 'unauthorized' },
      ],
      owner: ({ githubLogin, email }) => ({ account: githubLogin, ...(email && { email }) }),
    },
    byHand: (preview) => [
      `Sign in as the owner of ${preview} and delete it: https://app.pulumi.com/account/tokens; of an organisation or team: its Settings > Access tokens.`,
    ],
  });
}

// Atlassian API tokens. Pages: developer.atlassian.com/cloud/jira/platform/basic-auth-for-rest-apis, …/rest/v3/api-group-myself. A token is good with its account's
// e-mail address at its site only. The organisation's API revokes tokens of managed accounts, but shows none of their characters.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import { baseFor } from './address.ts';
import type { Place } from './answer.ts';
import type { Service } from './service.ts';
import { basicAuth, call, simple } from './simple.ts';

const DOMAINS = ['atlassian.net'];

export function atlassian(place: Place = {}): Service {
  const { internal = false } = place;
  return simple({
    id: 'atlassian',
    name: 'Atlassian',
    docs: 'https://developer.atlassian.com/cloud/jira/platform/basic-auth-for-rest-apis/',
    hosts: place.api ? [new URL(place.api).host] : [],
    domains: DOMAINS,
    internal,
    // The site answers a wrong pair as it answers nobody: the control question tells them apart.
    control: true,
    check: {
      ask: (key, tools) => {
        const base = place.api ?? baseFor({ settings: [], domains: DOMAINS }, key, tools);
        if (base === undefined) return 'no site (….atlassian.net) was found near the token';
        if (!key.parts.email) return 'no e-mail address was found near the token';
        return call('GET', `${base}/rest/api/3/myself`, basicAuth(reveal(key.parts.email), key.secret));
      },
      live: z.object({ accountId: z.string().min(1), active: z.literal(true) }),
      says: 'with an account',
      means: [
        { status: 401, is: 'rejected', says: 'refused' },
        {
          status: 200,
          where: z.object({ accountId: z.string(), active: z.literal(false) }),
          is: 'disabled',
          says: 'its account is off',
        },
      ],
      owner: ({ accountId }) => ({ account: accountId }),
    },
    byHand: (preview) => [
      `Sign in at https://id.atlassian.com/manage-profile/security/api-tokens as the token’s owner, and revoke ${preview}.`,
      'A managed account: an organisation admin revokes its tokens at https://admin.atlassian.com under Directory > Users.',
    ],
  });
}

// Atlassian (organisation). Page: developer.atlassian.com/cloud/admin/organization/rest/api-group-orgs/.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function atlassianAdmin(place: Place = {}): Service {
  const { api = 'https://api.atlassian.com', internal = false } = place;
  return simple({
    id: 'atlassian-admin',
    name: 'Atlassian (organisation)',
    docs: 'https://developer.atlassian.com/cloud/admin/organization/rest/api-group-orgs/',
    hosts: [new URL(api).host],
    internal,
    control: true,
    check: {
      ask: ({ secret }) => call('GET', `${api}/admin/v1/orgs`, bearer(secret)),
      live: z.object({ data: z.array(z.object({ id: z.string().min(1), type: z.literal('orgs') })).min(1) }),
      says: 'accepted',
      means: [
        { status: 401, is: 'rejected', says: 'refused' },
        { status: 403, is: 'limited', says: 'without the scope' },
      ],
    },
    byHand: (preview) => [
      `Sign in at https://admin.atlassian.com, open Settings > API keys, and revoke ${preview}.`,
    ],
  });
}

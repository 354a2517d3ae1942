// WorkOS. Page: workos.com/docs/reference/organization/list.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function workos(place: Place = {}): Service {
  const { api = 'https://api.workos.com', internal = false } = place;
  return simple({
    id: 'workos',
    name: 'WorkOS',
    docs: 'https://workos.com/docs/reference/organization/list',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/organizations?limit=1`, bearer(secret)),
      live: z.object({
        object: z.literal('list').optional(),
        data: z.array(z.unknown()),
        list_metadata: z.object({}),
      }),
      says: 'accepted',
      means: [{ status: 401, where: z.object({ message: z.string() }), is: 'rejected', says: 'refused' }],
    },
    byHand: (preview) => [
      `Sign in at https://dashboard.workos.com/api-keys, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

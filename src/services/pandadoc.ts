// PandaDoc. Page: developers.pandadoc.com/reference/current-member.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function pandadoc(place: Place = {}): Service {
  const { api = 'https://api.pandadoc.com', internal = false } = place;
  return simple({
    id: 'pandadoc',
    name: 'PandaDoc',
    docs: 'https://developers.pandadoc.com/reference/current-member',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) =>
        call('GET', `${api}/public/v1/members/current`, { authorization: `API-Key ${reveal(secret)}` }),
      live: z.object({ user_id: z.string().min(1), membership_id: z.string(), email: z.string() }),
      says: 'accepted',
      means: [{ status: 401, where: z.object({ detail: z.unknown() }), is: 'rejected', says: 'refused' }],
    },
    byHand: (preview) => [
      `Sign in at https://app.pandadoc.com/a/#/settings/api-dashboard/configuration, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

// Pipedrive. Page: developers.pipedrive.com/docs/api/v1/Users#getCurrentUser.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function pipedrive(place: Place = {}): Service {
  const { api = 'https://api.pipedrive.com', internal = false } = place;
  return simple({
    id: 'pipedrive',
    name: 'Pipedrive',
    docs: 'https://developers.pipedrive.com/docs/api/v1/Users#getCurrentUser',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v1/users/me`, { 'x-api-token': reveal(secret) }),
      live: z.object({
        success: z.literal(true),
        data: z.object({ id: z.number(), email: z.string(), company_id: z.number() }),
      }),
      says: 'accepted',
      means: [
        { status: 401, where: z.object({ success: z.literal(false) }), is: 'rejected', says: 'refused' },
      ],
    },
    byHand: (preview) => [
      `Sign in, open Personal preferences > API, and generate a new token: ${preview} dies with it.`,
    ],
  });
}

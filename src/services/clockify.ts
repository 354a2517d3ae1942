// Clockify. Page: docs.clockify.me/#tag/User/operation/getLoggedUser.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function clockify(place: Place = {}): Service {
  const { api = 'https://api.clockify.me', internal = false } = place;
  return simple({
    id: 'clockify',
    name: 'Clockify',
    docs: 'https://docs.clockify.me/#tag/User/operation/getLoggedUser',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/api/v1/user`, { 'x-api-key': reveal(secret) }),
      live: z.object({ id: z.string().min(1), email: z.string(), activeWorkspace: z.string() }),
      says: 'accepted',
      means: [{ status: 401, where: z.object({ code: z.literal(4003) }), is: 'rejected', says: 'code 4003' }],
    },
    byHand: (preview) => [`Sign in at https://app.clockify.me/manage-api-keys, and delete ${preview}.`],
  });
}

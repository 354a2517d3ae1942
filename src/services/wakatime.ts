// WakaTime. Page: wakatime.com/developers#users.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Service } from './service.ts';
import { basicAuth, call, simple } from './simple.ts';

export function wakatime(place: Place = {}): Service {
  const { api = 'https://api.wakatime.com', internal = false } = place;
  return simple({
    id: 'wakatime',
    name: 'WakaTime',
    docs: 'https://wakatime.com/developers#users',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/api/v1/users/current`, basicAuth(reveal(secret), '')),
      live: z.object({ data: z.object({ id: z.string().min(1), username: z.string().nullable() }) }),
      says: 'accepted',
      means: [{ status: 401, where: z.object({ error: z.unknown() }), is: 'rejected', says: 'refused' }],
    },
    byHand: (preview) => [
      `Sign in at https://wakatime.com/settings/account, and regenerate the secret API key: ${preview} dies with it.`,
    ],
  });
}

// ReadMe. Page: docs.readme.com/main/reference/getproject.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Service } from './service.ts';
import { basicAuth, call, simple } from './simple.ts';

export function readme(place: Place = {}): Service {
  const { api = 'https://dash.readme.com', internal = false } = place;
  return simple({
    id: 'readme',
    name: 'ReadMe',
    docs: 'https://docs.readme.com/main/reference/getproject',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/api/v1/`, basicAuth(reveal(secret), '')),
      live: z.object({ name: z.string(), subdomain: z.string() }),
      says: 'accepted',
      means: [{ status: 401, where: z.object({ error: z.string() }), is: 'rejected', says: 'refused' }],
    },
    byHand: (preview) => [
      `Sign in at https://dash.readme.com, open Configuration > API Keys, and delete ${preview}.`,
    ],
  });
}

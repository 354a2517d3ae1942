// Cloudsmith. Page: help.cloudsmith.io/reference/user_self.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function cloudsmith(place: Place = {}): Service {
  const { api = 'https://api.cloudsmith.io', internal = false } = place;
  return simple({
    id: 'cloudsmith',
    name: 'Cloudsmith',
    docs: 'https://help.cloudsmith.io/reference/user_self',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v1/user/self/`, { 'x-api-key': reveal(secret) }),
      live: z.object({ authenticated: z.literal(true), slug: z.string().min(1) }),
      says: 'accepted',
      means: [
        { status: 200, where: z.object({ authenticated: z.literal(false) }), is: 'rejected', says: 'nobody' },
        { status: 401, where: z.object({ detail: z.string() }), is: 'rejected', says: 'refused' },
      ],
      owner: ({ slug }) => ({ account: slug }),
    },
    byHand: (preview) => [
      `Sign in at https://app.cloudsmith.com/user/settings/api-keys, and refresh the key: ${preview} dies with it. The call that does this hands the new key to whoever asks, so keyburn leaves it to a person.`,
    ],
  });
}

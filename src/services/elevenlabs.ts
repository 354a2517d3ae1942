// ElevenLabs. Page: elevenlabs.io/docs/api-reference/user/get. A 401 `missing_permissions` is a live key.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function elevenlabs(place: Place = {}): Service {
  const { api = 'https://api.elevenlabs.io', internal = false } = place;
  return simple({
    id: 'elevenlabs',
    name: 'ElevenLabs',
    docs: 'https://elevenlabs.io/docs/api-reference/user/get',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v1/user`, { 'xi-api-key': reveal(secret) }),
      live: z.object({ user_id: z.string().min(1), subscription: z.object({ tier: z.string() }) }),
      says: 'accepted',
      means: [
        {
          status: 401,
          where: z.object({ detail: z.object({ status: z.literal('missing_permissions') }) }),
          is: 'limited',
          says: 'missing_permissions',
        },
        {
          status: 401,
          where: z.object({ detail: z.object({ status: z.literal('invalid_api_key') }) }),
          is: 'rejected',
          says: 'invalid_api_key',
        },
      ],
    },
    byHand: (preview) => [
      `Sign in at https://elevenlabs.io/app/developers/api-keys, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

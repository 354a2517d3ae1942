// Bitrise. Page: devcenter.bitrise.io/en/api/authenticating-with-the-bitrise-api.html.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function bitrise(place: Place = {}): Service {
  const { api = 'https://api.bitrise.io', internal = false } = place;
  return simple({
    id: 'bitrise',
    name: 'Bitrise',
    docs: 'https://devcenter.bitrise.io/en/api/authenticating-with-the-bitrise-api.html',
    hosts: [new URL(api).host],
    internal,
    control: true,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v0.1/me`, { authorization: reveal(secret) }),
      live: z.object({ data: z.object({ username: z.string(), slug: z.string() }) }),
      says: 'accepted',
      means: [{ status: 401, is: 'rejected', says: 'refused' }],
    },
    byHand: (preview) => [
      `Sign in at https://app.bitrise.io/me/account/security, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

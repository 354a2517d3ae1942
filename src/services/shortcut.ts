// Shortcut. Page: developer.shortcut.com/api/rest/v3#Get-Current-Member-Info.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function shortcut(place: Place = {}): Service {
  const { api = 'https://api.app.shortcut.com', internal = false } = place;
  return simple({
    id: 'shortcut',
    name: 'Shortcut',
    docs: 'https://developer.shortcut.com/api/rest/v3#Get-Current-Member-Info',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/api/v3/member`, { 'shortcut-token': reveal(secret) }),
      live: z.object({ id: z.string().min(1), mention_name: z.string() }),
      says: 'accepted',
      means: [{ status: 401, is: 'rejected', says: 'refused' }],
    },
    byHand: (preview) => [
      `Sign in at https://app.shortcut.com/settings/account/api-tokens, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

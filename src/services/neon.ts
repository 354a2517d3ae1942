// Neon: API keys. Pages, read 2026-11: api-docs.neon.tech/reference (current user; list and revoke API keys), neon.com/docs/manage/api-keys. The list shows names and dates only, so which one
// leaked a person decides.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, SOME_JSON, simple } from './simple.ts';

const user = z.object({ id: z.string().min(1), email: z.string().min(1), login: z.string().optional() });

export function neon({ api = 'https://console.neon.tech', internal = false }: Place = {}): Service {
  return simple({
    id: 'neon',
    name: 'Neon',
    docs: 'https://neon.com/docs/manage/api-keys',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/api/v2/users/me`, bearer(secret)),
      live: user,
      says: 'with a user',
      means: [{ status: 401, where: SOME_JSON, is: 'rejected', says: 'unauthorized' }],
      owner: ({ id, email }) => ({ account: id, email }),
    },
    byHand: (preview) => [
      `Sign in as the owner of ${preview} and revoke it: https://console.neon.tech/app/settings/api-keys; of an organisation: its Settings > API keys.`,
    ],
  });
}

// Plivo. Page: www.plivo.com/docs/account/api/account/.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Service } from './service.ts';
import { basicAuth, call, simple } from './simple.ts';

export function plivo(place: Place = {}): Service {
  const { api = 'https://api.plivo.com', internal = false } = place;
  return simple({
    id: 'plivo',
    name: 'Plivo',
    docs: 'https://www.plivo.com/docs/account/api/account/',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret, parts }) => {
        if (!parts.authId) return 'no auth id (MA…) was found near the token';
        return call(
          'GET',
          `${api}/v1/Account/${encodeURIComponent(reveal(parts.authId))}/`,
          basicAuth(reveal(parts.authId), secret),
          { what: 'GET Account/{id}/' },
        );
      },
      live: z.object({ api_id: z.string(), auth_id: z.string().min(1) }),
      says: 'accepted',
      means: [{ status: 401, text: /could not verify/i, is: 'rejected', says: 'refused' }],
    },
    byHand: (preview) => [
      `Sign in at https://cx.plivo.com, and regenerate the auth token: ${preview} dies with it.`,
    ],
  });
}

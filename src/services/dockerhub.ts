// Docker Hub. Page: docs.docker.com/reference/api/hub/latest/#tag/authentication-api. The question is a sign-in,
// whose result is thrown away.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function dockerhub(place: Place = {}): Service {
  const { api = 'https://hub.docker.com', internal = false } = place;
  return simple({
    id: 'dockerhub',
    name: 'Docker Hub',
    docs: 'https://docs.docker.com/reference/api/hub/latest/#tag/authentication-api',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret, parts }) => {
        if (!parts.username) return 'no user or organisation name was found near the token';
        return call(
          'POST',
          `${api}/v2/auth/token`,
          {},
          { json: { identifier: reveal(parts.username), secret: reveal(secret) } },
        );
      },
      live: z.object({ access_token: z.string().min(1) }),
      says: 'accepted',
      means: [
        {
          status: 401,
          where: z.union([z.object({ detail: z.string() }), z.object({ message: z.string() })]),
          is: 'rejected',
          says: 'refused',
        },
      ],
    },
    byHand: (preview) => [
      `Sign in at https://app.docker.com/settings/personal-access-tokens (an organisation’s: Admin Console > Access tokens), find ${preview}, and deactivate or delete it.`,
    ],
  });
}

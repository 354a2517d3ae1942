// Todoist. Page: developer.todoist.com/api/v1/#tag/Projects.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function todoist(place: Place = {}): Service {
  const { api = 'https://api.todoist.com', internal = false } = place;
  return simple({
    id: 'todoist',
    name: 'Todoist',
    docs: 'https://developer.todoist.com/api/v1/#tag/Projects',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/api/v1/projects?limit=1`, bearer(secret)),
      live: z.object({
        results: z.array(z.object({ id: z.string() })).min(1),
        next_cursor: z.string().nullable(),
      }),
      says: 'accepted',
      means: [
        { status: 401, is: 'rejected', says: 'refused' },
        {
          status: 403,
          where: z.object({ error_code: z.number() }),
          is: 'limited',
          says: 'without the scope',
        },
      ],
    },
    byHand: (preview) => [
      `Sign in at https://app.todoist.com/app/settings/integrations/developer, and issue a new API token: ${preview} dies with it.`,
      'A token that an app was granted: remove the app on the same page.',
    ],
  });
}

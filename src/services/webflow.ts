// Webflow. Page: developers.webflow.com/data/reference/token/introspect.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function webflow(place: Place = {}): Service {
  const { api = 'https://api.webflow.com', internal = false } = place;
  return simple({
    id: 'webflow',
    name: 'Webflow',
    docs: 'https://developers.webflow.com/data/reference/token/introspect',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v2/token/introspect`, bearer(secret)),
      live: z.object({ authorization: z.object({ id: z.string().min(1) }) }),
      says: 'accepted',
      means: [
        { status: 401, where: z.object({ code: z.string() }), is: 'rejected', says: 'refused' },
        {
          status: 403,
          where: z.object({ code: z.literal('missing_scopes') }),
          is: 'limited',
          says: 'missing_scopes',
        },
      ],
    },
    byHand: (preview) => [
      `Sign in, open the site’s Settings > Apps & Integrations > API access, and revoke ${preview}.`,
    ],
  });
}

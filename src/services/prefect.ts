// Prefect Cloud. Page: docs.prefect.io/v3/api-ref/rest-api/cloud.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function prefect(place: Place = {}): Service {
  const { api = 'https://api.prefect.cloud', internal = false } = place;
  return simple({
    id: 'prefect',
    name: 'Prefect Cloud',
    docs: 'https://docs.prefect.io/v3/api-ref/rest-api/cloud',
    hosts: [new URL(api).host],
    internal,
    control: true,
    check: {
      ask: ({ secret }) => call('GET', `${api}/api/me/`, bearer(secret)),
      live: z.object({ id: z.string().min(1), email: z.string() }),
      says: 'accepted',
      means: [{ status: 401, where: z.object({ detail: z.string() }), is: 'rejected', says: 'refused' }],
    },
    byHand: (preview) => [
      `Sign in at https://app.prefect.cloud/my/api-keys, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

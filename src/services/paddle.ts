// Paddle. Page: developer.paddle.com/api-reference/about/errors. A dead key is a 403. The sandbox has keys of its
// own.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import { inRegions } from './regions.ts';
import type { Service } from './service.ts';
import { call } from './simple.ts';

const REGIONS = ['https://api.paddle.com', 'https://sandbox-api.paddle.com'];

export function paddle(place: Place = {}): Service {
  const { internal = false } = place;
  const apis = place.api === undefined ? REGIONS : [place.api];
  const byHand = (preview: string) => [
    `Sign in at https://vendors.paddle.com/authentication-v2, mint a new key, roll it out, and delete ${preview}.`,
  ];
  return {
    id: 'paddle',
    name: 'Paddle',
    docs: 'https://developer.paddle.com/api-reference/about/errors',
    hosts: apis.map((api) => new URL(api).host),
    internal,
    // A list that could be public one day.
    control: true,
    rate: { requests: 5, perMs: 1_000, concurrency: 2 },
    ...inRegions(apis, (api) => ({
      ask: ({ secret }) => call('GET', `${api}/event-types`, bearer(secret)),
      live: z.object({
        data: z.array(z.object({ name: z.string(), group: z.string() })).min(1),
        meta: z.object({ request_id: z.string() }),
      }),
      says: 'accepted',
      means: [
        {
          status: 403,
          where: z.object({
            error: z.object({ code: z.enum(['authentication_malformed', 'invalid_token']) }),
          }),
          is: 'rejected',
          says: 'invalid_token',
        },
        {
          status: 403,
          where: z.object({ error: z.object({ code: z.literal('forbidden') }) }),
          is: 'limited',
          says: 'forbidden',
        },
      ],
    })),
    byHand: ({ preview }) => byHand(preview),
  };
}

// Moonshot AI. Page: platform.moonshot.ai/docs/api/misc. The platforms of China and of the rest of the world know
// their own keys alone.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import { inRegions } from './regions.ts';
import type { Service } from './service.ts';
import { call } from './simple.ts';

const REGIONS = ['https://api.moonshot.ai', 'https://api.moonshot.cn'];

export function moonshot(place: Place = {}): Service {
  const { internal = false } = place;
  const apis = place.api === undefined ? REGIONS : [place.api];
  const byHand = (preview: string) => [
    `Sign in at https://platform.moonshot.ai/console/api-keys, mint a new key, roll it out, and delete ${preview}.`,
  ];
  return {
    id: 'moonshot',
    name: 'Moonshot AI',
    docs: 'https://platform.moonshot.ai/docs/api/misc',
    hosts: apis.map((api) => new URL(api).host),
    internal,
    rate: { requests: 5, perMs: 1_000, concurrency: 2 },
    ...inRegions(apis, (api) => ({
      ask: ({ secret }) => call('GET', `${api}/v1/users/me/balance`, bearer(secret)),
      live: z.object({
        code: z.literal(0),
        status: z.literal(true),
        data: z.object({ available_balance: z.number() }),
      }),
      says: 'accepted',
      means: [
        {
          status: 401,
          where: z.object({ error: z.object({ type: z.string() }) }),
          is: 'rejected',
          says: 'refused',
        },
      ],
    })),
    byHand: ({ preview }) => byHand(preview),
  };
}

// MiniMax. Page: platform.minimax.io/docs/api-reference/models/openai/list-models. The platforms of China and of the
// rest of the world know their own keys alone.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import { inRegions } from './regions.ts';
import type { Service } from './service.ts';
import { call } from './simple.ts';

const REGIONS = ['https://api.minimax.io', 'https://api.minimaxi.com'];

export function minimax(place: Place = {}): Service {
  const { internal = false } = place;
  const apis = place.api === undefined ? REGIONS : [place.api];
  const byHand = (preview: string) => [
    `Sign in at https://platform.minimax.io/user-center/basic-information/interface-key, mint a new key, roll it out, and delete ${preview}.`,
  ];
  return {
    id: 'minimax',
    name: 'MiniMax',
    docs: 'https://platform.minimax.io/docs/api-reference/models/openai/list-models',
    hosts: apis.map((api) => new URL(api).host),
    internal,
    control: true,
    rate: { requests: 5, perMs: 1_000, concurrency: 2 },
    ...inRegions(apis, (api) => ({
      ask: ({ secret }) => call('GET', `${api}/v1/models`, bearer(secret)),
      live: z.object({
        object: z.literal('list'),
        data: z.array(z.object({ id: z.string().min(1), object: z.literal('model') })).min(1),
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

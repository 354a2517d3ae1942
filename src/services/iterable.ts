// Iterable. Page: api.iterable.com/api/docs#lists_getLists.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import { inRegions } from './regions.ts';
import type { Service } from './service.ts';
import { call } from './simple.ts';

const REGIONS = ['https://api.iterable.com', 'https://api.eu.iterable.com'];

export function iterable(place: Place = {}): Service {
  const { internal = false } = place;
  const apis = place.api === undefined ? REGIONS : [place.api];
  const byHand = (preview: string) => [`Sign in, open Integrations > API Keys, and delete ${preview}.`];
  return {
    id: 'iterable',
    name: 'Iterable',
    docs: 'https://api.iterable.com/api/docs#lists_getLists',
    hosts: apis.map((api) => new URL(api).host),
    internal,
    control: true,
    rate: { requests: 5, perMs: 1_000, concurrency: 2 },
    ...inRegions(apis, (api) => ({
      ask: ({ secret }) => call('GET', `${api}/api/lists`, { 'api-key': reveal(secret) }),
      live: z.object({ lists: z.array(z.unknown()) }),
      says: 'accepted',
      means: [
        {
          status: 401,
          where: z.object({ code: z.enum(['BadApiKey', 'InvalidApiKey']) }),
          is: 'rejected',
          says: 'BadApiKey',
        },
      ],
    })),
    byHand: ({ preview }) => byHand(preview),
  };
}

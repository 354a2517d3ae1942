// Samsara. Page: developers.samsara.com/reference/getorganizationinfo.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import { inRegions } from './regions.ts';
import type { Service } from './service.ts';
import { call } from './simple.ts';

const REGIONS = ['https://api.samsara.com', 'https://api.eu.samsara.com'];

export function samsara(place: Place = {}): Service {
  const { internal = false } = place;
  const apis = place.api === undefined ? REGIONS : [place.api];
  const byHand = (preview: string) => [
    `Sign in at https://cloud.samsara.com, open Settings > API Tokens, and delete ${preview}.`,
  ];
  return {
    id: 'samsara',
    name: 'Samsara',
    docs: 'https://developers.samsara.com/reference/getorganizationinfo',
    hosts: apis.map((api) => new URL(api).host),
    internal,
    rate: { requests: 5, perMs: 1_000, concurrency: 2 },
    ...inRegions(apis, (api) => ({
      ask: ({ secret }) => call('GET', `${api}/me`, bearer(secret)),
      live: z.object({ data: z.object({ id: z.string().min(1), name: z.string() }) }),
      says: 'accepted',
      means: [{ status: 401, where: z.object({ message: z.string() }), is: 'rejected', says: 'refused' }],
    })),
    byHand: ({ preview }) => byHand(preview),
  };
}

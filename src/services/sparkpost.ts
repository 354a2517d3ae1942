// SparkPost. Page: developers.sparkpost.com/api/account/.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import { inRegions } from './regions.ts';
import type { Service } from './service.ts';
import { call } from './simple.ts';

const REGIONS = ['https://api.sparkpost.com', 'https://api.eu.sparkpost.com'];

export function sparkpost(place: Place = {}): Service {
  const { internal = false } = place;
  const apis = place.api === undefined ? REGIONS : [place.api];
  const byHand = (preview: string) => [
    `Sign in at https://app.sparkpost.com/account/api-keys, mint a new key, roll it out, and delete ${preview}.`,
  ];
  return {
    id: 'sparkpost',
    name: 'SparkPost',
    docs: 'https://developers.sparkpost.com/api/account/',
    hosts: apis.map((api) => new URL(api).host),
    internal,
    rate: { requests: 5, perMs: 1_000, concurrency: 2 },
    ...inRegions(apis, (api) => ({
      ask: ({ secret }) => call('GET', `${api}/api/v1/account`, { authorization: reveal(secret) }),
      live: z.object({ results: z.object({ customer_id: z.number() }) }),
      says: 'accepted',
      means: [
        { status: 401, where: z.object({ errors: z.array(z.unknown()) }), is: 'rejected', says: 'refused' },
        { status: 403, where: z.object({ errors: z.array(z.unknown()) }), is: 'limited', says: 'forbidden' },
      ],
    })),
    byHand: ({ preview }) => byHand(preview),
  };
}

// Segment. Page: docs.segmentapis.com/tag/Workspaces.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import { inRegions } from './regions.ts';
import type { Service } from './service.ts';
import { call } from './simple.ts';

const REGIONS = ['https://api.segmentapis.com', 'https://eu1.api.segmentapis.com'];

export function segment(place: Place = {}): Service {
  const { internal = false } = place;
  const apis = place.api === undefined ? REGIONS : [place.api];
  const byHand = (preview: string) => [
    `Sign in at https://app.segment.com, open Settings > Access Management > Tokens, and delete ${preview}.`,
  ];
  return {
    id: 'segment',
    name: 'Segment',
    docs: 'https://docs.segmentapis.com/tag/Workspaces',
    hosts: apis.map((api) => new URL(api).host),
    internal,
    rate: { requests: 5, perMs: 1_000, concurrency: 2 },
    ...inRegions(apis, (api) => ({
      ask: ({ secret }) => call('GET', `${api}/`, bearer(secret)),
      live: z.object({
        data: z.object({ workspace: z.object({ id: z.string().min(1), slug: z.string() }) }),
      }),
      says: 'accepted',
      means: [
        { status: 401, where: z.object({ errors: z.array(z.unknown()) }), is: 'rejected', says: 'refused' },
        { status: 403, where: z.object({ errors: z.array(z.unknown()) }), is: 'limited', says: 'forbidden' },
      ],
    })),
    byHand: ({ preview }) => byHand(preview),
  };
}

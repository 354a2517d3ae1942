// Opsgenie. Page: docs.opsgenie.com/docs/account-api.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import { inRegions } from './regions.ts';
import type { Service } from './service.ts';
import { call } from './simple.ts';

const REGIONS = ['https://api.opsgenie.com', 'https://api.eu.opsgenie.com'];

export function opsgenie(place: Place = {}): Service {
  const { internal = false } = place;
  const apis = place.api === undefined ? REGIONS : [place.api];
  const byHand = (preview: string) => [
    `Sign in at https://app.opsgenie.com, open Settings > API key management (or the integration that owns it), and delete ${preview}.`,
  ];
  return {
    id: 'opsgenie',
    name: 'Opsgenie',
    docs: 'https://docs.opsgenie.com/docs/account-api',
    hosts: apis.map((api) => new URL(api).host),
    internal,
    rate: { requests: 5, perMs: 1_000, concurrency: 2 },
    ...inRegions(apis, (api) => ({
      ask: ({ secret }) => call('GET', `${api}/v2/account`, { authorization: `GenieKey ${reveal(secret)}` }),
      live: z.object({ data: z.object({ name: z.string(), userCount: z.number() }), requestId: z.string() }),
      says: 'accepted',
      means: [
        { status: 401, where: z.object({ requestId: z.string() }), is: 'rejected', says: 'refused' },
        { status: 403, where: z.object({ requestId: z.string() }), is: 'limited', says: 'forbidden' },
      ],
    })),
    byHand: ({ preview }) => byHand(preview),
  };
}

// PagerDuty. Page: developer.pagerduty.com/api-reference/a84a0a5f1cd48-list-abilities.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import { inRegions } from './regions.ts';
import type { Service } from './service.ts';
import { call } from './simple.ts';

const REGIONS = ['https://api.pagerduty.com', 'https://api.eu.pagerduty.com'];

export function pagerduty(place: Place = {}): Service {
  const { internal = false } = place;
  const apis = place.api === undefined ? REGIONS : [place.api];
  const byHand = (preview: string) => [
    `Sign in, open Integrations > API Access Keys (a user’s own: My Profile > User Settings), and remove ${preview}.`,
  ];
  return {
    id: 'pagerduty',
    name: 'PagerDuty',
    docs: 'https://developer.pagerduty.com/api-reference/a84a0a5f1cd48-list-abilities',
    hosts: apis.map((api) => new URL(api).host),
    internal,
    rate: { requests: 5, perMs: 1_000, concurrency: 2 },
    ...inRegions(apis, (api) => ({
      ask: ({ secret }) =>
        call('GET', `${api}/abilities`, { authorization: `Token token=${reveal(secret)}` }),
      live: z.object({ abilities: z.array(z.string()) }),
      says: 'accepted',
      means: [
        {
          status: 401,
          where: z.object({ error: z.object({ code: z.literal(2006) }) }),
          is: 'rejected',
          says: 'code 2006',
        },
      ],
    })),
    byHand: ({ preview }) => byHand(preview),
  };
}

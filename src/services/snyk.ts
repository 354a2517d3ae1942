// Snyk. Page: docs.snyk.io/snyk-api/reference/users#get-self. Each region knows its own tokens alone.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import { inRegions } from './regions.ts';
import type { Service } from './service.ts';
import { call } from './simple.ts';

const REGIONS = [
  'https://api.snyk.io',
  'https://api.us.snyk.io',
  'https://api.eu.snyk.io',
  'https://api.au.snyk.io',
];

export function snyk(place: Place = {}): Service {
  const { internal = false } = place;
  const apis = place.api === undefined ? REGIONS : [place.api];
  const byHand = (preview: string) => [
    `Sign in at https://app.snyk.io/account, and revoke and regenerate ${preview}.`,
  ];
  return {
    id: 'snyk',
    name: 'Snyk',
    docs: 'https://docs.snyk.io/snyk-api/reference/users#get-self',
    hosts: apis.map((api) => new URL(api).host),
    internal,
    rate: { requests: 5, perMs: 1_000, concurrency: 2 },
    ...inRegions(apis, (api) => ({
      ask: ({ secret }) =>
        call('GET', `${api}/rest/self?version=2024-10-15`, { authorization: `token ${reveal(secret)}` }),
      live: z.object({ data: z.object({ type: z.string(), id: z.string().min(1) }), jsonapi: z.unknown() }),
      says: 'accepted',
      means: [
        { status: 401, where: z.object({ errors: z.array(z.unknown()) }), is: 'rejected', says: 'refused' },
      ],
    })),
    byHand: ({ preview }) => byHand(preview),
  };
}

// SurveyMonkey. Page: api.surveymonkey.com/v3/docs#api-endpoints-get-users-me.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import { inRegions } from './regions.ts';
import type { Service } from './service.ts';
import { call } from './simple.ts';

const REGIONS = [
  'https://api.surveymonkey.com',
  'https://api.eu.surveymonkey.com',
  'https://api.surveymonkey.ca',
];

export function surveymonkey(place: Place = {}): Service {
  const { internal = false } = place;
  const apis = place.api === undefined ? REGIONS : [place.api];
  const byHand = (preview: string) => [
    `Sign in at https://developer.surveymonkey.com/apps, open the app, and regenerate the access token: ${preview} dies with it.`,
  ];
  return {
    id: 'surveymonkey',
    name: 'SurveyMonkey',
    docs: 'https://api.surveymonkey.com/v3/docs#api-endpoints-get-users-me',
    hosts: apis.map((api) => new URL(api).host),
    internal,
    rate: { requests: 5, perMs: 1_000, concurrency: 2 },
    ...inRegions(apis, (api) => ({
      ask: ({ secret }) => call('GET', `${api}/v3/users/me`, bearer(secret)),
      live: z.object({ id: z.string().min(1), username: z.string(), account_type: z.string() }),
      says: 'accepted',
      means: [
        {
          status: 401,
          where: z.object({ error: z.object({ id: z.string() }) }),
          is: 'rejected',
          says: 'refused',
        },
        {
          status: 403,
          where: z.object({ error: z.object({ id: z.literal('1014') }) }),
          is: 'limited',
          says: '1014',
        },
      ],
    })),
    byHand: ({ preview }) => byHand(preview),
  };
}

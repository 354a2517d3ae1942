// Intercom. Page: developers.intercom.com/docs/references/rest-api/errors/error-codes.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import { inRegions } from './regions.ts';
import type { Service } from './service.ts';
import { call } from './simple.ts';

const REGIONS = ['https://api.intercom.io', 'https://api.eu.intercom.io', 'https://api.au.intercom.io'];

export function intercom(place: Place = {}): Service {
  const { internal = false } = place;
  const apis = place.api === undefined ? REGIONS : [place.api];
  const byHand = (preview: string) => [
    `Sign in at https://app.intercom.com, open Developer Hub > the app > Authentication, and regenerate the token: ${preview} dies with it.`,
  ];
  return {
    id: 'intercom',
    name: 'Intercom',
    docs: 'https://developers.intercom.com/docs/references/rest-api/errors/error-codes',
    hosts: apis.map((api) => new URL(api).host),
    internal,
    rate: { requests: 5, perMs: 1_000, concurrency: 2 },
    ...inRegions(apis, (api) => ({
      ask: ({ secret }) => call('GET', `${api}/me`, bearer(secret)),
      live: z.object({ type: z.literal('admin'), id: z.string().min(1), app: z.unknown() }),
      says: 'accepted',
      means: [
        {
          status: 401,
          where: z.object({ errors: z.array(z.object({ code: z.literal('token_revoked') })).min(1) }),
          is: 'revoked',
          says: 'token_revoked',
        },
        {
          status: 401,
          where: z.object({
            errors: z.array(z.object({ code: z.enum(['token_suspended', 'token_blocked']) })).min(1),
          }),
          is: 'disabled',
          says: 'suspended',
        },
        {
          status: 401,
          where: z.object({
            errors: z
              .array(z.object({ code: z.enum(['unauthorized', 'token_not_found', 'token_unauthorized']) }))
              .min(1),
          }),
          is: 'rejected',
          says: 'unauthorized',
        },
      ],
    })),
    byHand: ({ preview }) => byHand(preview),
  };
}

// Adyen. Page: docs.adyen.com/api-explorer/Management/3/get/me.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import { inRegions } from './regions.ts';
import type { Service } from './service.ts';
import { call } from './simple.ts';

const REGIONS = ['https://management-live.adyen.com', 'https://management-test.adyen.com'];

export function adyen(place: Place = {}): Service {
  const { internal = false } = place;
  const apis = place.api === undefined ? REGIONS : [place.api];
  const byHand = (preview: string) => [
    `Sign in at https://ca-live.adyen.com (https://ca-test.adyen.com for test), open Developers > API credentials, generate a new API key for the credential of ${preview}, and expire the old one at once.`,
  ];
  return {
    id: 'adyen',
    name: 'Adyen',
    docs: 'https://docs.adyen.com/api-explorer/Management/3/get/me',
    hosts: apis.map((api) => new URL(api).host),
    internal,
    rate: { requests: 5, perMs: 1_000, concurrency: 2 },
    ...inRegions(apis, (api) => ({
      ask: ({ secret }) => call('GET', `${api}/v3/me`, { 'x-api-key': reveal(secret) }),
      live: z.object({ id: z.string().min(1), username: z.string(), clientKey: z.string() }),
      says: 'accepted',
      means: [
        { status: 401, where: z.object({ errorCode: z.string() }), is: 'rejected', says: 'refused' },
        { status: 403, where: z.object({ errorCode: z.string() }), is: 'limited', says: 'forbidden' },
      ],
    })),
    byHand: ({ preview }) => byHand(preview),
  };
}

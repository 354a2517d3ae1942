// Langfuse. Page: langfuse.com/docs/api-and-data-platform/features/public-api.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import { inRegions } from './regions.ts';
import type { Service } from './service.ts';
import { basicAuth, call } from './simple.ts';

const REGIONS = [
  'https://cloud.langfuse.com',
  'https://us.cloud.langfuse.com',
  'https://hipaa.cloud.langfuse.com',
];

export function langfuse(place: Place = {}): Service {
  const { internal = false } = place;
  const apis = place.api === undefined ? REGIONS : [place.api];
  const byHand = (preview: string) => [
    `Sign in, open the project’s Settings > API Keys, create a new pair, and delete ${preview}.`,
  ];
  return {
    id: 'langfuse',
    name: 'Langfuse',
    docs: 'https://langfuse.com/docs/api-and-data-platform/features/public-api',
    hosts: apis.map((api) => new URL(api).host),
    internal,
    rate: { requests: 5, perMs: 1_000, concurrency: 2 },
    ...inRegions(apis, (api) => ({
      ask: ({ secret, parts }) => {
        if (!parts.publicKey) return 'no public key (pk-lf-…) was found near the secret one';
        return call('GET', `${api}/api/public/projects`, basicAuth(reveal(parts.publicKey), secret));
      },
      live: z.object({ data: z.array(z.object({ id: z.string().min(1), name: z.string() })).min(1) }),
      says: 'accepted',
      means: [{ status: 401, where: z.object({ message: z.string() }), is: 'rejected', says: 'refused' }],
    })),
    byHand: ({ preview }) => byHand(preview),
  };
}

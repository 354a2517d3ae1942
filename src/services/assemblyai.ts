// AssemblyAI. Page: www.assemblyai.com/docs/api-reference/transcripts/list.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function assemblyai(place: Place = {}): Service {
  const { api = 'https://api.assemblyai.com', internal = false } = place;
  return simple({
    id: 'assemblyai',
    name: 'AssemblyAI',
    docs: 'https://www.assemblyai.com/docs/api-reference/transcripts/list',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v2/transcript?limit=1`, { authorization: reveal(secret) }),
      live: z.object({ page_details: z.object({ limit: z.number() }), transcripts: z.array(z.unknown()) }),
      says: 'accepted',
      means: [{ status: 401, where: z.object({ error: z.unknown() }), is: 'rejected', says: 'refused' }],
    },
    byHand: (preview) => [
      `Sign in at https://www.assemblyai.com/app/api-keys, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

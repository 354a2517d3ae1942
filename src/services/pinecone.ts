// Pinecone. Page: docs.pinecone.io/reference/api/latest/control-plane/list_indexes.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function pinecone(place: Place = {}): Service {
  const { api = 'https://api.pinecone.io', internal = false } = place;
  return simple({
    id: 'pinecone',
    name: 'Pinecone',
    docs: 'https://docs.pinecone.io/reference/api/latest/control-plane/list_indexes',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) =>
        call('GET', `${api}/indexes`, { 'api-key': reveal(secret), 'x-pinecone-api-version': '2025-04' }),
      live: z.object({ indexes: z.array(z.unknown()) }),
      says: 'accepted',
      means: [
        { status: 401, is: 'rejected', says: 'refused' },
        {
          status: 403,
          where: z.object({ error: z.object({ code: z.literal('FORBIDDEN') }) }),
          is: 'limited',
          says: 'FORBIDDEN',
        },
      ],
    },
    byHand: (preview) => [
      `Sign in at https://app.pinecone.io, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}

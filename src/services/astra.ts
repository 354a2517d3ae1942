// DataStax Astra: application tokens (AstraCS:<client id>:<secret>). Pages, read 2026-11: docs.datastax.com/en/astra-api-docs (DevOps API v2: the current organisation; delete a
// token by its client id), …/administration/manage-application-tokens. The client id stands inside the token.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

const org = z.object({ id: z.uuid() });
const REFUSED = z.object({ errors: z.array(z.object({ message: z.string() })).min(1) });

export function astra({ api = 'https://api.astra.datastax.com', internal = false }: Place = {}): Service {
  return simple({
    id: 'astra',
    name: 'DataStax Astra',
    docs: 'https://docs.datastax.com/en/astra-db-serverless/administration/manage-application-tokens.html',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v2/currentOrg`, bearer(secret)),
      live: org,
      says: 'with an organisation',
      means: [{ status: 401, where: REFUSED, is: 'rejected', says: 'unauthorized' }],
      owner: ({ id }) => ({ account: id }),
    },
    revoke: {
      ask: ({ secret }) => {
        const id = /^AstraCS:([0-9A-Za-z]{24}):/.exec(reveal(secret))?.[1];
        const what = 'DELETE /v2/clientIdSecrets/{client id}';
        return id === undefined
          ? 'the token has no client id inside'
          : call('DELETE', `${api}/v2/clientIdSecrets/${id}`, bearer(secret), { what });
      },
      answers: [
        { status: 204, is: 'accepted', says: 'deleted itself' },
        { status: 401, where: REFUSED, is: 'already-dead', says: 'unauthorized' },
        { status: 403, where: REFUSED, is: 'manual', says: 'its role does not let it delete tokens' },
      ],
    },
    byHand: (preview) => [
      `Sign in to the organisation of ${preview} and delete it: https://astra.datastax.com, Settings > Tokens.`,
    ],
  });
}

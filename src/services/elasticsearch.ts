// Elasticsearch: API keys, as base64 of id and key. Pages, read 2026-11: www.elastic.co/docs/api/doc/elasticsearch (authenticate: it names the API key that asks; invalidate API
// keys: of one’s own with manage_own_api_key). A key is good at one cluster: the Elastic Cloud host beside it, or KEYBURN_ELASTICSEARCH_URL.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import { baseFor } from './address.ts';
import { byLookup } from './by-lookup.ts';
import type { Key, Service, Tools } from './service.ts';
import { call, simple } from './simple.ts';

const AT = {
  settings: ['KEYBURN_ELASTICSEARCH_URL'],
  domains: ['found.io', 'elastic-cloud.com', 'elastic.cloud'],
};
const NEEDS =
  'nobody knows which cluster it is for: no Elastic Cloud host stands beside it, and KEYBURN_ELASTICSEARCH_URL is not set';

const who = z.object({
  username: z.string().min(1),
  authentication_type: z.literal('api_key'),
  api_key: z.object({ id: z.string().min(1) }),
});
const fault = (status: number) =>
  z.object({ error: z.object({ type: z.literal('security_exception') }), status: z.literal(status) });
const INVALID = fault(401);

const byHand = (preview: string) => [
  `In Kibana: Stack Management > API keys, and delete ${preview}; or: DELETE /_security/api_key {"ids": ["<id>"]}`,
];

/** The part before the colon of the decoded key. */
function idOf(key: string): string {
  return Buffer.from(key, 'base64').toString('utf8').split(':')[0] ?? '';
}

export function elasticsearch(): Service {
  const headers = ({ secret }: Key) => ({ authorization: `ApiKey ${reveal(secret)}` });
  const look = (key: Key, tools: Tools) => {
    const base = baseFor(AT, key, tools);
    return base === undefined ? NEEDS : call('GET', `${base}/_security/_authenticate`, headers(key));
  };
  return simple({
    id: 'elasticsearch',
    name: 'Elasticsearch',
    docs: 'https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-security-invalidate-api-key',
    asks: {
      KEYBURN_ELASTICSEARCH_URL:
        'the address of the cluster, where no Elastic Cloud host stands beside the key: https://host:9200',
    },
    hosts: [],
    ...AT,
    check: {
      ask: look,
      live: who,
      says: 'with the key’s id',
      means: [{ status: 401, where: INVALID, is: 'rejected', says: 'security_exception' }],
      owner: ({ username }) => ({ account: username }),
    },
    revoke: byLookup(
      {
        look,
        shows: who,
        looked: [{ status: 401, where: INVALID, is: 'already-dead', says: 'security_exception' }],
        id: ({ api_key: { id } }, secret) => (idOf(reveal(secret)) === id ? id : undefined),
        end: (id, order, tools) =>
          call('DELETE', `${baseFor(AT, order, tools) ?? ''}/_security/api_key`, headers(order), {
            json: { ids: [id], owner: true },
          }),
        answers: [
          {
            status: 200,
            where: z.object({
              invalidated_api_keys: z.array(z.string()).length(1),
              error_count: z.literal(0),
            }),
            is: 'accepted',
            says: 'invalidated itself',
          },
          {
            status: 200,
            where: z.object({ previously_invalidated_api_keys: z.array(z.string()).length(1) }),
            is: 'already-dead',
            says: 'invalidated before',
          },
          { status: 403, where: fault(403), is: 'manual', says: 'it lacks manage_own_api_key' },
        ],
      },
      byHand,
    ),
    byHand,
  });
}

// Algolia. Pages: www.algolia.com/doc/rest-api/search (list-indices, delete-api-key, restore-api-key), …/guides/security/api-keys. A dead key is a
// 403 `Invalid Application-ID or API key`; any other 403 is a key without that right. A key's value is its name in the address: Algolia
// offers no other way. Deleted keys can be had back.

import { z } from 'zod';
import type { Secret } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import { byAdmin, segment } from './by-admin.ts';
import type { Key, Service } from './service.ts';
import { call, simple } from './simple.ts';

const ADMIN = 'ALGOLIA_ADMIN_KEY';
const message = (text: string | RegExp) =>
  z.object({
    status: z.literal(403),
    message: typeof text === 'string' ? z.literal(text) : z.string().regex(text),
  });
const gone = z.object({ status: z.literal(404), message: z.string().regex(/key.*not exist/i) });

export function algolia(place: Place = {}): Service {
  const { api, internal = false } = place;

  function application({ parts }: Pick<Key, 'parts'>): string | undefined {
    const id = parts.applicationId && reveal(parts.applicationId);
    return id && /^[0-9A-Z]{10}$/.test(id) ? id : undefined;
  }
  const at = (id: string) => api ?? `https://${id.toLowerCase()}.algolia.net`;
  const headers = (id: string, secret: Secret) => ({
    'x-algolia-application-id': id,
    'x-algolia-api-key': reveal(secret),
  });

  interface Found {
    readonly id: string;
    readonly path: string;
  }
  const remove = {
    ask: ({ id, path }: Found, admin: Secret) =>
      call('DELETE', `${at(id)}${path}`, headers(id, admin), { what: 'DELETE keys/{key}' }),
    answers: [
      { status: 200, where: z.object({ deletedAt: z.string() }), is: 'accepted', says: 'deleted' },
      { status: 404, where: gone, is: 'already-dead', says: 'does not exist' },
    ],
  } as const;

  const byHand = (preview: string) => [
    `Sign in at https://dashboard.algolia.com/account/api-keys/all, create a new key, roll it out, and delete ${preview}.`,
    'The admin key itself can only be regenerated there.',
    `Or set ${ADMIN} to the application’s admin key and let keyburn delete it (restore brings it back).`,
  ];

  return {
    ...simple({
      id: 'algolia',
      name: 'Algolia',
      docs: 'https://www.algolia.com/doc/rest-api/search/delete-api-key',
      asks: {
        ALGOLIA_ADMIN_KEY: 'the Admin API key of the same application: Algolia dashboard, Settings, API keys',
      },
      hosts: api ? [new URL(api).host] : [],
      domains: ['algolia.net'],
      internal,
      check: {
        ask: (key) => {
          const id = application(key);
          if (id === undefined) return 'no application id was found near the key';
          return call('GET', `${at(id)}/1/indexes?hitsPerPage=1`, headers(id, key.secret));
        },
        live: z.object({ items: z.array(z.unknown()), nbPages: z.number() }),
        says: 'with indexes',
        means: [
          {
            status: 403,
            where: message('Invalid Application-ID or API key'),
            is: 'rejected',
            says: 'Invalid Application-ID or API key',
          },
          {
            status: 403,
            where: message(/not allowed with this API key/i),
            is: 'limited',
            says: 'without the right',
          },
        ],
      },
      byHand,
    }),
    ...byAdmin<Found>(
      {
        credential: ADMIN,
        needs: 'the application’s admin key',
        find: async (key) => {
          const id = application(key);
          return id === undefined
            ? 'no application id was found near the key'
            : { id, path: `/1/keys/${segment(reveal(key.secret))}` };
        },
        contain: remove,
        restore: {
          ask: ({ id, path }, admin) =>
            call('POST', `${at(id)}${path}/restore`, headers(id, admin), { what: 'POST keys/{key}/restore' }),
          answers: [
            { status: 200, where: z.object({ createdAt: z.string() }), is: 'accepted', says: 'restored' },
          ],
        },
        revoke: remove,
      },
      byHand,
    ),
  };
}

// CockroachDB Cloud. Pages: www.cockroachlabs.com/docs/cockroachcloud/managing-access (API keys), …/docs/api/cloud/v1 (organization, api-keys).
// The key's id is its part before the last underscore.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import { bearer, type Place } from './answer.ts';
import { byAdmin } from './by-admin.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

const ADMIN = 'COCKROACH_ADMIN_KEY';
const failed = (code: number) => z.object({ code: z.literal(code) });

export function cockroach(place: Place = {}): Service {
  const { api = 'https://cockroachlabs.cloud', internal = false } = place;

  const byHand = (preview: string) => [
    `Sign in at https://cockroachlabs.cloud/access-management, open the service account of ${preview}, and delete the key.`,
    `Or set ${ADMIN} to a key of an organisation admin and let keyburn delete it by the id inside it.`,
  ];

  return {
    ...simple({
      id: 'cockroach',
      name: 'CockroachDB Cloud',
      docs: 'https://www.cockroachlabs.com/docs/cockroachcloud/managing-access#api-access',
      asks: {
        COCKROACH_ADMIN_KEY:
          'an API key of a service account that is an organisation admin: CockroachDB Cloud Console, Access Management, Service Accounts',
      },
      hosts: [new URL(api).host],
      internal,
      check: {
        ask: ({ secret }) => call('GET', `${api}/api/v1/organization`, bearer(secret)),
        live: z.object({ id: z.string().min(1), label: z.string(), name: z.string() }),
        says: 'with an organisation',
        means: [
          { status: 401, where: failed(16), is: 'rejected', says: 'unauthenticated' },
          { status: 403, where: failed(7), is: 'limited', says: 'permission denied' },
        ],
        owner: ({ label }) => ({ account: label }),
      },
      byHand,
    }),
    ...byAdmin<{ id: string }>(
      {
        credential: ADMIN,
        needs: 'a key of an organisation admin',
        find: async ({ secret }) => {
          const id = /^(CCDB1_[0-9A-Za-z]{22})_/.exec(reveal(secret))?.[1];
          return id === undefined ? 'no id is inside the key' : { id };
        },
        revoke: {
          ask: ({ id }, admin) =>
            call('DELETE', `${api}/api/v1/api-keys/${id}`, bearer(admin), { what: 'DELETE api-keys/{id}' }),
          answers: [
            {
              status: 200,
              where: z.object({ id: z.string().startsWith('CCDB1_') }),
              is: 'accepted',
              says: 'deleted',
            },
            { status: 404, where: failed(5), is: 'already-dead', says: 'not found' },
          ],
        },
      },
      byHand,
    ),
  };
}

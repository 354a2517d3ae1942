// DigitalOcean Spaces: access keys, which speak S3 and cannot ask about themselves. Page, read 2026-11: docs.digitalocean.com/reference/api (Spaces Keys: retrieve
// and delete one by its access key). The access key is the id, so nothing has to be guessed.

import { z } from 'zod';
import type { Secret } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import { bearer, type Place } from './answer.ts';
import { byRecord } from './by-record.ts';
import type { Service } from './service.ts';
import { call } from './simple.ts';

const ADMIN = 'DIGITALOCEAN_ADMIN_TOKEN';

const record = z.object({ key: z.object({ access_key: z.string().min(1), name: z.string() }) });
const problem = (id: string) => z.object({ id: z.literal(id), message: z.string() });

const byHand = (preview: string) => [
  `Sign in to the team of ${preview} and delete it: https://cloud.digitalocean.com/spaces/access_keys`,
  `Or set ${ADMIN} (spaces_key:read, spaces_key:delete) and let keyburn do it.`,
];

export function digitaloceanSpaces({
  api = 'https://api.digitalocean.com',
  internal = false,
}: Place = {}): Service {
  const at = (method: 'GET' | 'DELETE', id: string, admin: Secret) =>
    call(method, `${api}/v2/spaces/keys/${id}`, bearer(admin), {
      what: `${method} /v2/spaces/keys/{access_key}`,
    });
  return {
    id: 'digitalocean-spaces',
    name: 'DigitalOcean Spaces',
    docs: 'https://docs.digitalocean.com/reference/api/digitalocean/#tag/Spaces-Keys',
    asks: {
      [ADMIN]:
        'a personal access token of the same team with spaces_key:read and spaces_key:delete: DigitalOcean Control Panel, API, Tokens',
    },
    hosts: [new URL(api).host],
    internal,
    rate: { requests: 5, perMs: 1_000, concurrency: 2 },
    ...byRecord(
      {
        credential: ADMIN,
        needs: 'a token of its team',
        id: ({ secret }) => /^DO00[0-9A-Z]{16}$/.exec(reveal(secret))?.[0],
        read: (id, admin) => at('GET', id, admin),
        record,
        idOf: ({ key }) => key.access_key,
        end: (id, admin) => at('DELETE', id, admin),
        ended: [
          { status: 204, is: 'accepted', says: 'deleted' },
          { status: 403, where: problem('forbidden'), is: 'manual', says: `${ADMIN} may not delete keys` },
          { status: 404, where: problem('not_found'), is: 'already-dead', says: 'gone' },
        ],
      },
      byHand,
    ),
    byHand: ({ preview }) => byHand(preview),
  };
}

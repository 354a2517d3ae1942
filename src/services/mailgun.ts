// Mailgun. Pages: documentation.mailgun.com/docs/mailgun/api-reference (domains), …/mailgun/keys (list, delete). The EU has an address and
// keys of its own. A dead key is a 401 `Forbidden` in plain text. A key of the newer form ends in its own id.

import { z } from 'zod';
import type { Secret } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import { byAdmin, everyRow, rowWhere, segment } from './by-admin.ts';
import { inRegions } from './regions.ts';
import type { RevokeReply, Service } from './service.ts';
import { basicAuth, call } from './simple.ts';

const ADMIN = 'MAILGUN_ADMIN_KEY';
const REGIONS = ['https://api.mailgun.net', 'https://api.eu.mailgun.net'];
const live = z.object({ total_count: z.number(), items: z.array(z.object({ name: z.string() })) });
const page = z
  .object({ total_count: z.number(), items: z.array(z.object({ id: z.string().min(8) })) })
  .refine(({ total_count, items }) => total_count <= items.length)
  .transform(({ items }) => ({ rows: items }));

export function mailgun(place: Place = {}): Service {
  const { internal = false } = place;
  const apis = place.api === undefined ? REGIONS : [place.api];
  const auth = (secret: Secret) => basicAuth('api', secret);

  const byHand = (preview: string) => [
    `Sign in at https://app.mailgun.com/settings/api_security, add a new key, roll it out, and delete ${preview}.`,
    'A sending key of a domain: Sending > Domain settings > Sending keys.',
    `Or set ${ADMIN} to an admin’s key and let keyburn delete the one whose id the leaked key ends in.`,
  ];

  return {
    id: 'mailgun',
    name: 'Mailgun',
    docs: 'https://documentation.mailgun.com/docs/mailgun/api-reference/send/mailgun/keys',
    asks: {
      MAILGUN_ADMIN_KEY: 'an API key of an admin of the account: Mailgun, API Security',
    },
    hosts: apis.map((api) => new URL(api).host),
    internal,
    rate: { requests: 5, perMs: 1_000, concurrency: 2 },
    ...inRegions(apis, (api) => ({
      ask: ({ secret }) => call('GET', `${api}/v3/domains?limit=1`, auth(secret)),
      live,
      says: 'with domains',
      means: [
        { status: 401, text: /^Forbidden\b/, is: 'rejected', says: 'Forbidden' },
        { status: 403, where: z.object({ message: z.string() }), is: 'limited', says: 'another role' },
      ],
    })),
    ...byAdmin<{ api: string; id: string }>(
      {
        credential: ADMIN,
        needs: 'an admin’s API key',
        find: async ({ secret }, admin, tools) => {
          // The older form (key-…) has no id inside it.
          if (!/-[0-9a-f]{8}-[0-9a-f]{8}$/.test(reveal(secret))) return 'no id is inside the key';
          let last: string | RevokeReply = 'no region was asked';
          for (const api of apis) {
            const ask = () => call('GET', `${api}/v1/keys`, auth(admin));
            const found = await rowWhere(everyRow(ask, page, ADMIN, tools), ({ id }) =>
              reveal(secret).endsWith(`-${id}`),
            );
            if (typeof found === 'object' && 'id' in found) return { api, id: found.id };
            if (typeof found === 'object') return found;
            last = found;
          }
          return last;
        },
        revoke: {
          ask: ({ api, id }, admin) =>
            call('DELETE', `${api}/v1/keys/${segment(id)}`, auth(admin), { what: 'DELETE keys/{id}' }),
          answers: [
            { status: 200, where: z.object({ message: z.string() }), is: 'accepted', says: 'deleted' },
          ],
        },
      },
      byHand,
    ),
    byHand: ({ preview }) => byHand(preview),
  };
}

// Honeycomb. Pages: api-docs.honeycomb.io/api/auth (GET /1/auth), …/api/key-management (v2, a management key as id:secret). The EU has an
// address and keys of its own. A key tells its own id, so nothing has to be guessed.

import { z } from 'zod';
import type { Secret } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import { bearer, type Place } from './answer.ts';
import { byAdmin, segment, told } from './by-admin.ts';
import { inRegions } from './regions.ts';
import type { Service } from './service.ts';
import { call } from './simple.ts';

const ADMIN = 'HONEYCOMB_MANAGEMENT_KEY';
const REGIONS = ['https://api.honeycomb.io', 'https://api.eu1.honeycomb.io'];
const about = z.object({
  id: z.string().min(1),
  api_key_access: z.object({}),
  team: z.object({ slug: z.string().min(1) }),
});
const failed = z.object({ error: z.string() });

export function honeycomb(place: Place = {}): Service {
  const { internal = false } = place;
  const apis = place.api === undefined ? REGIONS : [place.api];
  const auth = (api: string, secret: Secret) =>
    call('GET', `${api}/1/auth`, { 'x-honeycomb-team': reveal(secret) });

  const byHand = (preview: string) => [
    `Sign in at https://ui.honeycomb.io, open the environment’s API keys, find ${preview}, and disable or delete it.`,
    `Or set ${ADMIN} to a management key (id:secret) of the team and let keyburn delete it.`,
  ];

  return {
    id: 'honeycomb',
    name: 'Honeycomb',
    docs: 'https://api-docs.honeycomb.io/api/key-management',
    asks: {
      HONEYCOMB_MANAGEMENT_KEY:
        'a management key of the team, as id:secret: Honeycomb, Account, Team Settings, API Keys, Management',
    },
    hosts: apis.map((api) => new URL(api).host),
    internal,
    rate: { requests: 5, perMs: 1_000, concurrency: 2 },
    ...inRegions(apis, (api) => ({
      ask: ({ secret }) => auth(api, secret),
      live: about,
      says: 'with a team',
      means: [{ status: 401, where: failed, is: 'rejected', says: 'unknown API key' }],
    })),
    ...byAdmin<{ api: string; id: string; team: string }>(
      {
        credential: ADMIN,
        needs: 'a management key (id:secret)',
        find: async ({ secret }, _admin, tools) => {
          let last: Awaited<ReturnType<typeof told<z.infer<typeof about>>>> = 'no region was asked';
          for (const api of apis) {
            last = await told(auth(api, secret), about, 'Honeycomb no longer says which key this is', tools);
            if (typeof last !== 'string')
              return 'outcome' in last ? last : { api, id: last.id, team: last.team.slug };
          }
          return last;
        },
        revoke: {
          ask: ({ api, id, team }, admin) =>
            call('DELETE', `${api}/2/teams/${segment(team)}/api-keys/${segment(id)}`, bearer(admin), {
              what: 'DELETE api-keys/{id}',
            }),
          answers: [{ status: 204, is: 'accepted', says: 'deleted' }],
        },
      },
      byHand,
    ),
    byHand: ({ preview }) => byHand(preview),
  };
}

// xAI. Pages: docs.x.ai/docs/api-reference (GET /v1/api-key), docs.x.ai/developers/management-api. The key itself tells its id and
// whether it or its team is blocked or disabled; a management key deletes it by that id.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import { byAdmin, segment, told } from './by-admin.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

const ADMIN = 'XAI_MANAGEMENT_KEY';
const about = z.object({
  api_key_id: z.string().min(1),
  team_id: z.string(),
  api_key_blocked: z.boolean(),
  api_key_disabled: z.boolean(),
  team_blocked: z.boolean(),
});
const off = about.refine((key) => key.api_key_blocked || key.api_key_disabled || key.team_blocked);
const live = about.extend({
  api_key_blocked: z.literal(false),
  api_key_disabled: z.literal(false),
  team_blocked: z.literal(false),
});
const incorrect = z.object({ error: z.string().regex(/^Incorrect API key/i) });

export function xai(place: Place = {}): Service {
  const { api = 'https://api.x.ai', internal = false } = place;
  const management = place.api ?? 'https://management-api.x.ai';

  const byHand = (preview: string) => [
    `Sign in at https://console.x.ai, open API Keys, find ${preview}, and disable or delete it.`,
    `Or set ${ADMIN} to a management key of the team and let keyburn delete it.`,
  ];

  return {
    ...simple({
      id: 'xai',
      name: 'xAI',
      docs: 'https://docs.x.ai/developers/management-api',
      asks: {
        XAI_MANAGEMENT_KEY: 'a management key of the team: xAI Console, Settings, Management Keys',
      },
      hosts: [...new Set([new URL(api).host, new URL(management).host])],
      internal,
      check: {
        ask: ({ secret }) => call('GET', `${api}/v1/api-key`, bearer(secret)),
        live,
        says: 'with a key that is on',
        means: [
          { status: 200, where: off, is: 'disabled', says: 'blocked or disabled' },
          { status: 400, where: incorrect, is: 'rejected', says: 'Incorrect API key' },
          { status: 401, where: incorrect, is: 'rejected', says: 'Incorrect API key' },
        ],
        owner: ({ team_id }) => ({ account: team_id }),
      },
      byHand,
    }),
    ...byAdmin(
      {
        credential: ADMIN,
        needs: 'a management key',
        find: ({ secret }, _admin, tools) =>
          told(
            call('GET', `${api}/v1/api-key`, bearer(secret)),
            about,
            'xAI no longer says which key this is',
            tools,
          ),
        revoke: {
          ask: ({ api_key_id }: z.infer<typeof about>, admin) =>
            call('DELETE', `${management}/auth/api-keys/${segment(api_key_id)}`, bearer(admin), {
              what: 'DELETE auth/api-keys/{id}',
            }),
          answers: [{ status: 200, where: z.object({}), is: 'accepted', says: 'deleted' }],
        },
      },
      byHand,
    ),
  };
}

// Anthropic. Pages: platform.claude.com/docs/en/api/errors, …/api/models-list, …/api/admin/api_keys (list, update),
// …/administration-api. API keys: the Admin API lists them with a partial hint and sets inactive (undone by active) or archived
// (final). Admin keys cannot be changed by it; OAuth tokens of Claude Code have no documented question.

import { z } from 'zod';
import type { Secret } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import { byAdmin, everyRow, rowByHint, segment } from './by-admin.ts';
import { explaining } from './explaining.ts';
import type { IssuerRequest, Service } from './service.ts';
import { call, type Meaning, type Outcome, simple } from './simple.ts';

const ADMIN = 'ANTHROPIC_ADMIN_KEY';
const KEYS = '/v1/organizations/api_keys';

const live = z.union([
  z.object({ data: z.array(z.object({ type: z.literal('model'), id: z.string().min(1) })).min(1) }),
  z.object({ type: z.literal('organization'), id: z.string().min(1) }),
]);
const failed = (type: string) =>
  z.object({ type: z.literal('error'), error: z.object({ type: z.literal(type) }) });
const row = z.object({
  id: z.string().min(1),
  partial_key_hint: z.string(),
  status: z.string(),
});
const page = z
  .object({ data: z.array(row), has_more: z.boolean(), last_id: z.string().nullish() })
  .transform(({ data, has_more, last_id }) => ({ rows: data, next: has_more ? (last_id ?? '') : undefined }));

function is(status: string): readonly Outcome[] {
  const where = z.object({ id: z.string(), status: z.literal(status) });
  return [{ status: 200, where, is: 'accepted', says: status }];
}

const MEANS: readonly Meaning[] = [
  {
    status: 401,
    where: failed('authentication_error'),
    is: 'rejected',
    says: 'authentication_error',
  },
  { status: 403, where: failed('permission_error'), is: 'limited', says: 'permission_error' },
];

export function anthropic(place: Place = {}): Service {
  const { api = 'https://api.anthropic.com', internal = false } = place;
  const headers = (secret: Secret) => ({ 'x-api-key': reveal(secret), 'anthropic-version': '2023-06-01' });

  function set(status: string) {
    return {
      ask: ({ id }: z.infer<typeof row>, admin: Secret): IssuerRequest =>
        call('POST', `${api}${KEYS}/${segment(id)}`, headers(admin), {
          json: { status },
          what: `POST ${KEYS}/{id}`,
        }),
      answers: is(status),
      done: (row: { status: string }) => row.status === status || row.status === 'archived',
    };
  }

  const byHand = (preview: string) => [
    `Sign in at https://platform.claude.com/settings/keys, find ${preview}, and disable or delete it.`,
    'An admin key (sk-ant-admin…): an organisation admin deletes it at https://platform.claude.com/settings/admin-keys.',
    'A token of Claude Code (sk-ant-oat…, sk-ant-ort…): sign out of all sessions in the account settings.',
    `For API keys: or set ${ADMIN} and let keyburn switch the one that fits off.`,
  ];

  return {
    ...simple({
      id: 'anthropic',
      name: 'Anthropic',
      docs: 'https://platform.claude.com/docs/en/api/admin/api_keys/update',
      asks: {
        ANTHROPIC_ADMIN_KEY:
          'an admin key (sk-ant-admin…), which an organisation admin makes: Claude Console, Settings, Admin keys',
      },
      hosts: [new URL(api).host],
      internal,
      settlesInMs: 60_000,
      check: {
        ask: ({ secret }) => {
          const value = reveal(secret);
          if (value.startsWith('sk-ant-admin'))
            return call('GET', `${api}/v1/organizations/me`, headers(secret));
          return value.startsWith('sk-ant-api')
            ? call('GET', `${api}/v1/models?limit=1`, headers(secret))
            : 'no question about this kind of token is documented';
        },
        live,
        says: 'accepted',
        means: MEANS,
      },
      explain: explaining({
        name: 'Anthropic',
        docs: 'https://platform.claude.com/docs/en/api/errors',
        manage: 'https://platform.claude.com/settings/keys',
        means: MEANS,
      }),
      byHand,
    }),
    ...byAdmin(
      {
        credential: ADMIN,
        needs: 'an admin key (sk-ant-admin…)',
        find: async ({ secret }, admin, tools) => {
          if (!reveal(secret).startsWith('sk-ant-api')) return 'the Admin API changes API keys alone';
          const ask = (after?: string) =>
            call(
              'GET',
              `${api}${KEYS}?limit=1000${after ? `&after_id=${encodeURIComponent(after)}` : ''}`,
              headers(admin),
            );
          return rowByHint(
            secret,
            'sk-ant-api03-',
            everyRow(ask, page, ADMIN, tools),
            (one) => one.partial_key_hint,
          );
        },
        contain: set('inactive'),
        restore: { ...set('active'), done: ({ status }) => status === 'active' },
        revoke: { ...set('archived'), done: ({ status }) => status === 'archived' },
      },
      byHand,
    ),
  };
}

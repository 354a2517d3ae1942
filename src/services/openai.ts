// OpenAI. Pages: platform.openai.com/docs/guides/error-codes, …/api-reference/models, project-api-keys, admin-api-keys.
// An admin key lists projects and their keys with a redacted value and deletes one; it may end itself, too. Nothing
// can be switched off and on again. A 401 of another code (an address that is not on the allow list) is no dead key.

import { z } from 'zod';
import type { Secret } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import { bearer, type Place } from './answer.ts';
import { byAdmin, everyRow, rowByHint, segment } from './by-admin.ts';
import { explaining } from './explaining.ts';
import type { Key, RevokeReply, Service, Tools } from './service.ts';
import { call, type Meaning, simple } from './simple.ts';

const ADMIN = 'OPENAI_ADMIN_KEY';
const PREFIXES = ['sk-proj-', 'sk-svcacct-', 'sk-admin-', 'sk-None-', 'sk-'];

const live = z.object({
  object: z.literal('list'),
  data: z.array(z.object({ object: z.enum(['model', 'organization.admin_api_key']), id: z.string() })).min(1),
});
const code = (...codes: readonly string[]) => z.object({ error: z.object({ code: z.enum(codes) }) });
const scopes = z.object({ error: z.object({ message: z.string().regex(/missing scopes/i) }) });
const gone = z.object({ deleted: z.literal(true), object: z.string().endsWith('api_key.deleted') });

const listOf = <R extends { readonly id: string }>(row: z.ZodType<R>) =>
  z
    .object({ object: z.literal('list'), data: z.array(row), has_more: z.boolean() })
    .transform(({ data, has_more }) => ({
      rows: data,
      next: has_more ? (data.at(-1)?.id ?? '') : undefined,
    }));
const projects = listOf(z.object({ id: z.string().min(1) }));
const keys = listOf(z.object({ id: z.string().min(1), redacted_value: z.string() }));

/** Others answer with the same codes; these words are OpenAI's own. */
const OWN: readonly Meaning[] = [
  { status: 401, text: /platform\.openai\.com\/account\/api-keys/, is: 'rejected', says: 'invalid_api_key' },
  { status: 401, where: scopes, text: /api\.\w+\.\w+/, is: 'limited', says: 'scopes are missing' },
  { status: 403, where: scopes, text: /api\.\w+\.\w+/, is: 'limited', says: 'scopes are missing' },
];

interface Row {
  readonly path: string;
  readonly hint: string;
}

function isAdmin({ secret }: Key): boolean {
  return reveal(secret).startsWith('sk-admin-');
}

export function openai(place: Place = {}): Service {
  const { api = 'https://api.openai.com', internal = false } = place;

  /** All keys of one list, each with the path that deletes it. */
  async function rowsAt(path: string, query: string, admin: Secret, tools: Tools) {
    const ask = (after?: string) =>
      call(
        'GET',
        `${api}${path}?limit=100${query}${after ? `&after=${encodeURIComponent(after)}` : ''}`,
        bearer(admin),
        { what: 'GET api_keys' },
      );
    const rows = await everyRow(ask, keys, ADMIN, tools);
    return Array.isArray(rows)
      ? rows.map(({ id, redacted_value }): Row => ({ path: `${path}/${segment(id)}`, hint: redacted_value }))
      : (rows as string | RevokeReply);
  }

  async function everyProjectKey(
    admin: Secret,
    tools: Tools,
  ): Promise<readonly Row[] | RevokeReply | string> {
    const ask = (after?: string) =>
      call(
        'GET',
        `${api}/v1/organization/projects?limit=100${after ? `&after=${encodeURIComponent(after)}` : ''}`,
        bearer(admin),
      );
    const all = await everyRow(ask, projects, ADMIN, tools);
    if (typeof all === 'string' || 'outcome' in all) return all;
    const rows: Row[] = [];
    for (const { id } of all) {
      const path = `/v1/organization/projects/${segment(id)}/api_keys`;
      const some = await rowsAt(path, '&owner_project_access=any', admin, tools);
      if (!Array.isArray(some)) return some;
      rows.push(...some);
    }
    return rows;
  }

  const byHand = (preview: string) => [
    `Sign in at https://platform.openai.com/api-keys, choose the project, find ${preview}, and revoke it.`,
    'An admin key (sk-admin-…): https://platform.openai.com/settings/organization/admin-keys.',
    `Or set ${ADMIN} to an admin key and let keyburn delete the one that fits.`,
    'Look at https://platform.openai.com/usage for what the key was used for.',
  ];

  return {
    ...simple({
      id: 'openai',
      name: 'OpenAI',
      docs: 'https://platform.openai.com/docs/api-reference/project-api-keys',
      asks: {
        OPENAI_ADMIN_KEY:
          'an admin key (sk-admin-…), which an organisation owner makes: OpenAI platform, Settings, Organization, Admin keys',
      },
      hosts: [new URL(api).host],
      internal,
      settlesInMs: 60_000,
      check: {
        ask: (key) =>
          call(
            'GET',
            isAdmin(key) ? `${api}/v1/organization/admin_api_keys?limit=1` : `${api}/v1/models`,
            bearer(key.secret),
          ),
        live,
        says: 'with a list',
        means: [
          { status: 401, where: code('invalid_api_key'), is: 'rejected', says: 'invalid_api_key' },
          { status: 401, where: code('account_deactivated'), is: 'disabled', says: 'account_deactivated' },
          { status: 403, where: scopes, is: 'limited', says: 'scopes are missing' },
          { status: 401, where: scopes, is: 'limited', says: 'scopes are missing' },
        ],
      },
      explain: explaining({
        name: 'OpenAI',
        docs: 'https://platform.openai.com/docs/guides/error-codes',
        manage: 'https://platform.openai.com/api-keys',
        means: OWN,
      }),
      byHand,
    }),
    ...byAdmin<Row>(
      {
        credential: ADMIN,
        needs: 'an admin key (sk-admin-…)',
        itself: isAdmin,
        find: (key, admin, tools) =>
          rowByHint(
            key.secret,
            PREFIXES.find((prefix) => reveal(key.secret).startsWith(prefix)) ?? '',
            isAdmin(key)
              ? rowsAt('/v1/organization/admin_api_keys', '', admin, tools)
              : everyProjectKey(admin, tools),
            ({ hint }) => hint,
          ),
        revoke: {
          ask: ({ path }, admin) =>
            call('DELETE', `${api}${path}`, bearer(admin), { what: 'DELETE api_keys/{id}' }),
          answers: [{ status: 200, where: gone, is: 'accepted', says: 'deleted' }],
        },
      },
      byHand,
    ),
  };
}

// Supabase project keys. Pages: supabase.com/docs/guides/api/api-keys, …/docs/reference/api/v1-get-project-api-keys, v1-delete-project-api-key. A secret key
// (sb_secret_…) is good at its project's host only; the older service_role JWT names its project itself. The owner's account token lists each
// project's keys whole, so a key is named by its value. The JWT is not ended by itself: all keys that the secret signed die together.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import { baseFor } from './address.ts';
import { bearer, type Place } from './answer.ts';
import { byAdmin, segment, told } from './by-admin.ts';
import type { Key, Service, Tools } from './service.ts';
import { call, simple } from './simple.ts';

const ADMIN = 'SUPABASE_ADMIN_TOKEN';
const DOMAINS = ['supabase.co'];
const REF = z.string().regex(/^[a-z]{20}$/);
const projects = z.array(z.object({ id: REF }));
const keys = z.array(z.object({ id: z.string().nullish(), api_key: z.string().nullish() }));
const invalid = z.object({ message: z.string().regex(/invalid api key|JWT/i) });

/** The project that a JWT of Supabase names: it is asked there alone, and nobody else answers below that domain. */
function refOf(secret: string): string | undefined {
  try {
    const [, payload = ''] = secret.split('.');
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return z.object({ iss: z.literal('supabase'), ref: REF }).safeParse(claims).data?.ref;
  } catch {
    return undefined;
  }
}

export function supabase(place: Place = {}): Service {
  const { api, internal = false } = place;
  const management = api ?? 'https://api.supabase.com';

  function base(key: Key, tools: Tools): string | undefined {
    if (api !== undefined) return api;
    const ref = refOf(reveal(key.secret));
    return ref === undefined
      ? baseFor({ settings: [], domains: DOMAINS }, key, tools)
      : `https://${ref}.supabase.co`;
  }

  const byHand = (preview: string) => [
    `Sign in at https://supabase.com/dashboard, open the project’s Settings > API Keys, create a new secret key, roll it out, and delete ${preview}.`,
    'A service_role JWT: change to secret keys there, then disable the legacy keys: anon and service_role die together.',
    `A secret key: or set ${ADMIN} to an account token (sbp_…) of the owner and let keyburn delete it.`,
  ];

  return {
    ...simple({
      id: 'supabase',
      name: 'Supabase (project)',
      docs: 'https://supabase.com/docs/guides/api/api-keys',
      asks: {
        SUPABASE_ADMIN_TOKEN:
          'an account token (sbp_…) of the project’s owner: Supabase dashboard, Account, Access Tokens',
      },
      hosts: [new URL(management).host],
      domains: DOMAINS,
      internal,
      check: {
        ask: (key, tools) => {
          const url = base(key, tools);
          if (url === undefined) return 'no project host (….supabase.co) was found near the key';
          return call('GET', `${url}/rest/v1/`, { apikey: reveal(key.secret) });
        },
        live: z.union([z.object({ swagger: z.string() }), z.object({ openapi: z.string() })]),
        says: 'with the API’s description',
        means: [{ status: 401, where: invalid, is: 'rejected', says: 'Invalid API key' }],
      },
      byHand,
    }),
    ...byAdmin<{ path: string }>(
      {
        credential: ADMIN,
        needs: 'an account token (sbp_…) of the owner',
        find: async ({ secret }, admin, tools) => {
          const value = reveal(secret);
          if (!value.startsWith('sb_secret_')) return 'a JWT dies only with all legacy keys of its project';
          const all = await told(
            call('GET', `${management}/v1/projects`, bearer(admin)),
            projects,
            'no projects',
            tools,
          );
          if (typeof all === 'string' || 'outcome' in all) return all;
          const paths: string[] = [];
          for (const { id: ref } of all) {
            const path = `/v1/projects/${segment(ref)}/api-keys`;
            const list = await told(
              call('GET', `${management}${path}?reveal=true`, bearer(admin), { what: 'GET api-keys' }),
              keys,
              'no keys',
              tools,
            );
            if (typeof list === 'string' || 'outcome' in list) return list;
            for (const { id, api_key } of list)
              if (id && api_key === value) paths.push(`${path}/${segment(id)}`);
          }
          const [path, ...others] = paths;
          return path !== undefined && others.length === 0 ? { path } : `no project of ${ADMIN} has the key`;
        },
        revoke: {
          ask: ({ path }, admin) =>
            call('DELETE', `${management}${path}`, bearer(admin), { what: 'DELETE api-keys/{id}' }),
          answers: [{ status: 200, where: z.object({ id: z.string() }), is: 'accepted', says: 'deleted' }],
        },
      },
      byHand,
    ),
  };
}

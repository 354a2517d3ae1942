// Deepgram. Pages: developers.deepgram.com/reference/auth/tokens/… (GET /v1/auth/token), …/reference/manage/keys (get, delete), …/projects/list. The
// key tells its own id; the project is the one that has it. A key of an owner or admin may delete itself.

import { z } from 'zod';
import type { Secret } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import { byAdmin, segment, told } from './by-admin.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

const ADMIN = 'DEEPGRAM_ADMIN_KEY';
const about = z.object({ api_key_id: z.string().min(1), scopes: z.array(z.string()) });
const projects = z.object({ projects: z.array(z.object({ project_id: z.string().min(1) })) });
const failed = z.object({ err_code: z.enum(['INVALID_AUTH', 'UNAUTHORIZED']) });

export function deepgram(place: Place = {}): Service {
  const { api = 'https://api.deepgram.com', internal = false } = place;
  const token = (secret: Secret) => ({ authorization: `Token ${reveal(secret)}` });

  const byHand = (preview: string) => [
    `Sign in at https://console.deepgram.com, open the project’s API Keys, and delete ${preview}.`,
    `Or set ${ADMIN} to a key of an owner or admin and let keyburn delete it.`,
  ];

  return {
    ...simple({
      id: 'deepgram',
      name: 'Deepgram',
      docs: 'https://developers.deepgram.com/reference/manage/keys/delete',
      asks: {
        DEEPGRAM_ADMIN_KEY: 'a key of an owner or admin of the project: Deepgram Console, API Keys',
      },
      hosts: [new URL(api).host],
      internal,
      check: {
        ask: ({ secret }) => call('GET', `${api}/v1/auth/token`, token(secret)),
        live: about,
        says: 'with its id',
        means: [{ status: 401, where: failed, is: 'rejected', says: 'INVALID_AUTH' }],
      },
      byHand,
    }),
    ...byAdmin<{ path: string }>(
      {
        credential: ADMIN,
        needs: 'a key of an owner or admin',
        itself: () => true,
        find: async ({ secret }, admin, tools) => {
          const own = await told(
            call('GET', `${api}/v1/auth/token`, token(secret)),
            about,
            'Deepgram no longer says which key this is',
            tools,
          );
          if (typeof own === 'string' || 'outcome' in own) return own;
          const all = await told(
            call('GET', `${api}/v1/projects`, token(admin)),
            projects,
            'no projects',
            tools,
          );
          if (typeof all === 'string' || 'outcome' in all) return all;
          const paths: string[] = [];
          for (const { project_id } of all.projects) {
            const path = `/v1/projects/${segment(project_id)}/keys/${segment(own.api_key_id)}`;
            const found = await told(
              call('GET', `${api}${path}`, token(admin), { what: 'GET keys/{id}' }),
              z.object({ api_key: z.object({ api_key_id: z.literal(own.api_key_id) }) }),
              'not there',
              tools,
            );
            if (typeof found !== 'string' && 'outcome' in found) return found;
            if (typeof found !== 'string') paths.push(path);
          }
          const [path, ...others] = paths;
          return path !== undefined && others.length === 0 ? { path } : `no project of ${ADMIN} has the key`;
        },
        revoke: {
          ask: ({ path }, admin) =>
            call('DELETE', `${api}${path}`, token(admin), { what: 'DELETE keys/{id}' }),
          answers: [
            { status: 200, where: z.object({ message: z.string() }), is: 'accepted', says: 'deleted' },
          ],
        },
      },
      byHand,
    ),
  };
}

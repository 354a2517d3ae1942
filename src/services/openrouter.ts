// OpenRouter. Pages: openrouter.ai/docs/api/api-reference/api-keys (get-current-key, get-key, update-keys, delete-keys),
// openrouter.ai/docs/guides/overview/auth/management-api-keys. A key is named by its hash; that it is the key's SHA-256 is not documented, so
// the row that it leads to must also show the key's own label.

import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Secret } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import { bearer, type Place } from './answer.ts';
import { byAdmin, everyRow, rowByHint } from './by-admin.ts';
import type { Service } from './service.ts';
import { call, type Outcome, simple } from './simple.ts';

const ADMIN = 'OPENROUTER_MANAGEMENT_KEY';
const row = z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/), label: z.string(), disabled: z.boolean() });
const one = z.object({ data: row }).transform(({ data }) => ({ rows: [data] }));

export function openrouter(place: Place = {}): Service {
  const { api = 'https://openrouter.ai', internal = false } = place;
  const keys = `${api}/api/v1/keys`;

  const set = (disabled: boolean) => ({
    ask: ({ hash }: z.infer<typeof row>, admin: Secret) =>
      call('PATCH', `${keys}/${hash}`, bearer(admin), { json: { disabled }, what: 'PATCH keys/{hash}' }),
    answers: [
      {
        status: 200,
        where: z.object({ data: z.object({ disabled: z.literal(disabled) }) }),
        is: 'accepted',
        says: disabled ? 'disabled' : 'enabled',
      },
    ] satisfies readonly Outcome[],
    done: (found: z.infer<typeof row>) => found.disabled === disabled,
  });

  const byHand = (preview: string) => [
    `Sign in at https://openrouter.ai/settings/keys, find ${preview}, and disable or delete it.`,
    `Or set ${ADMIN} to a management key of the account and let keyburn do it.`,
  ];

  return {
    ...simple({
      id: 'openrouter',
      name: 'OpenRouter',
      docs: 'https://openrouter.ai/docs/guides/overview/auth/management-api-keys',
      asks: {
        OPENROUTER_MANAGEMENT_KEY: 'a management key of the account: OpenRouter, Settings, Management keys',
      },
      hosts: [new URL(api).host],
      internal,
      check: {
        ask: ({ secret }) => call('GET', `${api}/api/v1/key`, bearer(secret)),
        live: z.object({ data: z.object({ label: z.string().min(1), usage: z.number() }) }),
        says: 'with a label',
        means: [
          {
            status: 401,
            where: z.object({ error: z.object({ code: z.literal(401) }) }),
            is: 'rejected',
            says: 'refused',
          },
        ],
      },
      byHand,
    }),
    ...byAdmin(
      {
        credential: ADMIN,
        needs: 'a management key',
        find: ({ secret }, admin, tools) => {
          const hash = createHash('sha256').update(reveal(secret), 'utf8').digest('hex');
          const ask = () => call('GET', `${keys}/${hash}`, bearer(admin), { what: 'GET keys/{hash}' });
          return rowByHint(secret, 'sk-or-v1-', everyRow(ask, one, ADMIN, tools), ({ label }) => label);
        },
        contain: set(true),
        restore: set(false),
        revoke: {
          ask: ({ hash }, admin) =>
            call('DELETE', `${keys}/${hash}`, bearer(admin), { what: 'DELETE keys/{hash}' }),
          answers: [
            { status: 200, where: z.object({ deleted: z.literal(true) }), is: 'accepted', says: 'deleted' },
          ],
        },
      },
      byHand,
    ),
  };
}

// EasyPost. Pages: docs.easypost.com/docs/api-keys (a production key lists its account's keys, each whole, and disables, enables
// and deletes those of its children), …/docs/users, …/docs/errors. The key is named by its own value.

import { z } from 'zod';
import type { Secret } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import { byAdmin, segment, told } from './by-admin.ts';
import type { Service } from './service.ts';
import { basicAuth, call, type Outcome, simple } from './simple.ts';

const ADMIN = 'EASYPOST_ADMIN_KEY';
const user = z.object({ object: z.literal('User'), id: z.string().startsWith('user_') });
const code = (...codes: readonly string[]) => z.object({ error: z.object({ code: z.enum(codes) }) });
const key = z.object({ id: z.string().startsWith('ak_'), key: z.string().min(1), active: z.boolean() });
interface Keys {
  readonly keys: readonly z.infer<typeof key>[];
  readonly children: readonly Keys[];
}
const keys: z.ZodType<Keys> = z.lazy(() => z.object({ keys: z.array(key), children: z.array(keys) }));

function every({ keys: own, children }: Keys): readonly z.infer<typeof key>[] {
  return [...own, ...children.flatMap(every)];
}

export function easypost(place: Place = {}): Service {
  const { api = 'https://api.easypost.com', internal = false } = place;
  const auth = (secret: Secret) => basicAuth(reveal(secret), '');

  const switched = (active: boolean): readonly Outcome[] => [
    {
      status: 200,
      where: key.extend({ active: z.literal(active) }),
      is: 'accepted',
      says: active ? 'enabled' : 'disabled',
    },
  ];
  const set = (active: boolean) => ({
    ask: ({ id }: { id: string }, admin: Secret) => {
      const verb = active ? 'enable' : 'disable';
      return call('POST', `${api}/v2/api_keys/${segment(id)}/${verb}`, auth(admin), {
        what: `POST api_keys/{id}/${verb}`,
      });
    },
    answers: switched(active),
    done: (row: { active: boolean }) => row.active === active,
  });

  const byHand = (preview: string) => [
    `Sign in at https://www.easypost.com/account/settings?tab=api-keys, add a new key, roll it out, and disable ${preview}.`,
    `A key of a child account: or set ${ADMIN} to the parent’s production key and let keyburn do it.`,
  ];

  return {
    ...simple({
      id: 'easypost',
      name: 'EasyPost',
      docs: 'https://docs.easypost.com/docs/api-keys',
      asks: {
        EASYPOST_ADMIN_KEY: 'a production key of the parent account: EasyPost dashboard, API Keys',
      },
      hosts: [new URL(api).host],
      internal,
      check: {
        ask: ({ secret }) => call('GET', `${api}/v2/users`, auth(secret)),
        live: user,
        says: 'with a user',
        means: [
          { status: 403, where: code('APIKEY.INACTIVE'), is: 'disabled', says: 'APIKEY.INACTIVE' },
          { status: 401, where: code('UNAUTHORIZED', 'APIKEY.NOT_FOUND'), is: 'rejected', says: 'refused' },
          { status: 403, where: code('MODE.UNAUTHORIZED', 'FORBIDDEN'), is: 'limited', says: 'forbidden' },
        ],
        owner: ({ id }) => ({ account: id }),
      },
      byHand,
    }),
    ...byAdmin<z.infer<typeof key>>(
      {
        credential: ADMIN,
        needs: 'a production key of the parent account',
        find: async ({ secret }, admin, tools) => {
          const list = await told(
            call('GET', `${api}/v2/api_keys`, auth(admin)),
            keys,
            'no list of keys',
            tools,
          );
          if (typeof list === 'string' || 'outcome' in list) return list;
          const [own, ...others] = every(list).filter((one) => one.key === reveal(secret));
          return own && others.length === 0 ? own : `${ADMIN} does not see the key`;
        },
        contain: set(false),
        restore: set(true),
        revoke: {
          ask: ({ id }, admin) =>
            call('DELETE', `${api}/v2/api_keys/${segment(id)}`, auth(admin), {
              what: 'DELETE api_keys/{id}',
            }),
          answers: [{ status: 204, is: 'accepted', says: 'deleted' }],
        },
      },
      byHand,
    ),
  };
}

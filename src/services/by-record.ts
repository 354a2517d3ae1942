// A key that cannot ask for itself, and has its own id inside: the owner's admin credential reads the record of that id, and ends it.
// That the admin sees no such record is a death only for a key that it saw before in this run: else it may be another account's.

import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { Dead, Secret, Verdict } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import { alive, dead, seen, silent, unexpected, unknown } from './answer.ts';
import { byAdmin, told } from './by-admin.ts';
import type { IssuerRequest, Key, Service, Tools } from './service.ts';
import { type Outcome, SOME_JSON } from './simple.ts';

export interface ByRecord<R extends object> {
  /** Name of the environment variable. */
  readonly credential: string;
  /** What has to be in it. */
  readonly needs: string;
  /** The id that stands inside the key. */
  readonly id: (key: Pick<Key, 'secret'>) => string | undefined;
  readonly read: (id: string, admin: Secret) => IssuerRequest;
  readonly record: z.ZodType<R>;
  readonly idOf: (record: R) => string;
  /** A record that says that its key is dead. */
  readonly off?: (record: R) => { readonly state: Dead['state']; readonly says: string } | undefined;
  readonly end: (id: string, admin: Secret) => IssuerRequest;
  readonly ended: readonly Outcome[];
}

const NO_ID = 'the key has no id inside';

export function byRecord<R extends object>(
  how: ByRecord<R>,
  byHand: (preview: string) => readonly string[],
): { readonly check: NonNullable<Service['check']>; readonly revoke: NonNullable<Service['revoke']> } {
  /** SHA-256 of keys whose record the admin saw. */
  const found = new Set<string>();
  const mark = (secret: Secret) => createHash('sha256').update(reveal(secret), 'utf8').digest('hex');

  async function check(key: Key, tools: Tools): Promise<Verdict> {
    const id = how.id(key);
    if (id === undefined) return unknown(tools, 'not-configured', NO_ID);
    const admin = tools.credential(how.credential);
    if (!admin) return unknown(tools, 'not-configured', `it takes ${how.needs} in ${how.credential}`);
    const request = how.read(id, admin);
    const reply = await tools.ask(request);
    if (reply.kind === 'unanswered') return silent(tools, reply);
    const record = reply.status === 200 ? how.record.safeParse(reply.json).data : undefined;
    if (record !== undefined && how.idOf(record) === id) {
      found.add(mark(key.secret));
      const off = how.off?.(record);
      return off
        ? dead(tools, off.state, seen(request, reply, off.says))
        : alive(tools, seen(request, reply, 'with the key’s record'));
    }
    if (!SOME_JSON.safeParse(reply.json).success) return unexpected(tools, request, reply);
    if (reply.status === 401 || reply.status === 403) {
      const detail = `${request.what}: ${reply.status}: ${how.credential} is not accepted`;
      return unknown(tools, 'not-configured', detail);
    }
    if (reply.status !== 404) return unexpected(tools, request, reply);
    const words = seen(request, reply, 'no such key');
    return found.has(mark(key.secret))
      ? dead(tools, 'revoked', `${words}, and it was there before`)
      : unknown(tools, 'not-discriminating', `${words}: gone, or not of the account of ${how.credential}`);
  }

  const { revoke } = byAdmin<{ readonly id: string }>(
    {
      credential: how.credential,
      needs: how.needs,
      find: async (key, admin, tools) => {
        const id = how.id(key);
        if (id === undefined) return NO_ID;
        const none = `${how.credential} does not see the key`;
        const got = await told(how.read(id, admin), how.record, none, tools);
        if (typeof got === 'string' || 'outcome' in got) return got;
        if (how.idOf(got) !== id) return 'the record that came back is another key’s, so none was touched';
        found.add(mark(key.secret));
        return { id };
      },
      revoke: { ask: ({ id }, admin) => how.end(id, admin), answers: how.ended },
    },
    byHand,
  );
  return { check, revoke: revoke ?? (async () => ({ outcome: 'refused', note: 'nothing to call' })) };
}

// Ending a key with the owner's admin credential: find the one row that provably is the key's, then act on its id. The
// credential is asked for by name and goes to its issuer alone. What is not found is not touched: a person decides.

import type { z } from 'zod';
import type { Secret } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import { notDone, refused } from './answer.ts';
import type { IssuerRequest, Key, RevokeReply, Service, Tools } from './service.ts';
import { type Outcome, outcomeOf } from './simple.ts';

/** Lists longer than this are not read to their end, so nothing in them is unique. */
const MOST_PAGES = 50;
/** Characters that a hint must show beyond the public prefix. */
const ENOUGH = 4;
const NOT_CERTAIN = 'no single key of the admin’s list is this one for certain, so none was touched';

export interface AdminAct<R> {
  readonly ask: (row: R, admin: Secret, key: Key) => IssuerRequest;
  readonly answers: readonly Outcome[];
  /** The row says that it has been done before. */
  readonly done?: (row: R) => boolean;
}

export interface ByAdmin<R> {
  /** Name of the environment variable. */
  readonly credential: string;
  /** What has to be in it: `an admin key (sk-ant-admin…)`. */
  readonly needs: string;
  /** Keys that may end themselves where the operator gave no credential. */
  readonly itself?: (key: Key) => boolean;
  /** The key's own row, or a reply that ends the matter. A string says in words why there is none. */
  readonly find: (key: Key, admin: Secret, tools: Tools) => Promise<R | RevokeReply | string>;
  readonly contain?: AdminAct<R>;
  readonly restore?: AdminAct<R>;
  readonly revoke?: AdminAct<R>;
}

function isReply(found: unknown): found is RevokeReply {
  return typeof found === 'object' && found !== null && 'outcome' in found;
}

/** `contain`, `restore` and `revoke` of a service, as far as the issuer offers them. */
export function byAdmin<R>(
  how: ByAdmin<R>,
  byHand: (preview: string) => readonly string[],
): Pick<Service, 'contain' | 'restore' | 'revoke'> {
  function doing(act: AdminAct<R>, before: 'already-dead' | 'accepted' = 'already-dead') {
    return async (key: Key, tools: Tools): Promise<RevokeReply> => {
      const steps = byHand(key.secret.preview);
      const given = tools.credential(how.credential);
      const admin = given ?? (how.itself?.(key) === true ? key.secret : undefined);
      if (!admin) return { outcome: 'manual', note: `it takes ${how.needs} in ${how.credential}`, steps };
      const found = await how.find(key, admin, tools);
      if (typeof found === 'string') return { outcome: 'manual', note: found, steps };
      if (isReply(found)) return found;
      if (act.done?.(found) === true)
        return { outcome: before, note: `it was so already, says what ${how.credential} sees` };
      const request = act.ask(found, admin, key);
      return outcomeOf(request, await tools.ask(request), act.answers, steps);
    };
  }
  return {
    ...(how.contain && { contain: doing(how.contain) }),
    ...(how.restore && { restore: doing(how.restore, 'accepted') }),
    ...(how.revoke && { revoke: doing(how.revoke) }),
  };
}

/** One page of an admin's list: its rows, and where the next one is. */
export interface Page<R> {
  readonly rows: readonly R[];
  readonly next?: string | undefined;
}

/** Every row of a list, all pages; or why it could not be read whole. */
export async function everyRow<R>(
  ask: (next: string | undefined) => IssuerRequest,
  page: z.ZodType<Page<R>>,
  credential: string,
  tools: Tools,
): Promise<readonly R[] | RevokeReply | string> {
  const rows: R[] = [];
  let next: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const request = ask(next);
    const reply = await tools.ask(request);
    if (reply.kind === 'unanswered') return notDone(reply);
    if (reply.status === 401) return `${request.what}: 401: ${credential} is not accepted`;
    const got = reply.status === 200 ? page.safeParse(reply.json).data : undefined;
    if (!got) return refused(request, reply);
    rows.push(...got.rows);
    if (got.next === undefined) return rows;
    next = got.next;
  }
  return `the list that ${credential} sees has more than ${MOST_PAGES} pages`;
}

/** How many characters beyond the public prefix a hint (`sk-abc...wxyz`) shows of the key; undefined where it is another key's. */
function shownBy(value: string, prefix: string, hint: string): number | undefined {
  const [head = '', ...rest] = hint.split(/[.…*•]+/);
  const tail = rest.at(-1) ?? '';
  if (!value.startsWith(head) || !value.endsWith(tail)) return undefined;
  return Math.max(0, head.length - prefix.length) + tail.length;
}

/** The one row of a whole list whose hint fits the key and shows enough of it, while no other row could be its. */
export async function rowByHint<R extends object>(
  secret: Secret,
  prefix: string,
  rows: Promise<readonly R[] | RevokeReply | string>,
  hint: (row: R) => string,
): Promise<R | RevokeReply | string> {
  const value = reveal(secret);
  const shown = (row: R) => shownBy(value, prefix, hint(row));
  const found = await rowWhere(rows, (row) => shown(row) !== undefined);
  if (typeof found === 'string' || isReply(found)) return found;
  return (shown(found) ?? 0) >= ENOUGH ? found : NOT_CERTAIN;
}

/** The one row of a whole list that an exact test picks. */
export async function rowWhere<R extends object>(
  rows: Promise<readonly R[] | RevokeReply | string>,
  is: (row: R) => boolean,
): Promise<R | RevokeReply | string> {
  const list = await rows;
  if (typeof list === 'string' || isReply(list)) return list;
  const [only, ...others] = list.filter(is);
  return only && others.length === 0 ? only : NOT_CERTAIN;
}

/** What one question tells, such as the key's own id from a self endpoint; `otherwise` where it tells nothing. */
export async function told<R>(
  request: IssuerRequest,
  body: z.ZodType<R>,
  otherwise: string,
  tools: Tools,
): Promise<R | RevokeReply | string> {
  const reply = await tools.ask(request);
  if (reply.kind === 'unanswered') return notDone(reply);
  const got = reply.status === 200 ? body.safeParse(reply.json) : undefined;
  return got?.success === true ? got.data : `${request.what}: ${reply.status}: ${otherwise}`;
}

/** An id that an issuer gave, safe as one segment of a path. */
export function segment(id: string): string {
  return encodeURIComponent(id).replaceAll('.', '%2E');
}

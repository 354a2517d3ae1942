// An order that takes the key's own id, which the issuer tells the key itself: a self endpoint, or a list in which one
// row certainly is it. Where it does not say so for certain, nothing is touched and a person decides.

import type { z } from 'zod';
import type { RevokeOrder, Secret } from '../model/index.ts';
import { seen } from './answer.ts';
import type { IssuerRequest, Service, Tools } from './service.ts';
import { type Asking, type Outcome, outcomeOf } from './simple.ts';

export interface Lookup<T> {
  readonly look: Asking<RevokeOrder>;
  /** The body of a 200. */
  readonly shows: z.ZodType<T>;
  /** Refusals of the look. */
  readonly looked: readonly Outcome[];
  /** The leaked key's own id; undefined where the body does not name exactly one. */
  readonly id: (body: T, secret: Secret) => string | undefined;
  readonly end: (id: string, order: RevokeOrder, tools: Tools) => IssuerRequest;
  readonly answers: readonly Outcome[];
}

export function byLookup<T>(
  how: Lookup<T>,
  byHand: (preview: string) => readonly string[],
): NonNullable<Service['revoke']> {
  return async (order, tools) => {
    const steps = byHand(order.secret.preview);
    const look = how.look(order, tools);
    if (typeof look === 'string') return { outcome: 'manual', note: look, steps };
    const reply = await tools.ask(look);
    const body =
      reply.kind === 'answered' && reply.status === 200 ? how.shows.safeParse(reply.json) : undefined;
    if (!body?.success || reply.kind === 'unanswered') return outcomeOf(look, reply, how.looked, steps);
    const id = how.id(body.data, order.secret);
    if (id === undefined) {
      const note = seen(look, reply, 'it does not say for certain which one it is, so none was touched');
      return { outcome: 'manual', note, steps };
    }
    const end = how.end(id, order, tools);
    return outcomeOf(end, await tools.ask(end), how.answers, steps);
  };
}

/** The only one that fits, or none. */
export function onlyOne<T>(rows: readonly T[], fits: (row: T) => boolean): T | undefined {
  const [one, ...more] = rows.filter(fits);
  return more.length === 0 ? one : undefined;
}

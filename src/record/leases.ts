// Who is at work on what, for workers that share a ledger. The law: a lease is one holder's until it ends or runs out, and one who
// has lost it finds out before writing.

import { hold, light } from './engine.ts';
import { LeaseLost } from './lease.ts';
import type { Database, Tx } from './rows.ts';

/** A lease that what is written depends on. */
export interface Fence {
  readonly name: string;
  readonly holder: string;
}

/** So long at least a lease still runs once something was written under it. */
const AFTER_WRITING_MS = 20_000;

export type Claim =
  | { readonly kind: 'taken'; readonly fromDead: boolean }
  | { readonly kind: 'held'; readonly by: string; readonly until: string };

export async function claim(
  db: Database,
  name: string,
  holder: string,
  now: Date,
  forMs: number,
): Promise<Claim> {
  return light(db, async (tx) => {
    await hold(tx, [`lease ${name}`]);
    const known = await tx.selectFrom('leases').selectAll().where('name', '=', name).executeTakeFirst();
    if (known && known.holder !== holder && known.until > now.toISOString())
      return { kind: 'held', by: known.holder, until: known.until };
    const lease = { holder, until: new Date(now.getTime() + forMs).toISOString() };
    await tx
      .insertInto('leases')
      .values({ name, ...lease })
      .onConflict((conflict) => conflict.column('name').doUpdateSet(lease))
      .execute();
    return { kind: 'taken', fromDead: known !== undefined && known.holder !== holder };
  });
}

// Bound values in one statement: far below the limits of both engines.
const BATCH = 200;

/** @returns those that are still the holder's */
export async function renew(
  db: Database,
  names: readonly string[],
  holder: string,
  now: Date,
  forMs: number,
): Promise<ReadonlySet<string>> {
  const until = new Date(now.getTime() + forMs).toISOString();
  const kept = new Set<string>();
  for (let from = 0; from < names.length; from += BATCH) {
    const rows = await light(db, (tx) => extend(tx, names.slice(from, from + BATCH), holder, until));
    for (const name of rows) kept.add(name);
  }
  return kept;
}

/** In the transaction of what is written under them: whoever takes one over waits for its end. */
export async function fenced(
  tx: Tx,
  names: readonly string[],
  holder: string,
  at: string,
): Promise<ReadonlySet<string>> {
  const until = new Date(Date.parse(at) + AFTER_WRITING_MS).toISOString();
  const kept = new Set<string>();
  for (let from = 0; from < names.length; from += BATCH)
    for (const name of await extend(tx, names.slice(from, from + BATCH), holder, until)) kept.add(name);
  return kept;
}

export async function mustHold(tx: Tx, { name, holder }: Fence, at: string): Promise<void> {
  if (!(await fenced(tx, [name], holder, at)).has(name)) throw new LeaseLost(`the lease was lost: ${name}`);
}

async function extend(tx: Tx, names: readonly string[], holder: string, until: string): Promise<string[]> {
  if (names.length === 0) return [];
  const rows = await tx
    .updateTable('leases')
    .set((row) => ({
      // Never shorter than it was.
      until: row.case().when('until', '>', until).then(row.ref('until')).else(until).end(),
    }))
    .where('name', 'in', [...names].sort())
    .where('holder', '=', holder)
    .returning('name')
    .execute();
  return rows.map(({ name }) => name);
}

export async function release(db: Database, name: string, holder: string): Promise<void> {
  await light(db, (tx) =>
    tx.deleteFrom('leases').where('name', '=', name).where('holder', '=', holder).execute(),
  );
}

export async function turn(db: Database, name: string, everyMs: number, now: Date): Promise<number> {
  return light(db, async (tx) => {
    await hold(tx, [`turn ${name}`]);
    const known = await tx.selectFrom('turns').select('next_ms').where('name', '=', name).executeTakeFirst();
    const slot = Math.max(now.getTime(), Number(known?.next_ms ?? 0));
    const next = { next_ms: Math.ceil(slot + everyMs) };
    await tx
      .insertInto('turns')
      .values({ name, ...next })
      .onConflict((conflict) => conflict.column('name').doUpdateSet(next))
      .execute();
    return slot - now.getTime();
  });
}

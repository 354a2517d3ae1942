// Who is at work on what, for workers that share a ledger. The law: a lease is one holder's until it ends or runs out, and one who
// has lost it finds out before writing.

import { hold } from './engine.ts';
import type { Database } from './rows.ts';

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
  return db.transaction().execute(async (tx) => {
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

export async function renew(
  db: Database,
  name: string,
  holder: string,
  now: Date,
  forMs: number,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('leases')
    .set({ until: new Date(now.getTime() + forMs).toISOString() })
    .where('name', '=', name)
    .where('holder', '=', holder)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function release(db: Database, name: string, holder: string): Promise<void> {
  await db.deleteFrom('leases').where('name', '=', name).where('holder', '=', holder).execute();
}

export async function turn(db: Database, name: string, everyMs: number, now: Date): Promise<number> {
  return db.transaction().execute(async (tx) => {
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

// What the two databases do differently. The law: whoever changes an incident holds it alone, so that two workers of a fleet
// that meet the same key at once write one story.

import { PostgresAdapter, type RawBuilder, sql } from 'kysely';
import type { Database, Tx } from './rows.ts';

export type Engine = 'sqlite' | 'postgres';

/** Order and equality of bytes on both engines, whatever locale a PostgreSQL server was made with. */
export function textOn(engine: Engine): 'text' | RawBuilder<unknown> {
  return engine === 'postgres' ? sql`text collate "C"` : 'text';
}

export function isPostgres(db: Database | Tx): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}

/** A transaction that holds these incidents. SQLite's writers take turns anyway. */
export function locked<T>(db: Database, ids: readonly string[], work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await hold(tx, ids);
    return await work(tx);
  });
}

/** Held to the transaction's end; in one order, so that two that want the same ones cannot wait for each other. */
export async function hold(tx: Tx, names: readonly string[]): Promise<void> {
  if (!isPostgres(tx)) return;
  for (const name of [...new Set(names)].sort())
    await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(tx);
}

/**
 * A transaction that a power cut may undo, though a kill does not: leases, turns and answers of the host are worth nothing after one,
 * and waiting for the disk is most of what they cost.
 */
export function light<T>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (isPostgres(db))
    return db.transaction().execute(async (tx) => {
      await sql`set local synchronous_commit = off`.execute(tx);
      return await work(tx);
    });
  // Whoever has the connection has it alone, so nobody else's transaction is meant.
  return db.connection().execute(async (mine) => {
    await sql`pragma synchronous = normal`.execute(mine);
    try {
      return await mine.transaction().execute(work);
    } finally {
      await sql`pragma synchronous = full`.execute(mine);
    }
  });
}

// One narrow row for each incident: what the incidents page lists, filters, sorts and counts by. All of it but the snooze and
// the issuer's word about owner and use is made from the incident itself, so it can be made again.

import type { Kysely } from 'kysely';
import { shelve } from './card.ts';
import { type Engine, textOn } from './engine.ts';
import type { Database } from './rows.ts';

export interface CardRow {
  id: string;
  /** `intended` counts as open. */
  phase: 'open' | 'closed';
  /** What a person should look at first has the highest number; 0 where nothing is left to do. */
  urgency: number;
  first_seen: string;
  last_seen: string;
  /** Empty where no issuer is known. */
  service: string;
  exposure: string;
  verdict_state: string;
  severity: string;
  /** Host and name where the web address tells them, else the folder; empty for a stream. */
  repository: string;
  path: string;
  /** What a search looks through, in lower case. */
  search: string;
  /** Not on the open list until then. */
  snoozed_until: string | null;
  /** 1 where it was ever seen to work. */
  lived: number;
  /** Author's date of the oldest commit that has it, in UTC. */
  leaked_at: string | null;
  /** When the incident was closed; null while it is open. */
  ended_at: string | null;
  /** Seconds from `leaked_at` to the proof of our own burn. */
  burned_after: number | null;
  /** Whose it is, as its issuer says. */
  owner: string | null;
  /** When its issuer last saw it used. */
  used_at: string | null;
}

export async function board(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const text = textOn(engine);
  await db.schema
    .createTable('cards')
    .addColumn('id', text, (column) => column.primaryKey().references('incidents.id'))
    .addColumn('phase', text, (column) => column.notNull())
    .addColumn('urgency', 'integer', (column) => column.notNull())
    .addColumn('first_seen', text, (column) => column.notNull())
    .addColumn('last_seen', text, (column) => column.notNull())
    .addColumn('service', text, (column) => column.notNull())
    .addColumn('exposure', text, (column) => column.notNull())
    .addColumn('verdict_state', text, (column) => column.notNull())
    .addColumn('severity', text, (column) => column.notNull())
    .addColumn('repository', text, (column) => column.notNull())
    .addColumn('path', text, (column) => column.notNull())
    .addColumn('search', text, (column) => column.notNull())
    .addColumn('snoozed_until', text)
    .addColumn('lived', 'integer', (column) => column.notNull())
    .addColumn('leaked_at', text)
    .addColumn('ended_at', text)
    .addColumn('burned_after', 'integer')
    .addColumn('owner', text)
    .addColumn('used_at', text)
    .execute();
  const indexes: Readonly<Record<string, readonly (keyof CardRow)[]>> = {
    // With the words at their end: a search reads them in order, and a row only where they fit.
    cards_urgent: ['phase', 'urgency', 'last_seen', 'id', 'search'],
    cards_recent: ['phase', 'last_seen', 'id', 'search'],
    cards_newest: ['phase', 'first_seen', 'id', 'search'],
    cards_by_service: ['service', 'phase', 'urgency', 'last_seen', 'id'],
    cards_by_repository: ['repository', 'phase', 'urgency', 'last_seen', 'id'],
    cards_snoozed: ['phase', 'snoozed_until'],
    cards_opened: ['lived', 'first_seen'],
    cards_ended: ['lived', 'ended_at'],
    cards_burned: ['burned_after'],
  };
  for (const [name, columns] of Object.entries(indexes)) {
    await db.schema
      .createIndex(name)
      .on('cards')
      // PostgreSQL takes no entry of more than some 2,700 bytes, and the words may be more.
      .columns(columns.filter((column) => engine === 'sqlite' || column !== 'search'))
      .execute();
  }
  await fill(db as Database);
}

/** For the incidents of a ledger that is older than this table. */
async function fill(db: Database): Promise<void> {
  for (let after = ''; ; ) {
    const rows = await db
      .selectFrom('incidents')
      .selectAll()
      .where('id', '>', after)
      .orderBy('id')
      .limit(500)
      .execute();
    for (const row of rows) await shelve(db, row, row.last_seen);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.id;
  }
}

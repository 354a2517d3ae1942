// What runs have done to keys, by run, so that a whole run can be undone; messages that speak of no incident; and the ways by which an
// organisation of a million repositories is looked through without reading all of it.

import { type Kysely, sql } from 'kysely';
import { type Engine, textOn } from './engine.ts';

export interface ActRow {
  seq: number;
  /** Names the run: `keyburn incidents restore --run` takes it. */
  run: string;
  incident_id: string;
  step: 'contain' | 'revoke';
  /** When it was intended. */
  at: string;
  /** Of its receipt; null while there is none. */
  outcome: string | null;
  /** When undoing it was intended; null: nobody wanted to. */
  undo_at: string | null;
  /** What came of undoing it; null while nobody knows. */
  undone: string | null;
}

export async function runs(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const text = textOn(engine);
  await db.schema
    .createTable('acts')
    .addColumn('seq', engine === 'postgres' ? 'serial' : 'integer', (column) =>
      engine === 'postgres' ? column.primaryKey() : column.primaryKey().autoIncrement(),
    )
    .addColumn('run', text, (column) => column.notNull())
    .addColumn('incident_id', text, (column) => column.notNull().references('incidents.id'))
    .addColumn('step', text, (column) => column.notNull())
    .addColumn('at', text, (column) => column.notNull())
    .addColumn('outcome', text)
    .addColumn('undo_at', text)
    .addColumn('undone', text)
    .execute();
  await db.schema.createIndex('acts_by_run').on('acts').columns(['run', 'seq']).execute();
  await db.schema.createIndex('acts_by_incident').on('acts').columns(['incident_id', 'seq']).execute();
  for (const statement of [...indexes, ...withoutIncident(engine)]) await sql.raw(statement).execute(db);
}

/** What is due, and what is not done with, found without a look at everything else. */
const indexes: readonly string[] = [
  `create index repositories_due on repositories (host, pushed_at desc, key)
    where gone_at is null and (scanned_push is null or scanned_push <> pushed_at or problem is not null)`,
  'create index repositories_pushed on repositories (host, pushed_at desc, key)',
  'create index repositories_at on repositories (url)',
  'create index findings_again on findings (repository) where again = 1',
  "create index cursors_gaps on cursors (repository, source) where skipped <> '[]'",
  'create index outbox_due on outbox (due_at) where sent_at is null',
];

/** A digest is a message of no incident. */
function withoutIncident(engine: Engine): readonly string[] {
  if (engine === 'postgres') return ['alter table outbox drop constraint outbox_incident_id_fkey'];
  // SQLite drops no constraint of a table.
  return [
    `create table outbox_new (seq integer primary key autoincrement, incident_id text not null, channel text not null,
      kind text not null, payload text not null, created_at text not null, attempts integer not null, due_at text not null,
      sent_at text, last_error text, constraint outbox_once unique (incident_id, channel, kind))`,
    'insert into outbox_new select seq, incident_id, channel, kind, payload, created_at, attempts, due_at, sent_at, last_error from outbox',
    'drop table outbox',
    'alter table outbox_new rename to outbox',
    'create index outbox_due on outbox (due_at) where sent_at is null',
  ];
}

// The tables, in types that SQLite and PostgreSQL both have: text, integers, JSON as text, times as RFC 3339 in UTC.
// The law: no raw secret has a column. Migrations are only ever added.

import { type ColumnDefinitionBuilder, type Generated, type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { board, type CardRow } from './board-schema.ts';
import { type Engine, textOn } from './engine.ts';
import { type FleetTables, fleet } from './fleet-schema.ts';
import { type ActRow, runs } from './runs-schema.ts';

export interface IncidentRow {
  id: string;
  state: 'open' | 'intended' | 'closed';
  /** The step that was intended and has no receipt yet. */
  step: 'contain' | 'revoke' | null;
  rule: string;
  title: string;
  severity: string;
  service: string | null;
  preview: string;
  environment: string;
  exposure: string;
  verdict_state: string;
  verdict: string;
  act: string;
  because: string;
  receipt: string | null;
  /** JSON of { by, reason, at }: somebody said yes to a burn. */
  approval: string | null;
  /** Whether the key was usable when a person closed the incident. */
  closed_alive: number;
  first_seen: string;
  last_seen: string;
}

export interface PlaceRow {
  incident_id: string;
  /** What makes it this place: kind, repository, object, path, line and column. */
  identity: string;
  kind: string;
  repository: string;
  path: string;
  place: string;
  position: number;
  last_seen: string;
}

export interface StepRow {
  seq: Generated<number>;
  incident_id: string;
  at: string;
  who: string;
  what: string;
  note: string;
}

export interface VerdictRow {
  id: string;
  service: string;
  verdict: string;
}

export interface OutboxRow {
  seq: Generated<number>;
  /** Or what else it speaks of: `digest 2026-11-21`. */
  incident_id: string;
  channel: string;
  kind: string;
  payload: string;
  created_at: string;
  attempts: number;
  due_at: string;
  sent_at: string | null;
  last_error: string | null;
}

export interface Tables extends FleetTables {
  incidents: IncidentRow;
  places: PlaceRow;
  steps: StepRow;
  verdicts: VerdictRow;
  outbox: OutboxRow;
  cards: CardRow;
  acts: Omit<ActRow, 'seq'> & { seq: Generated<number> };
}

async function first(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const text = textOn(engine);
  await db.schema
    .createTable('incidents')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('state', text, (column) => column.notNull())
    .addColumn('step', text)
    .addColumn('rule', text, (column) => column.notNull())
    .addColumn('title', text, (column) => column.notNull())
    .addColumn('severity', text, (column) => column.notNull())
    .addColumn('service', text)
    .addColumn('preview', text, (column) => column.notNull())
    .addColumn('environment', text, (column) => column.notNull())
    .addColumn('exposure', text, (column) => column.notNull())
    .addColumn('verdict_state', text, (column) => column.notNull())
    .addColumn('verdict', text, (column) => column.notNull())
    .addColumn('act', text, (column) => column.notNull())
    .addColumn('because', text, (column) => column.notNull())
    .addColumn('receipt', text)
    .addColumn('approval', text)
    .addColumn('closed_alive', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('first_seen', text, (column) => column.notNull())
    .addColumn('last_seen', text, (column) => column.notNull())
    .execute();
  await db.schema.createIndex('incidents_by_state').on('incidents').columns(['state', 'last_seen']).execute();
  await db.schema
    .createTable('places')
    .addColumn('incident_id', text, (column) => column.notNull().references('incidents.id'))
    .addColumn('identity', text, (column) => column.notNull())
    .addColumn('kind', text, (column) => column.notNull())
    .addColumn('repository', text, (column) => column.notNull())
    .addColumn('path', text, (column) => column.notNull())
    .addColumn('place', text, (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('last_seen', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('places_key', ['incident_id', 'identity'])
    .execute();
  await db.schema
    .createTable('steps')
    .addColumn(...numbered(engine))
    .addColumn('incident_id', text, (column) => column.notNull().references('incidents.id'))
    .addColumn('at', text, (column) => column.notNull())
    .addColumn('who', text, (column) => column.notNull())
    .addColumn('what', text, (column) => column.notNull())
    .addColumn('note', text, (column) => column.notNull())
    .execute();
  await db.schema.createIndex('steps_by_incident').on('steps').columns(['incident_id', 'seq']).execute();
  for (const statement of onlyGrows(engine)) await sql.raw(statement).execute(db);
  await db.schema
    .createTable('verdicts')
    .addColumn('id', text, (column) => column.notNull())
    .addColumn('service', text, (column) => column.notNull())
    .addColumn('verdict', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('verdicts_key', ['id', 'service'])
    .execute();
  await db.schema
    .createTable('outbox')
    .addColumn(...numbered(engine))
    .addColumn('incident_id', text, (column) => column.notNull().references('incidents.id'))
    .addColumn('channel', text, (column) => column.notNull())
    .addColumn('kind', text, (column) => column.notNull())
    .addColumn('payload', text, (column) => column.notNull())
    .addColumn('created_at', text, (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('due_at', text, (column) => column.notNull())
    .addColumn('sent_at', text)
    .addColumn('last_error', text)
    .addUniqueConstraint('outbox_once', ['incident_id', 'channel', 'kind'])
    .execute();
}

/** A key that counts up by itself. */
function numbered(engine: Engine) {
  const build = (column: ColumnDefinitionBuilder) =>
    engine === 'postgres' ? column.primaryKey() : column.primaryKey().autoIncrement();
  return ['seq', engine === 'postgres' ? 'serial' : 'integer', build] as const;
}

/** The audit trail takes no change and no deletion, whoever asks for it. */
function onlyGrows(engine: Engine): readonly string[] {
  if (engine === 'sqlite')
    return ['update', 'delete'].map(
      (change) =>
        `create trigger steps_no_${change} before ${change} on steps begin select raise(abort, 'the audit trail only grows'); end`,
    );
  return [
    `create function keyburn_only_grows() returns trigger language plpgsql as $$ begin raise exception 'the audit trail only grows'; end $$`,
    'create trigger steps_no_change before update or delete on steps for each row execute function keyburn_only_grows()',
    'create trigger steps_no_truncate before truncate on steps for each statement execute function keyburn_only_grows()',
  ];
}

/** In order of their names; the number of entries is the schema's version. */
export function migrationsFor(engine: Engine): Readonly<Record<string, Migration>> {
  return {
    '0001-ledger': { up: (db) => first(db, engine) },
    '2026-11-21-fleet': { up: (db) => fleet(db, engine) },
    '2026-11-21-page': { up: (db) => board(db, engine) },
    '2026-11-21-runs': { up: (db) => runs(db, engine) },
  };
}

export const SCHEMA_VERSION = Object.keys(migrationsFor('sqlite')).length;

// The tables of org-wide scans: which repositories there are, up to where each source of them has been read, who is at work on
// what, and what was found where. The law stands here, too: fingerprints and previews, never a secret.

import type { Kysely } from 'kysely';
import { type Engine, textOn } from './engine.ts';

export interface RepositoryRow {
  /** `host/id`: renames and transfers keep it. */
  key: string;
  host: string;
  /** `owner/name`, as last listed. */
  name: string;
  url: string;
  exposure: string;
  archived: number;
  fork: number;
  /** Key of the repository that the fork network began with; its own where nobody forked. Null: not asked yet. */
  network: string | null;
  size_kb: number;
  pushed_at: string;
  listed_at: string;
  /** Its listing does not have it any more. */
  gone_at: string | null;
  /** `pushed_at` of the last scan that read all its sources; null: never, or to be read again. */
  scanned_push: string | null;
  scanned_at: string | null;
  /** What stopped the last try; null where it came through. */
  problem: string | null;
  tries: number;
}

export interface CursorRow {
  repository: string;
  source: string;
  /** JSON; the source alone knows what it says. */
  cursor: string;
  /** JSON of what could not be read so far: it stays a gap until it is read. */
  skipped: string;
  /** Whose readers' circle the cursor was written under: a wider one reads all again. */
  exposure: string;
  read_at: string;
}

export interface FindingRow {
  repository: string;
  source: string;
  id: string;
  rule: string;
  service: string | null;
  preview: string;
  verdict_state: string;
  /** 1: nobody could tell for a passing reason, so the key is to be read and asked about again. */
  again: number;
  first_seen: string;
  last_seen: string;
}

export interface LeaseRow {
  name: string;
  holder: string;
  until: string;
}

export interface EtagRow {
  url: string;
  etag: string;
  body: string;
  at: string;
}

/** A queue that all workers share: when the next one may go. */
export interface TurnRow {
  name: string;
  /** Milliseconds of the epoch. */
  next_ms: number | string;
}

export interface MarkRow {
  name: string;
  value: string;
}

export interface FleetTables {
  repositories: RepositoryRow;
  cursors: CursorRow;
  findings: FindingRow;
  leases: LeaseRow;
  etags: EtagRow;
  turns: TurnRow;
  marks: MarkRow;
}

export async function fleet(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const text = textOn(engine);
  await db.schema
    .createTable('repositories')
    .addColumn('key', text, (column) => column.primaryKey())
    .addColumn('host', text, (column) => column.notNull())
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('url', text, (column) => column.notNull())
    .addColumn('exposure', text, (column) => column.notNull())
    .addColumn('archived', 'integer', (column) => column.notNull())
    .addColumn('fork', 'integer', (column) => column.notNull())
    .addColumn('network', text)
    .addColumn('size_kb', 'bigint', (column) => column.notNull())
    .addColumn('pushed_at', text, (column) => column.notNull())
    .addColumn('listed_at', text, (column) => column.notNull())
    .addColumn('gone_at', text)
    .addColumn('scanned_push', text)
    .addColumn('scanned_at', text)
    .addColumn('problem', text)
    .addColumn('tries', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema.createIndex('repositories_by_network').on('repositories').column('network').execute();
  await db.schema
    .createTable('cursors')
    .addColumn('repository', text, (column) => column.notNull().references('repositories.key'))
    .addColumn('source', text, (column) => column.notNull())
    .addColumn('cursor', text, (column) => column.notNull())
    .addColumn('skipped', text, (column) => column.notNull())
    .addColumn('exposure', text, (column) => column.notNull())
    .addColumn('read_at', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('cursors_key', ['repository', 'source'])
    .execute();
  await db.schema
    .createTable('findings')
    .addColumn('repository', text, (column) => column.notNull().references('repositories.key'))
    .addColumn('source', text, (column) => column.notNull())
    .addColumn('id', text, (column) => column.notNull())
    .addColumn('rule', text, (column) => column.notNull())
    .addColumn('service', text)
    .addColumn('preview', text, (column) => column.notNull())
    .addColumn('verdict_state', text, (column) => column.notNull())
    .addColumn('again', 'integer', (column) => column.notNull())
    .addColumn('first_seen', text, (column) => column.notNull())
    .addColumn('last_seen', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('findings_key', ['repository', 'source', 'id'])
    .execute();
  await db.schema.createIndex('findings_by_id').on('findings').column('id').execute();
  await db.schema
    .createTable('leases')
    .addColumn('name', text, (column) => column.primaryKey())
    .addColumn('holder', text, (column) => column.notNull())
    .addColumn('until', text, (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('etags')
    .addColumn('url', text, (column) => column.primaryKey())
    .addColumn('etag', text, (column) => column.notNull())
    .addColumn('body', text, (column) => column.notNull())
    .addColumn('at', text, (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('turns')
    .addColumn('name', text, (column) => column.primaryKey())
    .addColumn('next_ms', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('marks')
    .addColumn('name', text, (column) => column.primaryKey())
    .addColumn('value', text, (column) => column.notNull())
    .execute();
}

import type { Exposure } from '../model/index.ts';
import type { RepositoryRow } from './fleet-schema.ts';
import type { Database } from './rows.ts';

/** A repository as its host lists it. Times are RFC 3339. */
export interface ListedRepository {
  /** `host/id`. */
  readonly key: string;
  readonly host: string;
  /** `owner/name`. */
  readonly name: string;
  /** Without credentials. */
  readonly url: string;
  readonly exposure: Exposure;
  readonly archived: boolean;
  readonly fork: boolean;
  readonly sizeKb: number;
  readonly pushedAt: string;
}

export interface KnownRepository extends ListedRepository {
  readonly network: string | null;
  readonly gone: boolean;
  /** Null: never read whole, or to be read again. */
  readonly scannedPush: string | null;
  readonly scannedAt: string | null;
  readonly problem: string | null;
  readonly tries: number;
}

/** The last pushed first. */
export async function repositories(db: Database): Promise<KnownRepository[]> {
  const rows = await db
    .selectFrom('repositories')
    .selectAll()
    .orderBy('pushed_at', 'desc')
    .orderBy('key')
    .execute();
  return rows.map(toRepository);
}

// Rows in one statement: far below the limits of bound values of both engines.
const BATCH = 200;

export async function listed(db: Database, found: readonly ListedRepository[], at: string): Promise<void> {
  const rows = [...new Map(found.map((one) => [one.key, one])).values()].map((one) => toRow(one, at));
  for (let from = 0; from < rows.length; from += BATCH) {
    await db
      .insertInto('repositories')
      .values(rows.slice(from, from + BATCH))
      .onConflict((conflict) =>
        conflict.column('key').doUpdateSet((row) => ({
          name: row.ref('excluded.name'),
          url: row.ref('excluded.url'),
          exposure: row.ref('excluded.exposure'),
          archived: row.ref('excluded.archived'),
          size_kb: row.ref('excluded.size_kb'),
          pushed_at: row.ref('excluded.pushed_at'),
          listed_at: row.ref('excluded.listed_at'),
          gone_at: null,
          // Another circle of readers judges every key in it anew.
          scanned_push: row
            .case()
            .when('repositories.exposure', '=', row.ref('excluded.exposure'))
            .then(row.ref('repositories.scanned_push'))
            .else(null)
            .end(),
        })),
      )
      .execute();
  }
}

export async function gone(db: Database, keys: readonly string[], at: string): Promise<void> {
  for (let from = 0; from < keys.length; from += BATCH) {
    await db
      .updateTable('repositories')
      .set({ gone_at: at })
      .where('key', 'in', keys.slice(from, from + BATCH))
      .where('gone_at', 'is', null)
      .execute();
  }
}

export async function networkOf(db: Database, key: string, network: string): Promise<void> {
  await db.updateTable('repositories').set({ network }).where('key', '=', key).execute();
}

export async function troubled(db: Database, key: string, why: string): Promise<void> {
  await db
    .updateTable('repositories')
    .set((row) => ({ problem: why.slice(0, 500), tries: row('tries', '+', 1) }))
    .where('key', '=', key)
    .execute();
}

function toRow(one: ListedRepository, at: string): RepositoryRow {
  return {
    key: one.key,
    host: one.host,
    name: one.name,
    url: one.url,
    exposure: one.exposure,
    archived: Number(one.archived),
    fork: Number(one.fork),
    network: one.fork ? null : one.key,
    size_kb: one.sizeKb,
    pushed_at: one.pushedAt,
    listed_at: at,
    gone_at: null,
    scanned_push: null,
    scanned_at: null,
    problem: null,
    tries: 0,
  };
}

function toRepository(row: RepositoryRow): KnownRepository {
  return {
    key: row.key,
    host: row.host,
    name: row.name,
    url: row.url,
    exposure: row.exposure as Exposure,
    archived: row.archived === 1,
    fork: row.fork === 1,
    network: row.network,
    sizeKb: Number(row.size_kb),
    pushedAt: row.pushed_at,
    gone: row.gone_at !== null,
    scannedPush: row.scanned_push,
    scannedAt: row.scanned_at,
    problem: row.problem,
    tries: row.tries,
  };
}

import { sql } from 'kysely';
import type { Exposure } from '../model/index.ts';
import type { RepositoryRow } from './fleet-schema.ts';
import type { Database } from './rows.ts';

/** Where a page ended: the next one goes on behind it. */
export type PageEnd = Pick<KnownRepository, 'pushedAt' | 'key'>;

/** How many there are, of those that are still there but for `gone`. */
export interface RepositoryCounts {
  readonly known: number;
  /** Since the time that was asked for. */
  readonly scanned: number;
  /** Read up to their last push. */
  readonly current: number;
  readonly troubled: number;
  readonly gone: number;
}

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

export async function repository(db: Database, key: string): Promise<KnownRepository | undefined> {
  const row = await db.selectFrom('repositories').selectAll().where('key', '=', key).executeTakeFirst();
  return row && toRepository(row);
}

export async function repositoryAt(db: Database, url: string): Promise<KnownRepository | undefined> {
  const row = await db
    .selectFrom('repositories')
    .selectAll()
    .where('url', '=', url)
    .where('gone_at', 'is', null)
    .executeTakeFirst();
  return row && toRepository(row);
}

export async function repositoriesOf(db: Database, keys: readonly string[]): Promise<KnownRepository[]> {
  const found: KnownRepository[] = [];
  for (let from = 0; from < keys.length; from += BATCH) {
    const rows = await db
      .selectFrom('repositories')
      .selectAll()
      .where('key', 'in', keys.slice(from, from + BATCH))
      .execute();
    for (const row of rows) found.push(toRepository(row));
  }
  return found;
}

/**
 * A page of those that are not read up to their last push, the last pushed first.
 * @param sweptBefore every one that was last scanned before then, pushed to or not
 */
export async function due(
  db: Database,
  host: string,
  options: { readonly after?: PageEnd | undefined; readonly sweptBefore?: string; readonly limit: number },
): Promise<KnownRepository[]> {
  const { after, sweptBefore, limit } = options;
  const rows = await db
    .selectFrom('repositories')
    .selectAll()
    .where('host', '=', host)
    .where('gone_at', 'is', null)
    // As the partial index says it.
    .$if(sweptBefore === undefined, (query) =>
      query.where((eb) =>
        eb.or([
          eb('scanned_push', 'is', null),
          eb('scanned_push', '<>', eb.ref('pushed_at')),
          eb('problem', 'is not', null),
        ]),
      ),
    )
    .$if(sweptBefore !== undefined, (query) =>
      query.where((eb) => eb.or([eb('scanned_at', 'is', null), eb('scanned_at', '<', sweptBefore ?? '')])),
    )
    .$if(after !== undefined, (query) =>
      query
        .where('pushed_at', '<=', after?.pushedAt ?? '')
        .where((eb) =>
          eb.or([eb('pushed_at', '<', after?.pushedAt ?? ''), eb('key', '>', after?.key ?? '')]),
        ),
    )
    .orderBy('pushed_at', 'desc')
    .orderBy('key')
    .limit(limit)
    .execute();
  return rows.map(toRepository);
}

export async function counts(db: Database, since: string): Promise<RepositoryCounts> {
  const row = await db
    .selectFrom('repositories')
    .select((eb) => [
      eb.fn.countAll().as('all'),
      eb.fn.count('gone_at').as('gone'),
      eb.fn
        .sum<number | null>(
          eb
            .case()
            .when(eb.and([eb('gone_at', 'is', null), eb('scanned_at', '>=', since)]))
            .then(1)
            .else(0)
            .end(),
        )
        .as('scanned'),
      eb.fn
        .sum<number | null>(
          eb
            .case()
            .when(eb.and([eb('gone_at', 'is', null), eb('scanned_push', '=', eb.ref('pushed_at'))]))
            .then(1)
            .else(0)
            .end(),
        )
        .as('current'),
      eb.fn
        .sum<number | null>(
          eb
            .case()
            .when(eb.and([eb('gone_at', 'is', null), eb('problem', 'is not', null)]))
            .then(1)
            .else(0)
            .end(),
        )
        .as('troubled'),
    ])
    .executeTakeFirstOrThrow();
  const gone = Number(row.gone);
  return {
    known: Number(row.all) - gone,
    scanned: Number(row.scanned ?? 0),
    current: Number(row.current ?? 0),
    troubled: Number(row.troubled ?? 0),
    gone,
  };
}

export async function problems(
  db: Database,
  limit: number,
): Promise<{ readonly name: string; readonly problem: string; readonly tries: number }[]> {
  const rows = await db
    .selectFrom('repositories')
    .select(['name', 'problem', 'tries'])
    .where('gone_at', 'is', null)
    // So that the index of those that are due is enough.
    .where((eb) =>
      eb.or([
        eb('scanned_push', 'is', null),
        eb('scanned_push', '<>', eb.ref('pushed_at')),
        eb('problem', 'is not', null),
      ]),
    )
    .where('problem', 'is not', null)
    .orderBy('name')
    .limit(limit)
    .execute();
  return rows.map(({ problem, ...rest }) => ({ ...rest, problem: problem ?? '' }));
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

/** What a whole listing of an owner, begun at `before`, did not name. @returns how many that are */
export async function unlisted(
  db: Database,
  host: string,
  owner: string,
  before: string,
  at: string,
): Promise<number> {
  const pattern = `${owner.toLowerCase().replace(/[\\%_]/g, '\\$&')}/%`;
  const { numUpdatedRows } = await db
    .updateTable('repositories')
    .set({ gone_at: at })
    .where('host', '=', host)
    .where(sql<boolean>`lower(name) like ${pattern} escape '\\'`)
    .where('listed_at', '<', before)
    .where('gone_at', 'is', null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
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

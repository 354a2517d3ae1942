import type { Exposure, Fingerprint, Skipped, Verdict } from '../model/index.ts';
import { hold } from './engine.ts';
import { type Database, fromJson, type Tx } from './rows.ts';

/** Runs one statement inside the transaction: what a queue on the same database needs to send its jobs along. */
export type SqlRunner = (text: string, values: readonly unknown[]) => Promise<readonly unknown[]>;

export interface SeenFinding {
  readonly id: Fingerprint;
  readonly rule: string;
  readonly service: string | null;
  readonly preview: string;
  readonly verdict: Verdict;
  /** Nobody could tell, for a passing reason. */
  readonly again: boolean;
}

/** What reading one source of a repository came to. */
export interface ScannedSource {
  readonly source: string;
  readonly cursor: string;
  readonly skipped: readonly Skipped[];
  readonly findings: readonly SeenFinding[];
  /** From its beginning, and not only what was new. */
  readonly whole: boolean;
}

export interface Scanned {
  readonly repository: string;
  readonly exposure: Exposure;
  /** `pushed_at` that the scan answers to; undefined: it looked at other things, and that stays as it is. */
  readonly push: string | undefined;
  /** A source has not come to its end, and nothing is wrong: the repository stays due. */
  readonly more?: boolean;
  readonly sources: readonly ScannedSource[];
  /** What stopped other sources, in words without a secret; they are tried again. */
  readonly problem: string | undefined;
}

/** A repository that holds a key which is not done with. */
export interface Attention {
  readonly repository: string;
  /** In which of its sources it stands. */
  readonly source: string;
  /** An order went out, and nobody knows what came of it. */
  readonly intended: boolean;
  readonly live: boolean;
  readonly exposure: Exposure;
  /** The issuer could not be reached. */
  readonly again: boolean;
  readonly approved: boolean;
  /** When the issuer last answered; undefined: never. */
  readonly checkedAt: string | undefined;
}

export async function commit(
  db: Database,
  scanned: Scanned,
  at: string,
  also: ((sql: SqlRunner) => Promise<void>) | undefined,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await hold(tx, [scanned.repository]);
    for (const source of scanned.sources) await write(tx, scanned, source, at);
    const through = scanned.problem === undefined;
    await tx
      .updateTable('repositories')
      .set((row) => ({
        scanned_at: at,
        problem: scanned.problem?.slice(0, 500) ?? null,
        tries: through ? 0 : row('tries', '+', 1),
        ...pushOf(scanned),
      }))
      .where('key', '=', scanned.repository)
      .execute();
    await also?.(runnerOf(tx));
  });
}

function pushOf({ problem, push, more }: Scanned): { scanned_push?: string | null } {
  if (more === true) return { scanned_push: null };
  return problem === undefined && push !== undefined ? { scanned_push: push } : {};
}

async function write(tx: Tx, scanned: Scanned, source: ScannedSource, at: string): Promise<void> {
  const { repository, exposure } = scanned;
  const cursor = {
    cursor: source.cursor,
    skipped: JSON.stringify(source.skipped),
    exposure,
    read_at: at,
  };
  await tx
    .insertInto('cursors')
    .values({ repository, source: source.source, ...cursor })
    .onConflict((conflict) => conflict.columns(['repository', 'source']).doUpdateSet(cursor))
    .execute();
  if (source.whole) {
    await tx
      .updateTable('findings')
      .set({ again: 0 })
      .where('repository', '=', repository)
      .where('source', '=', source.source)
      .execute();
  }
  for (const finding of source.findings) {
    const { id, rule, service, preview } = finding;
    const seen = {
      rule,
      service,
      preview,
      verdict_state: finding.verdict.state,
      again: Number(finding.again),
      last_seen: at,
    };
    await tx
      .insertInto('findings')
      .values({ repository, source: source.source, id, first_seen: at, ...seen })
      .onConflict((conflict) => conflict.columns(['repository', 'source', 'id']).doUpdateSet(seen))
      .execute();
  }
}

function runnerOf(tx: Tx): SqlRunner {
  return async (text, values) => {
    const { CompiledQuery } = await import('kysely');
    return (await tx.executeQuery(CompiledQuery.raw(text, [...values]))).rows;
  };
}

export async function attention(db: Database): Promise<Attention[]> {
  const rows = await db
    .selectFrom('findings')
    .leftJoin('incidents', (join) =>
      join.onRef('incidents.id', '=', 'findings.id').on('incidents.state', '<>', 'closed'),
    )
    .select([
      'findings.repository',
      'findings.source',
      'findings.again',
      'incidents.state',
      'incidents.exposure',
      'incidents.verdict',
      'incidents.verdict_state',
      'incidents.approval',
    ])
    .where((where) => where.or([where('findings.again', '=', 1), where('incidents.state', 'is not', null)]))
    .orderBy('findings.repository')
    .execute();
  return rows.map((row) => ({
    repository: row.repository,
    source: row.source,
    intended: row.state === 'intended',
    live: row.state !== null && (row.verdict_state === 'live' || row.verdict_state === 'limited'),
    exposure: (row.exposure ?? 'unknown') as Exposure,
    again: row.again === 1,
    approved: row.approval !== null,
    checkedAt: row.verdict === null ? undefined : fromJson<Verdict>(row.verdict).checkedAt,
  }));
}

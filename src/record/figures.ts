// The numbers behind the charts, counted in the database: as many rows as a chart has points come out, whatever the ledger holds.

import { sql } from 'kysely';
import type { Database } from './rows.ts';

export interface Group {
  readonly name: string;
  readonly open: number;
  readonly closed: number;
}

export interface Figures {
  /** Keys that were known to live at the end of each day, oldest first; the last one is today. */
  readonly live: readonly { readonly day: string; readonly count: number }[];
  /** How long burned keys had lain open, from the oldest commit that has them to the proof. */
  readonly spans: readonly { readonly name: string; readonly count: number }[];
  /** Seconds; undefined where nothing was burned so far. */
  readonly medianSpan: number | undefined;
  /** Most open ones first; `rest` counts those that are left out. */
  readonly services: readonly Group[];
  readonly repositories: readonly Group[];
}

const MOST_GROUPS = 10;
const DAY_MS = 86_400_000;
const HOUR = 3600;

/** Upper bounds in seconds, not included. */
const SPANS: readonly (readonly [name: string, below: number])[] = [
  ['under a minute', 60],
  ['under 10 minutes', 600],
  ['under an hour', HOUR],
  ['under a day', 24 * HOUR],
  ['under a week', 7 * 24 * HOUR],
  ['under 30 days', 30 * 24 * HOUR],
  ['longer', Number.MAX_SAFE_INTEGER],
];

export async function figures(db: Database, now: Date, days: number): Promise<Figures> {
  return {
    live: await liveByDay(db, now, days),
    spans: await spans(db),
    medianSpan: await median(db),
    services: await groups(db, 'service'),
    repositories: await groups(db, 'repository'),
  };
}

async function liveByDay(db: Database, now: Date, days: number): Promise<Figures['live']> {
  const start = new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS - (days - 1) * DAY_MS).toISOString();
  const counted = async (column: 'first_seen' | 'ended_at') => {
    const before = await db
      .selectFrom('cards')
      .select((select) => select.fn.countAll().as('count'))
      .where('lived', '=', 1)
      .where(column, '<', start)
      .executeTakeFirstOrThrow();
    const day = sql<string>`substr(${sql.ref(column)}, 1, 10)`;
    const rows = await db
      .selectFrom('cards')
      .select((select) => [day.as('day'), select.fn.countAll().as('count')])
      .where('lived', '=', 1)
      .where(column, '>=', start)
      .groupBy(day)
      .execute();
    return {
      before: Number(before.count),
      byDay: new Map(rows.map((row) => [row.day, Number(row.count)])),
    };
  };
  const opened = await counted('first_seen');
  const ended = await counted('ended_at');
  let count = opened.before - ended.before;
  return Array.from({ length: days }, (_, index) => {
    const day = new Date(Date.parse(start) + index * DAY_MS).toISOString().slice(0, 10);
    count += (opened.byDay.get(day) ?? 0) - (ended.byDay.get(day) ?? 0);
    return { day, count };
  });
}

async function spans(db: Database): Promise<Figures['spans']> {
  const row = await db
    .selectFrom('cards')
    .select((select) =>
      SPANS.map(([, below], index) => {
        const from = SPANS[index - 1]?.[1] ?? 0;
        return select.fn
          .sum<number | string | null>(
            sql`case when burned_after >= ${sql.lit(from)} and burned_after < ${sql.lit(below)} then 1 else 0 end`,
          )
          .as(`span${index}`);
      }),
    )
    .where('burned_after', 'is not', null)
    .executeTakeFirst();
  const counted: Readonly<Record<string, unknown>> = row ?? {};
  return SPANS.map(([name], index) => ({ name, count: Number(counted[`span${index}`] ?? 0) }));
}

async function median(db: Database): Promise<number | undefined> {
  const burned = db.selectFrom('cards').where('burned_after', 'is not', null);
  const all = await burned.select((select) => select.fn.countAll().as('count')).executeTakeFirstOrThrow();
  const middle = await burned
    .select('burned_after')
    .orderBy('burned_after')
    .limit(1)
    .offset(Math.max(0, Math.floor((Number(all.count) - 1) / 2)))
    .executeTakeFirst();
  return middle?.burned_after ?? undefined;
}

async function groups(db: Database, column: 'service' | 'repository'): Promise<readonly Group[]> {
  const rows = await db
    .selectFrom('cards')
    .select((select) => [
      `${column} as name` as const,
      select.fn.sum<number | string>(sql`case when phase = 'open' then 1 else 0 end`).as('open'),
      select.fn.countAll().as('all'),
    ])
    .groupBy(column)
    .orderBy('open', 'desc')
    .orderBy('all', 'desc')
    .orderBy('name')
    .limit(MOST_GROUPS)
    .execute();
  return rows.map((row) => ({
    name: row.name,
    open: Number(row.open),
    closed: Number(row.all) - Number(row.open),
  }));
}

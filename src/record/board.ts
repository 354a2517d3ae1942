// What the incidents page reads. The law: no question costs more than a bounded number of rows: lists are paged by key, not by
// offset, and counts stop at a limit that the answer names.

import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely';
import type { Fingerprint, Incident, Place } from '../model/index.ts';
import type { CardRow } from './board-schema.ts';
import type { Sort, Tab } from './board-tabs.ts';
import { locked } from './engine.ts';
import { type Figures, figures } from './figures.ts';
import { type Ruled, rule } from './journal.ts';
import { addStep, type Database, fromJson, toIncident } from './rows.ts';
import type { Tables } from './schema.ts';

/** Where a page of a list ends: the sort columns of its last card. */
export type BoardCursor = readonly (string | number)[];

export interface BoardQuery {
  readonly tab: Tab;
  readonly sort: Sort;
  /** Every word must be somewhere in title, preview, id, issuer, rule, repository, path or author. */
  readonly text?: string;
  readonly service?: string;
  readonly exposure?: string;
  readonly verdict?: string;
  readonly severity?: string;
  readonly repository?: string;
  readonly after?: BoardCursor;
  readonly before?: BoardCursor;
  readonly limit: number;
}

export interface Card {
  /** With its first place alone: one key may stand in thousands of versions of a file. */
  readonly incident: Incident;
  readonly places: number;
  readonly repository: string;
  readonly snoozedUntil: string | null;
  readonly leakedAt: string | null;
  readonly owner: string | null;
  readonly usedAt: string | null;
}

export type CardFacts = Omit<Card, 'incident' | 'places'>;

/** A number that stops at `COUNT_LIMIT`: `more` says that there are more. */
export interface Count {
  readonly count: number;
  readonly more: boolean;
}

export interface BoardPage {
  readonly cards: readonly Card[];
  readonly next: BoardCursor | undefined;
  readonly previous: BoardCursor | undefined;
  readonly matches: Count;
}

/** One message about an incident, on its way or there. */
export interface Told {
  readonly channel: string;
  readonly kind: string;
  readonly at: string;
  readonly sentAt: string | null;
  readonly error: string | null;
}

export interface Board {
  list(query: BoardQuery): Promise<BoardPage>;
  counts(): Promise<Readonly<Record<Exclude<Tab, 'all'>, Count>>>;
  /** Issuers that there are incidents of, by name. */
  services(): Promise<readonly string[]>;
  figures(days: number): Promise<Figures>;
  card(id: Fingerprint): Promise<CardFacts | undefined>;
  told(id: Fingerprint): Promise<readonly Told[]>;
  snooze(id: Fingerprint, by: string, reason: string, until: Date): Promise<Ruled>;
  wake(id: Fingerprint, by: string, reason: string): Promise<Ruled>;
  /** A person's word that something is done at once: in the trail before it is tried. */
  asked(id: Fingerprint, by: string, note: string): Promise<Ruled>;
  /** The issuer's word. */
  learned(id: Fingerprint, about: { readonly owner?: string; readonly usedAt?: string }): Promise<void>;
}

export const COUNT_LIMIT = 10_000;
const MOST_WORDS = 6;

const COLUMNS: Readonly<Record<Sort, readonly (keyof CardRow)[]>> = {
  urgent: ['phase', 'urgency', 'last_seen', 'id'],
  recent: ['phase', 'last_seen', 'id'],
  newest: ['phase', 'first_seen', 'id'],
};

type Cards = SelectQueryBuilder<Tables, 'cards', object>;

export function createBoard(db: Database, now: () => Date): Board {
  const at = (): string => now().toISOString();
  return {
    async list(query) {
      const columns = COLUMNS[query.sort];
      const back = query.before !== undefined;
      const from = query.before ?? query.after;
      let ids = matching(db.selectFrom('cards'), query, at());
      if (from !== undefined && fits(from, columns)) {
        ids = ids.where(sql<boolean>`(${refs(columns)}) ${sql.raw(back ? '>' : '<')} (${sql.join(from)})`);
      }
      for (const column of columns) ids = ids.orderBy(column, back ? 'asc' : 'desc');
      const found = await ids
        .selectAll('cards')
        .limit(query.limit + 1)
        .execute();
      const more = found.length > query.limit;
      const rows = found.slice(0, query.limit);
      if (back) rows.reverse();
      const cards = await withIncidents(db, rows);
      const cursor = (row: CardRow | undefined): BoardCursor | undefined =>
        row === undefined ? undefined : columns.map((column) => row[column] ?? '');
      return {
        cards,
        next: back || more ? cursor(rows.at(-1)) : undefined,
        previous: (back && more) || (!back && from !== undefined) ? cursor(rows[0]) : undefined,
        // A list that fits on one page has counted itself.
        matches:
          from === undefined && !more
            ? { count: rows.length, more: false }
            : await count(db, matching(db.selectFrom('cards'), query, at())),
      };
    },

    async counts() {
      const one = (tab: Tab): Promise<Count> =>
        count(db, matching(db.selectFrom('cards'), { tab, sort: 'urgent', limit: 0 }, at()));
      return { open: await one('open'), snoozed: await one('snoozed'), closed: await one('closed') };
    },

    async services() {
      const rows = await db.selectFrom('cards').select('service').distinct().orderBy('service').execute();
      return rows.map((row) => row.service).filter((service) => service !== '');
    },

    figures: (days) => figures(db, now(), days),

    async card(id) {
      const row = await db.selectFrom('cards').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? undefined : facts(row);
    },

    async told(id) {
      const rows = await db
        .selectFrom('outbox')
        .select(['channel', 'kind', 'created_at', 'sent_at', 'last_error'])
        .where('incident_id', '=', id)
        .orderBy('seq')
        .execute();
      return rows.map((row) => ({
        channel: row.channel,
        kind: row.kind,
        at: row.created_at,
        sentAt: row.sent_at,
        error: row.last_error,
      }));
    },

    async snooze(id, by, reason, until) {
      const time = until.toISOString();
      const note = `until ${time.slice(0, 10)}: ${reason}`;
      const ruled = await rule(db, id, 'snoozed', { at: at(), by, reason: note }, (row) =>
        row.state === 'closed' ? 'closed' : {},
      );
      if (ruled === 'done')
        await db.updateTable('cards').set({ snoozed_until: time }).where('id', '=', id).execute();
      return ruled;
    },

    async wake(id, by, reason) {
      const ruled = await rule(db, id, 'woken', { at: at(), by, reason }, (row) =>
        row.state === 'closed' ? 'closed' : {},
      );
      if (ruled === 'done')
        await db.updateTable('cards').set({ snoozed_until: null }).where('id', '=', id).execute();
      return ruled;
    },

    asked: (id, by, note) => rule(db, id, 'asked', { at: at(), by, reason: note }, () => ({})),

    async learned(id, about) {
      await locked(db, [id], async (tx) => {
        const known = await tx
          .selectFrom('cards')
          .select(['owner', 'used_at'])
          .where('id', '=', id)
          .executeTakeFirst();
        if (known === undefined) return;
        const owner = about.owner?.slice(0, 200).toWellFormed().replaceAll('\0', '') ?? known.owner;
        const usedAt = about.usedAt ?? known.used_at;
        if (owner === known.owner && usedAt === known.used_at) return;
        await tx.updateTable('cards').set({ owner, used_at: usedAt }).where('id', '=', id).execute();
        if (owner !== known.owner && owner !== null)
          await addStep(tx, id, {
            at: at(),
            who: 'keyburn',
            what: 'learned',
            note: `its issuer names the owner: ${owner}`,
          });
      });
    },
  };
}

/** A cursor comes out of an address, so it may be anything. */
function fits(from: BoardCursor, columns: readonly (keyof CardRow)[]): boolean {
  return (
    from.length === columns.length &&
    columns.every((column, index) => typeof from[index] === (column === 'urgency' ? 'number' : 'string'))
  );
}

function refs(columns: readonly (keyof CardRow)[]): RawBuilder<unknown> {
  return sql.join(columns.map((column) => sql.ref(column)));
}

function matching(cards: Cards, query: BoardQuery, at: string): Cards {
  let found = cards;
  switch (query.tab) {
    case 'open':
      found = found
        .where('phase', '=', 'open')
        .where((where) => where.or([where('snoozed_until', 'is', null), where('snoozed_until', '<=', at)]));
      break;
    case 'snoozed':
      found = found.where('phase', '=', 'open').where('snoozed_until', '>', at);
      break;
    case 'closed':
      found = found.where('phase', '=', 'closed');
      break;
    case 'all':
      break;
  }
  if (query.service !== undefined) found = found.where('service', '=', query.service);
  if (query.repository !== undefined) found = found.where('repository', '=', query.repository);
  if (query.exposure !== undefined) found = found.where('exposure', '=', query.exposure);
  if (query.verdict !== undefined) found = found.where('verdict_state', '=', query.verdict);
  if (query.severity !== undefined) found = found.where('severity', '=', query.severity);
  for (const word of (query.text ?? '').toLowerCase().split(/\s+/).filter(Boolean).slice(0, MOST_WORDS)) {
    const pattern = `%${word.replace(/[\\%_]/g, (mark) => `\\${mark}`)}%`;
    found = found.where(sql<boolean>`search like ${pattern} escape '\\'`);
  }
  return found;
}

async function count(db: Database, cards: Cards): Promise<Count> {
  const some = cards
    .select('cards.id')
    .limit(COUNT_LIMIT + 1)
    .as('some');
  const row = await db
    .selectFrom(some)
    .select((column) => column.fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  const number = Number(row.count);
  return { count: Math.min(number, COUNT_LIMIT), more: number > COUNT_LIMIT };
}

async function withIncidents(db: Database, rows: readonly CardRow[]): Promise<Card[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const incidents = await db.selectFrom('incidents').selectAll().where('id', 'in', ids).execute();
  const places = await firstPlaces(db, ids);
  const byId = new Map(incidents.map((row) => [row.id, row]));
  return rows.flatMap((row) => {
    const incident = byId.get(row.id);
    const first = places.get(row.id);
    if (incident === undefined || first === undefined) return [];
    const place = fromJson<Place>(first.place);
    return [{ incident: toIncident(incident, [place]), places: Number(first.count), ...facts(row) }];
  });
}

async function firstPlaces(db: Database, ids: readonly string[]) {
  const ranked = db
    .selectFrom('places')
    .select([
      'incident_id',
      'place',
      sql<number>`row_number() over (partition by incident_id order by last_seen desc, position, identity)`.as(
        'nth',
      ),
      sql<number | string>`count(*) over (partition by incident_id)`.as('count'),
    ])
    .where('incident_id', 'in', ids)
    .as('ranked');
  const rows = await db.selectFrom(ranked).selectAll().where('nth', '=', 1).execute();
  return new Map(rows.map((row) => [row.incident_id, row]));
}

function facts(row: CardRow): CardFacts {
  return {
    repository: row.repository,
    snoozedUntil: row.snoozed_until,
    leakedAt: row.leaked_at,
    owner: row.owner,
    usedAt: row.used_at,
  };
}

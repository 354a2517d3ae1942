// What org-wide scans remember. The law: up to where a source was read is written in the transaction that writes what was found
// there, and the next jobs with it; so a worker that is killed at any moment leaves either all of it or nothing.

import type { Exposure, Fingerprint, Incident, Receipt, Skipped } from '../model/index.ts';
import { light } from './engine.ts';
import { type Attention, attention, commit, type Scanned, type SqlRunner } from './fleet-commit.ts';
import {
  counts,
  due,
  gone,
  type KnownRepository,
  type ListedRepository,
  listed,
  networkOf,
  type PageEnd,
  problems,
  type RepositoryCounts,
  repositories,
  repositoriesOf,
  repository,
  repositoryAt,
  troubled,
  unlisted,
} from './fleet-repositories.ts';
import { type Claim, claim, release, renew, turn } from './leases.ts';
import { type Database, fromJson } from './rows.ts';

export interface Cursor {
  readonly cursor: string;
  readonly skipped: readonly Skipped[];
  /** The readers' circle that it was written under. */
  readonly exposure: Exposure;
  readonly readAt: string;
}

export interface CursorHead {
  readonly repository: string;
  readonly source: string;
  /** At most `HEAD_LENGTH` characters. */
  readonly head: string;
  readonly readAt: string;
}

const HEAD_LENGTH = 1_000;
/** Repositories in one statement: far below the limits of bound values of both engines. */
const HEADS = 1_000;
/** Of a fork network so many cursors bound what is new: more would only cost. */
const NETWORK = 100;

export interface FleetStore {
  /** All of them: not for what is done once for each. */
  repositories(): Promise<readonly KnownRepository[]>;
  repository(key: string): Promise<KnownRepository | undefined>;
  /** By its address, without credentials. */
  repositoryAt(url: string): Promise<KnownRepository | undefined>;
  repositoriesOf(keys: readonly string[]): Promise<readonly KnownRepository[]>;
  /** A page of those that are not read up to their last push, the last pushed first. @param sweptBefore all that were not scanned since */
  due(
    host: string,
    options: { readonly after?: PageEnd | undefined; readonly sweptBefore?: string; readonly limit: number },
  ): Promise<readonly KnownRepository[]>;
  counts(since: string): Promise<RepositoryCounts>;
  problems(
    limit: number,
  ): Promise<readonly { readonly name: string; readonly problem: string; readonly tries: number }[]>;
  /** Takes over what a listing says: by id, so that a renamed repository keeps its history. */
  listed(found: readonly ListedRepository[]): Promise<void>;
  /** They are not there any more. */
  gone(keys: readonly string[]): Promise<void>;
  /** Those of an owner that a whole listing, begun at `before`, did not name. @returns how many that are */
  unlisted(host: string, owner: string, before: Date): Promise<number>;
  setNetwork(repository: string, network: string): Promise<void>;

  cursor(repository: string, source: string): Promise<Cursor | undefined>;
  /** How the cursors of these sources begin, in some repositories: what a source wants to be known by without being read. */
  heads(sources: readonly string[], repositories: readonly string[]): Promise<readonly CursorHead[]>;
  /** Cursors of the other repositories of a fork network, for one source. */
  networkCursors(repository: KnownRepository, source: string): Promise<readonly Cursor[]>;
  /** Findings, cursors and whatever else (the next jobs) in one transaction. */
  commit(scanned: Scanned, also?: (sql: SqlRunner) => Promise<void>): Promise<void>;
  /** A try that came to nothing. @param why words without a secret */
  troubled(repository: string, why: string): Promise<void>;
  /** Repositories whose keys are not done with: an order without a receipt, a live key, an issuer that could not be reached. */
  attention(): Promise<readonly Attention[]>;
  /** Of which repositories an incident's key was found in. */
  foundIn(repository: string): Promise<ReadonlySet<Fingerprint>>;

  /** Takes a name for a while; false where somebody else has it. */
  claim(name: string, holder: string, forMs: number): Promise<Claim>;
  /** Keeps them for longer. @returns those that were not lost */
  renew(names: readonly string[], holder: string, forMs: number): Promise<ReadonlySet<string>>;
  release(name: string, holder: string): Promise<void>;
  /** Joins the queue of that name, which all workers share, and moves one place on each `everyMs`. @returns ms to wait */
  turn(name: string, everyMs: number): Promise<number>;

  etag(url: string): Promise<{ readonly etag: string; readonly body: string } | undefined>;
  keepEtag(url: string, etag: string, body: string): Promise<void>;
  mark(name: string): Promise<string | undefined>;
  setMark(name: string, value: string): Promise<void>;
  /** Gaps that were left by earlier scans, by repository name. */
  gaps(): Promise<
    readonly { readonly repository: string; readonly source: string; readonly skipped: readonly Skipped[] }[]
  >;
  /** Keys that were first seen, and those that were proved dead, since then. */
  keysSince(from: string): Promise<{ readonly found: number; readonly burned: number }>;
  /** Open incidents of usable keys, oldest first, with when they were first seen. */
  alive(): Promise<
    readonly Pick<Incident, 'id' | 'firstSeen' | 'exposure' | 'service' | 'preview' | 'title'>[]
  >;
}

export function createFleetStore(db: Database, now: () => Date): FleetStore {
  const at = (): string => now().toISOString();
  return {
    repositories: () => repositories(db),
    repository: (key) => repository(db, key),
    repositoryAt: (url) => repositoryAt(db, url),
    repositoriesOf: (keys) => repositoriesOf(db, keys),
    due: (host, options) => due(db, host, options),
    counts: (since) => counts(db, since),
    problems: (limit) => problems(db, limit),
    unlisted: (host, owner, before) => unlisted(db, host, owner, before.toISOString(), at()),
    listed: (found) => listed(db, found, at()),
    gone: (keys) => gone(db, keys, at()),
    setNetwork: (repository, network) => networkOf(db, repository, network),
    troubled: (repository, why) => troubled(db, repository, why),
    commit: (scanned, also) => commit(db, scanned, at(), also),
    attention: () => attention(db),
    claim: (name, holder, forMs) => claim(db, name, holder, now(), forMs),
    renew: (names, holder, forMs) => renew(db, names, holder, now(), forMs),
    release: (name, holder) => release(db, name, holder),
    turn: (name, everyMs) => turn(db, name, everyMs, now()),

    async cursor(repository, source) {
      const row = await db
        .selectFrom('cursors')
        .selectAll()
        .where('repository', '=', repository)
        .where('source', '=', source)
        .executeTakeFirst();
      return row && toCursor(row);
    },

    async heads(sources, keys) {
      const heads: CursorHead[] = [];
      if (sources.length === 0) return heads;
      for (let from = 0; from < keys.length; from += HEADS) {
        const rows = await db
          .selectFrom('cursors')
          .select((row) => [
            'repository',
            'source',
            'read_at',
            row.fn<string>('substr', ['cursor', row.lit(1), row.lit(HEAD_LENGTH)]).as('head'),
          ])
          .where('repository', 'in', keys.slice(from, from + HEADS))
          .where('source', 'in', [...sources])
          .execute();
        heads.push(...rows.map(({ read_at: readAt, ...row }) => ({ ...row, readAt })));
      }
      return heads;
    },

    async networkCursors({ key, network }, source) {
      if (network === null) return [];
      const rows = await db
        .selectFrom('cursors')
        .innerJoin('repositories', 'repositories.key', 'cursors.repository')
        .selectAll('cursors')
        .where('repositories.network', '=', network)
        .where('repositories.key', '<>', key)
        .where('cursors.source', '=', source)
        .orderBy('cursors.read_at', 'desc')
        .orderBy('repositories.key')
        .limit(NETWORK)
        .execute();
      return rows.map(toCursor);
    },

    async foundIn(repository) {
      const rows = await db
        .selectFrom('findings')
        .select('id')
        .where('repository', '=', repository)
        .execute();
      return new Set(rows.map(({ id }) => id as Fingerprint));
    },

    async etag(url) {
      return db.selectFrom('etags').select(['etag', 'body']).where('url', '=', url).executeTakeFirst();
    },

    async keepEtag(url, etag, body) {
      const row = { etag, body, at: at() };
      await light(db, (tx) =>
        tx
          .insertInto('etags')
          .values({ url, ...row })
          .onConflict((conflict) => conflict.column('url').doUpdateSet(row))
          .execute(),
      );
    },

    async mark(name) {
      const row = await db.selectFrom('marks').select('value').where('name', '=', name).executeTakeFirst();
      return row?.value;
    },

    async setMark(name, value) {
      await db
        .insertInto('marks')
        .values({ name, value })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
        .execute();
    },

    async gaps() {
      const rows = await db
        .selectFrom('cursors')
        .innerJoin('repositories', 'repositories.key', 'cursors.repository')
        .select(['repositories.name', 'cursors.source', 'cursors.skipped'])
        .where('cursors.skipped', '<>', '[]')
        .where('repositories.gone_at', 'is', null)
        .orderBy('repositories.name')
        .orderBy('cursors.source')
        .execute();
      return rows.map(({ name, source, skipped }) => ({
        repository: name,
        source,
        skipped: fromJson<Skipped[]>(skipped),
      }));
    },

    async keysSince(from) {
      const { found } = await db
        .selectFrom('cards')
        .select(({ fn }) => fn.countAll().as('found'))
        .where('phase', 'in', ['open', 'closed'])
        .where('first_seen', '>=', from)
        .executeTakeFirstOrThrow();
      const ended = await db
        .selectFrom('cards')
        .innerJoin('incidents', 'incidents.id', 'cards.id')
        .select('incidents.receipt')
        .where('cards.lived', 'in', [0, 1])
        .where('cards.ended_at', '>=', from)
        .where('incidents.receipt', 'is not', null)
        .execute();
      const burned = ended.filter(({ receipt }) => {
        const { outcome, at: when } = fromJson<Receipt>(receipt ?? '');
        return when >= from && ['revoked', 'contained', 'already-dead'].includes(outcome);
      });
      return { found: Number(found), burned: burned.length };
    },

    async alive() {
      const rows = await db
        .selectFrom('incidents')
        .select(['id', 'first_seen', 'exposure', 'service', 'preview', 'title'])
        .where('state', '<>', 'closed')
        .where('verdict_state', 'in', ['live', 'limited'])
        .orderBy('first_seen')
        .orderBy('id')
        .execute();
      return rows.map(({ id, first_seen: firstSeen, exposure, ...rest }) => ({
        ...rest,
        id: id as Fingerprint,
        firstSeen,
        exposure: exposure as Exposure,
      }));
    },
  };
}

function toCursor(row: { cursor: string; skipped: string; exposure: string; read_at: string }): Cursor {
  return {
    cursor: row.cursor,
    skipped: fromJson<Skipped[]>(row.skipped),
    exposure: row.exposure as Exposure,
    readAt: row.read_at,
  };
}

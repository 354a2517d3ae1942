// One repository, all its sources, through the one pipeline. The law: whatever goes wrong in a source is named and stops that source
// alone; up to where each was read is written together with what was found in it.

import { emptyTally, type Tally } from '../find/index.ts';
import { type Entry, type Exposure, isUsable, SetupError, type Skipped, widest } from '../model/index.ts';
import { type Equipment, type Held, type KillList, run } from '../pipeline/index.ts';
import {
  type Cursor,
  type KnownRepository,
  keyLease,
  LeaseLost,
  type Ledger,
  type ScannedSource,
  type SeenFinding,
  type SqlRunner,
} from '../record/index.ts';
import { codeOwnersOf } from './codeowners.ts';
import { GitFault } from './git.ts';
import { type GitHub, GitHubFault } from './github.ts';
import type { Keeper } from './lease.ts';
import { networkOf } from './listing.ts';
import type { Mirrors } from './mirrors.ts';
import type { Pulse } from './pulse.ts';
import { ALL_OF_IT, type Source, type SourceTools } from './source.ts';

export interface FleetEquipment {
  /** Of a scan; its ledger is there. */
  readonly scan: Equipment;
  readonly ledger: Ledger;
  readonly github: GitHub;
  readonly mirrors: Mirrors;
  readonly sources: readonly Source[];
  /** Leases of this process. */
  readonly keeper: Keeper;
  /** Orders of all repositories that this process has in hand. */
  readonly kills: KillList;
  readonly signal: AbortSignal;
}

/** What a job knows of its end inside the transaction that ends it. */
export interface Ended {
  readonly problem: string | undefined;
  /** A later try may come through. */
  readonly passing: boolean;
  /** A key in it still works. */
  readonly alive: boolean;
  /** A source gave way to others before its end. */
  readonly more: boolean;
}

export interface RepositoryOutcome {
  /** Nothing was new. */
  readonly unchanged: boolean;
  readonly entries: readonly Entry[];
  readonly skipped: readonly Skipped[];
  /** What stopped sources, one line each. */
  readonly problems: readonly string[];
  /** What was read. */
  readonly tally: Pick<Tally, 'bytes' | 'files' | 'blobs' | 'commits' | 'binary'>;
  readonly alive: number;
  /** The credential is no good: what follows would fail in the same way. */
  readonly refused: boolean;
  readonly deleted: boolean;
  /** A source gave way to others before its end, and is to be asked again. */
  readonly more: boolean;
}

/** What of a repository is wanted. */
export interface Visit {
  /** True: all of it from its beginning; names: those sources are. */
  readonly whole: boolean | readonly string[];
  /** These sources alone; left out: all that were chosen. */
  readonly only?: readonly string[] | undefined;
  readonly pulse?: Pulse | undefined;
}

/** Verdicts that say nothing of the key and may say more tomorrow. */
const PASSING = new Set(['throttled', 'timeout', 'unreachable', 'issuer-fault', 'not-asked']);

export type RepositoryLease = Held & { readonly name: string };

export interface RepositoryJobOptions extends Visit {
  /** Aborted where the job is somebody else's by now: it stops, and writes nothing. */
  readonly lost: AbortSignal;
  /** The lease that it is done under, where no queue says whose it is. */
  readonly lease?: RepositoryLease;
  /** Names the run that it belongs to; the process's own where it is left out. */
  readonly run?: string | undefined;
  /** Called when it waits for its orders, or for a key that is in other hands, and reads no more for now. */
  readonly parked?: () => void;
  /** Goes into the transaction that ends the job: the next jobs. */
  readonly also?: (sql: SqlRunner, ended: Ended) => Promise<void>;
}

export async function scanRepository(
  given: KnownRepository,
  options: RepositoryJobOptions,
  equipment: FleetEquipment,
): Promise<RepositoryOutcome> {
  const use = { ...equipment, signal: AbortSignal.any([equipment.signal, options.lost]) };
  const { fleet } = use.ledger;
  const began = { skipped: [] as Skipped[], problems: [] as string[], entries: [] as Entry[] };
  const tally = emptyTally();
  const state = {
    alive: 0,
    refused: false,
    passing: false,
    deleted: false,
    more: false,
  };
  const news = new Map<string, boolean>();
  const sources: ScannedSource[] = [];

  const fail = async (what: string, error: unknown): Promise<void> => {
    use.signal.throwIfAborted();
    if (error instanceof LeaseLost) throw error;
    if (isRefused(error)) state.refused = true;
    if (isPassing(error)) state.passing = true;
    if (error instanceof GitFault && error.trouble === 'missing' && (await isDeleted(given, use))) {
      state.deleted = true;
      began.problems.push('it was deleted, or hidden from this credential, while it was scanned');
    } else began.problems.push(`${what}: ${wordsOf(error)}`);
  };

  let repository = given;
  try {
    repository = await inNetwork(given, use);
  } catch (error) {
    await fail('fork network', error);
  }
  for (const source of use.sources) {
    if (state.refused || state.deleted) break;
    if (options.only?.includes(source.name) === false) continue;
    const known = await fleet.cursor(repository.key, source.name);
    // Another circle of readers judges every key anew.
    const circle = known === undefined || known.exposure === repository.exposure;
    const wanted = options.whole === true || (options.whole !== false && options.whole.includes(source.name));
    const whole = wanted || !circle;
    const collected = { entries: [] as Entry[], skipped: [] as Skipped[] };
    const tools: SourceTools = {
      github: use.github,
      mirrors: use.mirrors,
      whole,
      news: (name) => news.get(name),
      pulse: options.pulse,
      signal: use.signal,
      cursorsOf: (name) => cursorsOf(repository, name, sources, use.ledger),
      async run(target, reading) {
        const outcome = await run(
          [target],
          jobEquipment(repository, target, collected, options, use, reading),
        );
        for (const what of ['bytes', 'files', 'blobs', 'commits', 'binary'] as const)
          tally[what] += outcome.summary[what];
        state.alive += outcome.alive;
        collected.skipped.push(...outcome.summary.skipped.map((one) => named(one, target, source.name)));
      },
    };
    try {
      const read = await source.scan(repository, known?.cursor, tools);
      if (read.more === true) state.more = true;
      if (read.fault === undefined && read.more !== true) news.set(source.name, read.changed);
      began.entries.push(...collected.entries);
      const before = read.whole ? [] : (known?.skipped ?? []).filter((gap) => read.closes?.(gap) !== true);
      const gaps = distinct([...before, ...collected.skipped]);
      if (read.changed)
        began.skipped.push(
          ...collected.skipped.map(({ path, why }) => ({ path: `${source.name}: ${path}`, why })),
        );
      sources.push({
        source: source.name,
        cursor: read.cursor,
        skipped: gaps,
        findings: collected.entries.map(seen),
        whole: read.whole,
      });
      if (read.fault !== undefined) await fail(source.name, read.fault);
    } catch (error) {
      // What it found before it broke stays found; its cursor stays where it was, so all of it is read again.
      began.entries.push(...collected.entries);
      await fail(source.name, error);
    }
  }
  use.signal.throwIfAborted();
  if (state.deleted) await fleet.gone([repository.key]);
  const problem = began.problems.length === 0 ? undefined : began.problems.join('; ');
  const { also } = options;
  await fleet.commit(
    {
      repository: repository.key,
      exposure: repository.exposure,
      // Who looked at some sources alone cannot say that what was pushed has been read.
      push: options.only === undefined ? given.pushedAt : undefined,
      more: state.more,
      sources,
      problem,
      fence: options.lease,
    },
    also &&
      ((sql) =>
        also(sql, { problem, passing: state.passing, alive: began.entries.some(isAlive), more: state.more })),
  );
  const { alive, refused, deleted, more } = state;
  const unchanged = news.size > 0 && ![...news.values()].includes(true);
  return { ...began, unchanged, tally, alive, refused, deleted, more };
}

function jobEquipment(
  repository: KnownRepository,
  target: string,
  collected: { entries: Entry[] },
  { run: given, parked = () => undefined }: RepositoryJobOptions,
  use: FleetEquipment,
  reading: object,
): Equipment {
  const { scan, ledger } = use;
  const name = given ?? scan.run;
  const owners = codeOwnersOf(repository, use.github);
  return {
    ...scan,
    // No memory: cursors do better, and it would remember of one fork what stands in another.
    read: { ...withoutMemory(scan.read), ...reading, signal: use.signal },
    verifier: scan.verifier.fresh(),
    // Somebody else's unfinished order is somebody else's to finish: that repository's own job reads it whole.
    ledger: {
      ...ledger,
      unfinished: async (only) => (only === undefined ? [] : await ledger.unfinished(only)),
      unfinishedLogs: async () => (await ledger.unfinishedLogs()).filter(({ log }) => log.target === target),
    },
    reporter: {
      entry(entry) {
        collected.entries.push(entry);
        scan.reporter.entry(entry);
      },
      finish: () => undefined,
    },
    exposure: async (site) => (site.pushed === false ? 'local' : (site.exposure ?? repository.exposure)),
    lookedAfterBy: (place) => owners(place.path),
    hands: {
      take: (id) => use.keeper.take(keyLease(id)),
      // Whoever has it may wait for orders of the repositories that are read next.
      await: (id) => use.keeper.await(keyLease(id), use.signal, parked),
    },
    batches: use.kills.forJob(parked),
    ...(name === undefined ? {} : { run: name }),
  };
}

/** Only what at least as many people could read there counts as read: a private parent hides nothing of a public fork. */
async function cursorsOf(
  repository: KnownRepository,
  source: string,
  now: readonly ScannedSource[],
  { fleet }: Ledger,
): Promise<{ own: string | undefined; network: string[] }> {
  const own =
    now.find((one) => one.source === source)?.cursor ?? (await fleet.cursor(repository.key, source))?.cursor;
  const others = await fleet.networkCursors(repository, source);
  return { own, network: others.filter((one) => covers(one, repository.exposure)).map((one) => one.cursor) };
}

function covers(cursor: Cursor, exposure: Exposure): boolean {
  return widest([cursor.exposure, exposure]) === cursor.exposure;
}

async function inNetwork(repository: KnownRepository, use: FleetEquipment): Promise<KnownRepository> {
  if (repository.network !== null) return repository;
  const network = await networkOf(use.github, repository);
  await use.ledger.fleet.setNetwork(repository.key, network);
  return { ...repository, network };
}

async function isDeleted(repository: KnownRepository, { github }: FleetEquipment): Promise<boolean> {
  try {
    return (await github.get(`/repos/${repository.name}`)) === undefined;
  } catch {
    return false;
  }
}

function seen(entry: Entry): SeenFinding {
  const { id, rule, service, preview, verdict } = entry;
  const again = verdict.state === 'unknown' && PASSING.has(verdict.why);
  return { id, rule, service, preview, verdict, again };
}

/** In words that stand behind the repository's name. */
function named({ path, why }: Skipped, target: string, source: string): Skipped {
  if (!path.startsWith(`${target} `)) return { path, why };
  const rest = path.slice(target.length + 1);
  return { path: rest === source ? ALL_OF_IT : rest, why };
}

function distinct(gaps: readonly Skipped[]): Skipped[] {
  return [...new Map(gaps.map((gap) => [`${gap.path}\0${gap.why}`, gap])).values()];
}

function withoutMemory({ memory: _memory, ...read }: Equipment['read']): Equipment['read'] {
  return read;
}

/** By the issuer's last word in this run. */
function isAlive({ verdict, receipt }: Entry): boolean {
  const over = ['revoked', 'contained', 'already-dead'].includes(receipt?.outcome ?? '');
  return isUsable(verdict) && !over;
}

/** What is too large, forbidden or not there today will be so in a minute. */
function isPassing(error: unknown): boolean {
  if (error instanceof GitFault) return error.trouble !== 'too-large' && error.trouble !== 'missing';
  if (error instanceof GitHubFault) return error.trouble !== 'forbidden';
  return true;
}

function isRefused(error: unknown): boolean {
  return (
    (error instanceof GitHubFault && error.trouble === 'refused') ||
    (error instanceof GitFault && error.trouble === 'refused')
  );
}

/** One line without a secret. */
export function wordsOf(error: unknown): string {
  if (error instanceof SetupError || error instanceof GitFault || error instanceof GitHubFault)
    return error.message;
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : 'failed';
}

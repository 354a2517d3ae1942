// An org-wide scan on one machine: what is due, so many at a time, under leases of the ledger. The laws: killed at any moment, the next
// run goes on where this one was; a second run beside it takes what this one has not; what could not be scanned is named.

import { setTimeout as wait } from 'node:timers/promises';
import PQueue from 'p-queue';
import { emptyTally, type Tally } from '../find/index.ts';
import { type Entry, isUsable, SetupError, type Summary } from '../model/index.ts';
import type { Outcome } from '../pipeline/index.ts';
import { LeaseLost, type Reporter } from '../record/index.ts';
import { dueNow } from './due.ts';
import { GitHubFault } from './github.ts';
import { listRepositories, type Subject } from './listing.ts';
import { type AskNews, newsAsker } from './news.ts';
import type { Due, PlanOptions } from './plan.ts';
import { type FleetEquipment, type RepositoryLease, scanRepository, wordsOf } from './repository.ts';
import { inSpan } from './trace.ts';

export interface OrgOptions extends Omit<PlanOptions, 'now' | 'began' | 'sweep' | 'news'> {
  readonly subjects: readonly Subject[];
  /** Compare every repository's refs and list to the end. */
  readonly full: boolean;
  /** Repositories at a time. */
  readonly concurrency: number;
  /** The ledger's list is as new as it needs to be: another shard has made it. */
  readonly listed?: boolean;
}

/** How far a run is; for a person to follow, and for /metrics. */
export interface Standing {
  readonly done: number;
  readonly of: number;
  readonly bytes: number;
  readonly problems: number;
  readonly findings: number;
  /** Names of those that are read now. */
  readonly at: readonly string[];
}

export interface OrgOutcome extends Outcome {
  readonly scanned: number;
  readonly unchanged: number;
  /** Repositories that a source of could not be read, or that nobody got to. */
  readonly troubled: number;
  /** Peak of the memory that this process had resident, in bytes. */
  readonly peakBytes: number;
}

const COUNTED = ['bytes', 'files', 'blobs', 'commits', 'binary'] as const;
/** So many in a row whose credential was refused, and the rest is left alone. */
const REFUSALS = 5;
/** So many repositories may wait for their orders while others are read: what they found is in memory. */
const MOST_PARKED = 64;
/** How often orders are sent when nobody reads any more. */
const LAST_MS = 250;
/** How often what others hold is looked at again. */
const OTHERS_MS = 500;

export async function scanOrg(
  options: OrgOptions,
  use: FleetEquipment,
  show: (standing: Standing) => void,
): Promise<OrgOutcome> {
  const run = new OrgRun(options, use, show);
  await run.list();
  await run.drain();
  return await run.conclude();
}

class OrgRun {
  readonly #options: OrgOptions;
  readonly #use: FleetEquipment;
  /** Where reports go; the jobs speak to `#report`. */
  readonly #reporter: Reporter;
  readonly #show: (standing: Standing) => void;
  readonly #began = performance.now();
  readonly #startedAt: Date;
  readonly #tally: Tally = emptyTally();
  readonly #tried = new Set<string>();
  /** Sources that this run has begun anew, by repository: where one gave way it goes on, and does not begin again. */
  readonly #begun = new Map<string, Set<string>>();
  readonly #at = new Set<string>();
  readonly #parked = new Set<Promise<void>>();
  /** Fingerprints alone: a run over many repositories keeps nothing else. */
  readonly #told = new Map<string, { readonly live: boolean; readonly burned: boolean }>();
  #done = 0;
  #of = 0;
  #scanned = 0;
  #unchanged = 0;
  #troubled = 0;
  #alive = 0;
  #hidden = 0;
  #refusals = 0;
  #peakBytes = 0;
  readonly #askNews: AskNews;

  constructor(options: OrgOptions, use: FleetEquipment, show: (standing: Standing) => void) {
    this.#options = options;
    this.#show = show;
    this.#startedAt = use.scan.now();
    // A key that stands in many repositories is reported once.
    this.#reporter = use.scan.reporter;
    const reporter: Reporter = { entry: (entry) => this.#report(entry), finish: () => undefined };
    this.#use = { ...use, scan: { ...use.scan, reporter } };
    this.#askNews = newsAsker(this.#use, (fault) =>
      this.#skip('what is new beside the code', `cannot be asked: ${wordsOf(fault)}`),
    );
  }

  /** An owner that cannot be listed does not stop the others, nor what is known of it already. */
  async list(): Promise<void> {
    if (this.#options.listed === true) return;
    const { github, ledger, signal } = this.#use;
    const { known } = await ledger.fleet.counts('');
    let fault: SetupError | undefined;
    for (const subject of this.#options.subjects) {
      const name = subject.kind === 'list' ? 'the list' : subject.name;
      try {
        const now = this.#use.scan.now();
        const listing = await inSpan('keyburn list', { owner: name }, () =>
          listRepositories(github, subject, ledger.fleet, { whole: this.#options.full, now }),
        );
        for (const one of listing.missing) this.#skip(one, 'there is no such repository for this credential');
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof SetupError) fault = error;
        else if (!(error instanceof GitHubFault)) throw error;
        const hint = error instanceof SetupError && error.hint !== undefined ? ` (${error.hint})` : '';
        this.#skip(name, `cannot be listed: ${wordsOf(error)}${hint}`);
      }
    }
    // A misspelt name with nothing else to do is a broken set-up, and not an incomplete scan.
    if (fault !== undefined && known === 0 && this.#options.subjects.length === 1) throw fault;
  }

  async drain(): Promise<void> {
    const queue = new PQueue({ concurrency: this.#options.concurrency });
    const { kills, signal } = this.#use;
    for (;;) {
      let held = 0;
      let seen = 0;
      this.#of = this.#done + (await this.#left());
      for await (const one of this.#due()) {
        seen += 1;
        await queue.onSizeLessThan(this.#options.concurrency * 2);
        if (this.#stopped()) break;
        if (this.#parked.size >= MOST_PARKED) kills.flush();
        while (this.#parked.size >= MOST_PARKED) await Promise.race(this.#parked);
        void queue
          .add(async () => {
            if (!this.#stopped() && !(await this.#take(one))) held += 1;
          })
          .catch((error: unknown) => this.#fault(one, error));
      }
      await queue.onIdle();
      while (this.#parked.size > 0) {
        // One that waited for a key of another's has orders of its own after it.
        kills.flush();
        await Promise.race([...this.#parked, wait(LAST_MS, undefined, { signal })]);
      }
      signal.throwIfAborted();
      if (seen === 0) break;
      if (this.#stopped()) break;
      if (held > 0) await wait(OTHERS_MS, undefined, { signal: this.#use.signal });
    }
  }

  async conclude(): Promise<OrgOutcome> {
    if (this.#stopped()) {
      let left = 0;
      for await (const _ of this.#due()) left += 1;
      if (left > 0) this.#skip(`${left} repositories`, 'were not scanned: the credential is refused');
      this.#troubled += left;
    }
    // Gaps of earlier scans are gaps still.
    const now = new Set(this.#tally.skipped.map(({ path, why }) => `${path}\0${why}`));
    for (const { repository, source, skipped } of await this.#use.ledger.fleet.gaps()) {
      for (const { path, why } of skipped) {
        const name = `${repository}: ${source}: ${path}`;
        if (!now.has(`${name}\0${why}`)) this.#tally.skipped.push({ path: name, why });
      }
    }
    const told = [...this.#told.values()];
    const summary: Summary = {
      ...this.#tally,
      findings: told.length,
      live: told.filter(({ live }) => live).length,
      revoked: told.filter(({ burned }) => burned).length,
      elapsedMs: Math.round(performance.now() - this.#began),
    };
    this.#reporter.finish(summary);
    return {
      summary,
      alive: this.#alive,
      hidden: this.#hidden,
      scanned: this.#scanned,
      unchanged: this.#unchanged,
      troubled: this.#troubled,
      peakBytes: this.#peakBytes,
    };
  }

  /** What is due and was not tried, the most urgent first. */
  async *#due(): AsyncGenerator<Due> {
    const { full, subjects, ...options } = this.#options;
    const now = this.#use.scan.now();
    const { github, ledger, sources } = this.#use;
    const planning = { ...options, now, began: this.#startedAt, sweep: full };
    const what = { host: github.host, subjects, sources: sources.map(({ name }) => name) };
    for await (const one of dueNow(ledger.fleet, what, this.#askNews, planning))
      if (!this.#tried.has(one.repository.key)) yield one;
  }

  /** For a person to follow: how many there seem to be. */
  async #left(): Promise<number> {
    let left = 0;
    for await (const _ of this.#due()) left += 1;
    return left;
  }

  /** @returns false where another process has it */
  async #take(due: Due): Promise<boolean> {
    const { key, name } = due.repository;
    const lease = `repository ${key}`;
    const held = await this.#use.keeper.take(lease);
    if (held === undefined) return false;
    this.#tried.add(key);
    this.#at.add(name);
    this.#tell();
    const parked = Promise.withResolvers<void>();
    const work = async (): Promise<void> => {
      try {
        await this.#scan(due, { ...held, name: lease }, parked.resolve);
      } catch (error) {
        await this.#fault(due, error);
      } finally {
        this.#at.delete(name);
        this.#done += 1;
        this.#tell();
        await held.release();
      }
    };
    const over = work().finally(() => {
      this.#parked.delete(over);
    });
    // One that only waits for its orders leaves its turn at reading to the next.
    await Promise.race([over, parked.promise.then(() => this.#parked.add(over))]);
    return true;
  }

  async #scan(
    { repository, whole, only, pulse, why }: Due,
    lease: RepositoryLease,
    parked: () => void,
  ): Promise<void> {
    const { lost } = lease;
    const visit = { whole: this.#begin(repository.key, whole), only, pulse };
    const outcome = await inSpan('keyburn repository', { repository: repository.name, why }, () =>
      scanRepository(repository, { ...visit, lost, lease, parked }, this.#use),
    );
    for (const what of COUNTED) this.#tally[what] += outcome.tally[what];
    this.#scanned += 1;
    if (outcome.unchanged) this.#unchanged += 1;
    this.#alive += outcome.alive;
    for (const { path, why: reason } of outcome.skipped) this.#skip(`${repository.name}: ${path}`, reason);
    for (const problem of outcome.problems) this.#skip(repository.name, problem);
    if (outcome.problems.length > 0) this.#troubled += 1;
    // Its turn comes again, behind the others.
    if (outcome.more) this.#tried.delete(repository.key);
    this.#refusals = outcome.refused ? this.#refusals + 1 : 0;
    this.#peakBytes = Math.max(this.#peakBytes, process.memoryUsage.rss());
  }

  #begin(key: string, whole: readonly string[]): readonly string[] {
    const begun = this.#begun.get(key) ?? new Set<string>();
    const fresh = whole.filter((source) => !begun.has(source));
    if (fresh.length > 0) this.#begun.set(key, new Set([...begun, ...fresh]));
    return fresh;
  }

  /** A fault of ours in one job: named, kept for the next run, and the rest goes on. */
  async #fault({ repository }: Due, error: unknown): Promise<void> {
    if (this.#use.signal.aborted) return;
    // Whoever has it by now says what came of it.
    if (error instanceof LeaseLost)
      return this.#skip(repository.name, 'it went to another process meanwhile');
    this.#tried.add(repository.key);
    this.#troubled += 1;
    this.#skip(repository.name, wordsOf(error));
    await this.#use.ledger.fleet.troubled(repository.key, wordsOf(error)).catch(() => undefined);
  }

  #stopped(): boolean {
    return this.#use.signal.aborted || this.#refusals >= REFUSALS;
  }

  #skip(path: string, why: string): void {
    this.#tally.skipped.push({ path, why });
  }

  #report(entry: Entry): void {
    const known = this.#told.get(entry.id);
    const burned = entry.receipt?.outcome === 'revoked' || entry.receipt?.outcome === 'contained';
    this.#told.set(entry.id, {
      live: isUsable(entry.verdict) || known?.live === true,
      burned: burned || known?.burned === true,
    });
    if (known === undefined || (burned && !known.burned)) this.#reporter.entry(entry);
  }

  #tell(): void {
    this.#show({
      done: this.#done,
      of: Math.max(this.#of, this.#done),
      bytes: this.#tally.bytes,
      problems: this.#troubled,
      findings: this.#told.size,
      at: [...this.#at],
    });
  }
}

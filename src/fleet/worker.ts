// One worker of a fleet: takes jobs off the queue until it is told to stop. The laws: it outlives a restart of the database; it says
// that it lives while a job takes long; who has lost a job writes nothing.

import { setTimeout as wait } from 'node:timers/promises';
import type { JobWithMetadata, PgBoss } from 'pg-boss';
import { LeaseLost } from '../record/index.ts';
import { dueNow } from './due.ts';
import { followUp } from './follow-up.ts';
import { listRepositories, type Subject } from './listing.ts';
import type { Metrics } from './metrics.ts';
import { newsAsker } from './news.ts';
import type { Due } from './plan.ts';
import {
  codeOf,
  FOLLOW_UPS,
  LISTS,
  type ListJob,
  openJobs,
  RECHECKS,
  REPOSITORIES,
  type RepositoryJob,
  SILENCE_S,
  safeKey,
  within,
} from './queue.ts';
import { type FleetEquipment, scanRepository, wordsOf } from './repository.ts';
import { inSpan } from './trace.ts';

export interface WorkerOptions {
  /** Jobs at a time. */
  readonly concurrency: number;
  readonly recheckMs: number;
  readonly escalateMs: number;
  readonly digestMs: number;
  /** Ends when nothing is left to do now. */
  readonly untilIdle: boolean;
  readonly armed: boolean;
  readonly signal: AbortSignal;
  readonly note: (text: string) => void;
  readonly metrics: Metrics;
}

type AnyJob = JobWithMetadata<unknown>;

/** In the order in which they are looked into: what is there to do comes before what there could be. */
const QUEUES = [FOLLOW_UPS, RECHECKS, REPOSITORIES, LISTS] as const;
/** Who has just had something to do looks again soon, and then more and more seldom; who is to end soon, not so seldom. */
const IDLE_MS = { first: 100, most: 1_000, ending: 250 };
const AFTER_FAULT_MS = 1_000;
const SUPERVISE_MS = 5_000;
/** Jobs of one statement: few at first, so that the others begin while the rest is planned. */
const INSERTED = { first: 8, most: 1_000 };
/** So many repositories of a slot may wait for their orders while others are read: what they found is in memory. */
const MOST_PARKED = 32;

/** Puts listings into the queue: on a schedule, now, or both. */
export async function enlist(
  boss: PgBoss,
  subjects: readonly Subject[],
  options: { readonly cron: string | undefined; readonly now: boolean; readonly full: boolean },
): Promise<void> {
  for (const subject of subjects) {
    const data: ListJob = { subject, full: options.full };
    const singletonKey = safeKey(subject.kind === 'list' ? 'list' : `${subject.kind}.${subject.name}`);
    if (options.cron !== undefined)
      await boss.schedule(LISTS, options.cron, data, { key: singletonKey, singletonKey });
    if (options.now) await boss.send(LISTS, data, { singletonKey });
  }
  if (options.cron !== undefined) await boss.schedule(FOLLOW_UPS, '11 * * * *', {}, { key: 'hourly' });
}

/** Works until the signal says stop, or, where it is told so, until nothing is left. */
export async function work(boss: PgBoss, options: WorkerOptions, use: FleetEquipment): Promise<void> {
  const { signal } = options;
  const slots = Array.from({ length: options.concurrency }, () => new Slot(boss, options, use));
  const supervision = supervise(boss, options);
  try {
    await Promise.all(slots.map((slot) => slot.run(slots)));
  } finally {
    supervision.stop();
    if (signal.aborted) await Promise.allSettled(slots.map((slot) => slot.giveBack()));
  }
}

/** Whoever comes by looks for jobs whose worker has fallen silent. */
function supervise(boss: PgBoss, { note }: WorkerOptions): { stop(): void } {
  let busy = false;
  const look = (): void => {
    if (busy) return;
    busy = true;
    boss
      .supervise()
      .catch((error: unknown) => note(`the queue cannot be looked after now (${codeOf(error)})`))
      .finally(() => {
        busy = false;
      });
  };
  look();
  const timer = setInterval(look, SUPERVISE_MS);
  return { stop: () => clearInterval(timer) };
}

/** A job in hand. */
interface Hand {
  readonly job: AnyJob;
  /** Aborted where it is another worker's by now. */
  readonly lost: AbortController;
  /** Of performance.now(): when the queue last said that it is ours. */
  heard: number;
}

class Slot {
  idle = false;
  readonly #boss: PgBoss;
  readonly #options: WorkerOptions;
  readonly #use: FleetEquipment;
  readonly #hands = new Set<Hand>();
  /** Jobs that only wait for their orders. */
  readonly #parked = new Set<Promise<void>>();

  constructor(boss: PgBoss, options: WorkerOptions, use: FleetEquipment) {
    this.#boss = boss;
    this.#options = options;
    this.#use = use;
  }

  get parked(): number {
    return this.#parked.size;
  }

  async run(slots: readonly Slot[]): Promise<void> {
    const { signal, note, untilIdle } = this.#options;
    const { kills } = this.#use;
    let idleMs = IDLE_MS.first;
    const rest = async (): Promise<void> => {
      await wait(idleMs, undefined, { signal });
      idleMs = Math.min(idleMs * 1.5, untilIdle ? IDLE_MS.ending : IDLE_MS.most);
    };
    while (!signal.aborted) {
      try {
        if (this.#parked.size >= MOST_PARKED) {
          kills.flush();
          await Promise.race(this.#parked);
          continue;
        }
        const job = await this.#next();
        this.idle = job === undefined;
        if (job !== undefined) {
          idleMs = IDLE_MS.first;
          await this.#start(job);
          continue;
        }
        const allIdle = slots.every(({ idle }) => idle);
        // Nobody reads, so no order is going to join those that wait.
        if (allIdle) kills.flush();
        if (this.#parked.size > 0) await Promise.race([...this.#parked, rest()]);
        else if (
          untilIdle &&
          allIdle &&
          slots.every(({ parked }) => parked === 0) &&
          (await this.#isDrained())
        )
          return;
        else await rest();
      } catch (error) {
        if (signal.aborted) return;
        note(`the database does not answer (${codeOf(error)}); trying again`);
        await wait(AFTER_FAULT_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  /** What is in hand when the worker is told to stop is another's at once. */
  async giveBack(): Promise<void> {
    for (const { job } of this.#hands)
      await this.#boss.fail(job.name, attempt(job), { why: 'the worker was stopped' });
  }

  async #next(): Promise<AnyJob | undefined> {
    for (const queue of QUEUES) {
      const [job] = await this.#boss.fetch<unknown>(queue, { includeMetadata: true, batchSize: 1 });
      if (job !== undefined) return job;
    }
    return undefined;
  }

  /** Nothing is waiting, at work elsewhere, or to be tried again soon. */
  async #isDrained(): Promise<boolean> {
    const open = await openJobs(this.#boss, [REPOSITORIES, LISTS]);
    return [...open.values()].every((number) => number === 0);
  }

  /** Resolves when the job is over, or reads no more and waits for its orders alone. */
  async #start(job: AnyJob): Promise<void> {
    const parked = Promise.withResolvers<void>();
    const over = this.#do(job, parked.resolve)
      .catch((error: unknown) => {
        if (!this.#options.signal.aborted)
          this.#options.note(`the database does not answer (${codeOf(error)}); trying again`);
      })
      .finally(() => {
        this.#parked.delete(over);
      });
    await Promise.race([over, parked.promise.then(() => this.#parked.add(over))]);
  }

  async #do(job: AnyJob, parked: () => void): Promise<void> {
    const hand: Hand = { job, lost: new AbortController(), heard: performance.now() };
    this.#hands.add(hand);
    const beat = setInterval(() => void this.#beat(hand), (SILENCE_S * 1_000) / 3);
    try {
      await inSpan(`keyburn job ${job.name}`, { attempt: job.retryCount }, () =>
        this.#dispatch(hand, parked),
      );
    } catch (error) {
      this.#options.signal.throwIfAborted();
      // Whoever has it by now says what came of it.
      if (hand.lost.signal.aborted) {
        this.#options.note(`${nameOf(job)}: it went to another worker meanwhile`);
        return;
      }
      const why = wordsOf(error);
      this.#options.metrics.count('keyburn_jobs_failed_total');
      this.#options.note(`${nameOf(job)}: ${why}`);
      await this.#boss.fail(job.name, attempt(job), { why });
    } finally {
      clearInterval(beat);
      if (!this.#options.signal.aborted) this.#hands.delete(hand);
    }
  }

  /** Says that the job is being worked at. Where nobody hears it for too long, another may have it. */
  async #beat(hand: Hand): Promise<void> {
    const { job, lost } = hand;
    const asked = performance.now();
    if (asked - hand.heard >= SILENCE_S * 1_000)
      lost.abort(new LeaseLost('the queue did not answer for too long'));
    try {
      const touched: { readonly affected?: number } = await this.#boss.touch(job.name, attempt(job));
      if (touched.affected === 1) hand.heard = asked;
      // One that has ended meanwhile is no longer at work either.
      else if (this.#hands.has(hand)) lost.abort(new LeaseLost('the job went to another worker'));
    } catch {
      // Time goes on.
    }
  }

  async #dispatch({ job, lost }: Hand, parked: () => void): Promise<void> {
    switch (job.name) {
      case LISTS:
        return this.#list(job, job.data as ListJob);
      case REPOSITORIES:
      case RECHECKS:
        return this.#scan(job, job.data as RepositoryJob, lost.signal, parked);
      case FOLLOW_UPS:
        await followUp(this.#use, this.#options);
        return this.#end(job);
      default:
        return this.#end(job);
    }
  }

  async #list(job: AnyJob, { subject, full }: ListJob): Promise<void> {
    const { github, ledger, scan, sources } = this.#use;
    const began = scan.now();
    await listRepositories(github, subject, ledger.fleet, { whole: full, now: began });
    const { armed, recheckMs } = this.#options;
    const planning = { now: began, began, armed, recheckMs, sweep: full };
    const run = `${began.toISOString().slice(0, 10)}-${job.id.slice(0, 8)}`;
    let number = 0;
    let batch: Due[] = [];
    let enough = INSERTED.first;
    // One that waits or is at work already is not put in twice.
    const insert = async (): Promise<void> => {
      await this.#boss.insert(
        REPOSITORIES,
        batch.map(({ repository, priority, whole, only, pulse }) => ({
          data: { key: repository.key, whole, only, pulse, run } satisfies RepositoryJob,
          singletonKey: safeKey(repository.key),
          priority,
        })),
      );
      number += batch.length;
      batch = [];
      enough = Math.min(enough * 2, INSERTED.most);
    };
    // Tried again as a whole, as a listing is.
    const askNews = newsAsker(this.#use, (fault) => {
      throw fault;
    });
    const what = { host: github.host, subjects: [subject], sources: sources.map(({ name }) => name) };
    for await (const one of dueNow(ledger.fleet, what, askNews, planning)) {
      batch.push(one);
      if (batch.length >= enough) await insert();
    }
    if (batch.length > 0) await insert();
    this.#options.note(
      `${subject.kind === 'list' ? 'the list' : subject.name}: ${number} repositories to scan`,
    );
    await this.#end(job);
  }

  async #scan(
    job: AnyJob,
    { key, whole, only, pulse, run }: RepositoryJob,
    lost: AbortSignal,
    parked: () => void,
  ): Promise<void> {
    const repository = await this.#use.ledger.fleet.repository(key);
    if (repository === undefined || repository.gone) return this.#end(job);
    const last = job.retryCount >= job.retryLimit;
    const outcome = await scanRepository(
      repository,
      {
        whole: job.name === RECHECKS ? await this.#open(key) : whole,
        only,
        pulse,
        run,
        lost,
        parked,
        also: async (sql, { problem, passing, alive, more }) => {
          const db = within(sql);
          if (alive)
            await this.#boss.send(RECHECKS, { key, whole: true } satisfies RepositoryJob, {
              db,
              singletonKey: safeKey(key),
              startAfter: Math.ceil(this.#options.recheckMs / 1_000),
            });
          // Sources that came through are kept; the job is tried again for the others, until it is put aside.
          const ended: { readonly affected?: number } =
            problem !== undefined && passing
              ? await this.#boss.fail(job.name, attempt(job), { why: problem }, { db })
              : await this.#boss.complete(job.name, attempt(job), null, { db });
          if (ended.affected !== 1) throw new LeaseLost('the job went to another worker meanwhile');
          // What gave way goes on behind the others. One that failed is tried again anyway.
          if (more && (problem === undefined || !passing))
            await this.#boss.send(REPOSITORIES, { key, whole: false, pulse, run } satisfies RepositoryJob, {
              db,
              singletonKey: safeKey(key),
            });
        },
      },
      this.#use,
    );
    const { metrics, note } = this.#options;
    metrics.count('keyburn_repositories_scanned_total');
    metrics.count('keyburn_bytes_read_total', outcome.tally.bytes);
    metrics.count('keyburn_findings_total', outcome.entries.length);
    for (const problem of outcome.problems)
      note(`${repository.name}: ${problem}${last ? '; put aside' : ''}`);
  }

  /** Where in a repository keys stand that are not done with, by now. */
  async #open(key: string): Promise<readonly string[]> {
    const attention = await this.#use.ledger.fleet.attention();
    return [...new Set(attention.flatMap((one) => (one.repository === key ? [one.source] : [])))];
  }

  async #end(job: AnyJob): Promise<void> {
    await this.#boss.complete(job.name, attempt(job));
  }
}

function attempt({ id, retryCount }: AnyJob): { id: string; retryCount: number } {
  return { id, retryCount };
}

function nameOf(job: AnyJob): string {
  const data = job.data as Partial<RepositoryJob & ListJob> | null;
  return `${job.name.replace('keyburn-', '')} ${data?.key ?? ''}`.trim();
}

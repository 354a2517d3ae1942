// One worker of a fleet: takes jobs off the queue until it is told to stop. The laws: it outlives a restart of the database; it says
// that it lives while a job takes long; who has lost a job writes nothing.

import { setTimeout as wait } from 'node:timers/promises';
import type { JobWithMetadata, PgBoss } from 'pg-boss';
import type { KnownRepository } from '../record/index.ts';
import { followUp } from './follow-up.ts';
import { newHolder } from './lease.ts';
import { listRepositories, type Subject } from './listing.ts';
import type { Metrics } from './metrics.ts';
import { newsAsker } from './news.ts';
import { plan } from './plan.ts';
import {
  codeOf,
  FOLLOW_UPS,
  LISTS,
  type ListJob,
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
const IDLE_MS = 1_000;
const AFTER_FAULT_MS = 1_000;
const SUPERVISE_MS = 5_000;

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
  const slots = Array.from(
    { length: options.concurrency },
    (_, index) => new Slot(boss, options, use, index),
  );
  const supervision = supervise(boss, options);
  try {
    await Promise.all(slots.map((slot) => slot.run(() => slots.every((one) => one.idle))));
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

class Slot {
  idle = false;
  readonly #boss: PgBoss;
  readonly #options: WorkerOptions;
  readonly #use: FleetEquipment;
  readonly #holder: string;
  #job: AnyJob | undefined;

  constructor(boss: PgBoss, options: WorkerOptions, use: FleetEquipment, index: number) {
    this.#boss = boss;
    this.#options = options;
    this.#use = use;
    this.#holder = `${newHolder()}/${index}`;
  }

  async run(allIdle: () => boolean): Promise<void> {
    const { signal, note, untilIdle } = this.#options;
    while (!signal.aborted) {
      try {
        const job = await this.#next();
        this.idle = job === undefined;
        if (job !== undefined) await this.#do(job);
        else if (untilIdle && allIdle() && (await this.#isDrained())) return;
        else await wait(IDLE_MS, undefined, { signal });
      } catch (error) {
        if (signal.aborted) return;
        note(`the database does not answer (${codeOf(error)}); trying again`);
        await wait(AFTER_FAULT_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  /** A job in hand when the worker is told to stop is another's at once. */
  async giveBack(): Promise<void> {
    const job = this.#job;
    if (job !== undefined) await this.#boss.fail(job.name, attempt(job), { why: 'the worker was stopped' });
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
    const queues = await Promise.all([REPOSITORIES, LISTS].map((name) => this.#boss.findJobs<unknown>(name)));
    const open = new Set(['created', 'retry', 'active']);
    return queues.every((jobs) => jobs.every(({ state }) => !open.has(state)));
  }

  async #do(job: AnyJob): Promise<void> {
    this.#job = job;
    const beat = setInterval(
      () => {
        this.#boss.touch(job.name, attempt(job)).catch(() => undefined);
      },
      (SILENCE_S * 1_000) / 3,
    );
    try {
      await inSpan(`keyburn job ${job.name}`, { attempt: job.retryCount }, () => this.#dispatch(job));
    } catch (error) {
      this.#options.signal.throwIfAborted();
      const why = wordsOf(error);
      this.#options.metrics.count('keyburn_jobs_failed_total');
      this.#options.note(`${nameOf(job)}: ${why}`);
      await this.#boss.fail(job.name, attempt(job), { why });
    } finally {
      clearInterval(beat);
      if (!this.#options.signal.aborted) this.#job = undefined;
    }
  }

  async #dispatch(job: AnyJob): Promise<void> {
    switch (job.name) {
      case LISTS:
        return this.#list(job, job.data as ListJob);
      case REPOSITORIES:
      case RECHECKS:
        return this.#scan(job, job.data as RepositoryJob);
      case FOLLOW_UPS:
        await followUp(this.#use, this.#options.escalateMs);
        return this.#end(job);
      default:
        return this.#end(job);
    }
  }

  async #list(job: AnyJob, { subject, full }: ListJob): Promise<void> {
    const { github, ledger, scan } = this.#use;
    const began = scan.now();
    await listRepositories(github, subject, ledger.fleet, { whole: full, now: began });
    const [repositories, attention] = await Promise.all([
      ledger.fleet.repositories(),
      ledger.fleet.attention(),
    ]);
    const { armed, recheckMs } = this.#options;
    const mine = repositories.filter((one) => isOf(one, subject, github.host));
    // Tried again as a whole, as a listing is.
    const news = await newsAsker(this.#use, (fault) => {
      throw fault;
    })(mine);
    const chosen = new Set(this.#use.sources.map(({ name }) => name));
    const due = plan(
      mine,
      attention.filter(({ source }) => chosen.has(source)),
      { now: began, began, armed, recheckMs, sweep: full, news },
    );
    // One that waits or is at work already is not put in twice.
    await this.#boss.insert(
      REPOSITORIES,
      due.map(({ repository, priority, whole, only, pulse }) => ({
        data: { key: repository.key, whole, only, pulse } satisfies RepositoryJob,
        singletonKey: safeKey(repository.key),
        priority,
      })),
    );
    this.#options.note(
      `${subject.kind === 'list' ? 'the list' : subject.name}: ${due.length} repositories to scan`,
    );
    await this.#end(job);
  }

  async #scan(job: AnyJob, { key, whole, only, pulse }: RepositoryJob): Promise<void> {
    const repository = (await this.#use.ledger.fleet.repositories()).find((one) => one.key === key);
    if (repository === undefined || repository.gone) return this.#end(job);
    const last = job.retryCount >= job.retryLimit;
    const outcome = await scanRepository(
      repository,
      {
        whole: job.name === RECHECKS ? await this.#open(key) : whole,
        only,
        pulse,
        holder: `${this.#holder}/${job.id}`,
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
          if (ended.affected !== 1) throw new Error('the job went to another worker meanwhile');
          // What gave way goes on behind the others. One that failed is tried again anyway.
          if (more && (problem === undefined || !passing))
            await this.#boss.send(REPOSITORIES, { key, whole: false, pulse } satisfies RepositoryJob, {
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

function isOf({ host, name }: KnownRepository, subject: Subject, from: string): boolean {
  if (host !== from) return false;
  const lower = name.toLowerCase();
  return subject.kind === 'list'
    ? subject.names.some((one) => one.toLowerCase() === lower)
    : lower.startsWith(`${subject.name.toLowerCase()}/`);
}

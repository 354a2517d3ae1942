import { Worker } from 'node:worker_threads';
import { outlinesOf, type RuleSet } from '../detect/index.ts';
import type { Sink } from '../model/index.ts';
import { type Job, type RunJobs, runJobsHere, type Unread } from '../read/index.ts';
import { type Answer, type Order, pushBatch } from './batch.ts';

/** Worker threads that share a history's jobs; started when the first large one comes. */
export interface Crew {
  readonly runJobs: RunJobs;
  close(): Promise<void>;
}

export interface CrewOptions {
  readonly threads: number;
  readonly rules: RuleSet;
  readonly signal?: AbortSignal;
  /** From so many jobs on a crew is started; fewer are done in this thread. */
  readonly worth?: number;
}

/** A plan cuts off about a megabyte of pack a job: below this, a worker's start takes longer than the work. */
const WORTH_A_CREW = 6;
const SCRIPT = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);

export function createCrew(options: CrewOptions): Crew {
  const workers: Worker[] = [];
  const here = runJobsHere(options.signal);
  return {
    runJobs(jobs, repository, sinkOf) {
      if (options.threads < 2 || jobs.length < (options.worth ?? WORTH_A_CREW))
        return here(jobs, repository, sinkOf);
      while (workers.length < Math.min(options.threads, jobs.length)) {
        workers.push(
          new Worker(SCRIPT, { workerData: { rules: options.rules, outlines: outlinesOf(options.rules) } }),
        );
      }
      return share(workers, jobs, { repository, sinkOf, signal: options.signal });
    },
    async close() {
      await Promise.all(workers.splice(0).map((worker) => worker.terminate()));
    },
  };
}

/** Each worker gets the next job when it has answered the last: nobody waits for a slow neighbour. */
function share(
  workers: readonly Worker[],
  jobs: readonly Job[],
  {
    repository,
    sinkOf,
    signal,
  }: { repository: string; sinkOf: (job: Job) => Sink; signal: AbortSignal | undefined },
): Promise<readonly (readonly Unread[])[]> {
  return new Promise((done, refuse) => {
    const unread: (readonly Unread[])[] = jobs.map(() => []);
    let next = 0;
    let open = jobs.length;
    const give = (worker: Worker): void => {
      const job = jobs[next];
      if (job === undefined) return;
      const order: Order = { number: next, repository, job };
      next += 1;
      worker.postMessage(order);
    };
    const abort = (): void => fail(signal?.reason);
    const leave = (): void => {
      signal?.removeEventListener('abort', abort);
      for (const worker of workers) worker.removeAllListeners();
    };
    const fail = (error: unknown): void => {
      leave();
      refuse(error);
    };
    signal?.addEventListener('abort', abort);
    for (const worker of workers) {
      worker.removeAllListeners();
      worker.on('error', fail);
      worker.on('exit', () => fail(new Error('a worker ended before its work')));
      worker.on('message', (answer: Answer) => {
        if (answer.kind === 'failed') return fail(new Error(`a worker failed: ${answer.why}`));
        const job = jobs[answer.number];
        if (job === undefined) return fail(new Error('a worker answered what nobody asked'));
        pushBatch(answer.batch, sinkOf(job));
        unread[answer.number] = answer.batch.unread;
        open -= 1;
        if (open > 0) return give(worker);
        leave();
        done(unread);
      });
      give(worker);
    }
    if (jobs.length === 0) {
      leave();
      done(unread);
    }
  });
}

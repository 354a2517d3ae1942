import type { RuleSet } from '../detect/index.ts';
import type { Sink } from '../model/index.ts';
import {
  type ExpectJobs,
  type Job,
  type OpenFiles,
  type RunCensus,
  type RunJobs,
  runCensusHere,
  runJobsHere,
} from '../read/index.ts';
import { pushBatch } from './batch.ts';
import { SharedFiles, type SharedFilesOptions } from './shared-files.ts';
import { Threads } from './threads.ts';

/** Worker threads that share the work on a history and on files; started when it is worth it. */
export interface Crew {
  readonly runJobs: RunJobs;
  readonly expectJobs: ExpectJobs;
  readonly runCensus: RunCensus;
  readonly openFiles: OpenFiles;
  close(): Promise<void>;
}

export interface CrewOptions {
  readonly threads: number;
  readonly rules: RuleSet;
  readonly signal?: AbortSignal;
  /** From so many jobs on a crew is started; fewer are done in this thread. */
  readonly worth?: number;
  readonly files?: SharedFilesOptions;
  /** One repository's fault ends its own work alone: for runs over many. */
  readonly lasting?: boolean;
  /** After this the workers are not needed any more: what they hold is memory for placing and reporting what was found. */
  readonly last?: 'jobs' | 'census';
}

/** A plan cuts off about a megabyte of pack a job: below this, a worker's start takes longer than the work. */
const WORTH_A_CREW = 6;
const WORTH_BYTES = WORTH_A_CREW * 1024 * 1024;

export function createCrew(options: CrewOptions): Crew {
  const { signal, rules, worth = WORTH_A_CREW } = options;
  let threads = new Threads(options.threads, rules);
  let closed = false;
  const here = runJobsHere(signal);
  const done = (what: CrewOptions['last']): void => {
    if (options.last === what) threads.dismiss();
  };
  const abort = (): void => threads.fail(signal?.reason);
  signal?.addEventListener('abort', abort);
  return {
    async runJobs(jobs, repository, sinkOf) {
      if (options.threads < 2 || jobs.length < worth) return await here(jobs, repository, sinkOf);
      const mine = threads;
      const run = async (job: Job) => {
        const batch = await mine.ask({ kind: 'history', repository, job });
        pushBatch(batch, sinkOf(job));
        return batch.unread;
      };
      try {
        const unread = await Promise.all(jobs.map(run));
        done('jobs');
        return unread;
      } finally {
        if (
          options.lasting === true &&
          mine.failed &&
          mine === threads &&
          !closed &&
          signal?.aborted !== true
        ) {
          threads = new Threads(options.threads, rules);
          await mine.close();
        }
      }
    },
    expectJobs(bytes) {
      // A worker loads its modules and its rules while this thread is still busy with the plan.
      if (options.threads >= 2 && bytes >= WORTH_BYTES) threads.hireAll();
    },
    async runCensus(jobs) {
      if (options.threads < 2 || jobs.length < worth) return await runCensusHere(signal)(jobs);
      const batches = await Promise.all(jobs.map((job) => threads.ask({ kind: 'census', job })));
      done('census');
      return batches.flatMap(({ census }) => census ?? []);
    },
    openFiles(sink: Sink, stop, wanted) {
      return new SharedFiles(sink, stop, threads, {
        ...options.files,
        ...wanted,
        alone: options.threads < 2,
      });
    },
    async close() {
      closed = true;
      signal?.removeEventListener('abort', abort);
      await threads.close();
    },
  };
}

// Reads a repository's objects in process: packs and loose files, every blob and message once, changed text only where a
// version changed it. What it cannot read it hands back, for git to try: never silence.

import type { Sink } from '../../model/index.ts';
import { JobReader } from './jobs.ts';
import { type Job, plan, type Unread } from './plan.ts';

export { JobReader, type JobReaderOptions } from './jobs.ts';
export { type Job, type PackTable, type Plan, plan, type Unread } from './plan.ts';

/**
 * Does the jobs of one repository, in any order, and pushes what they show to the sink (findings by `inherit`, where another
 * thread has looked). Gives what only git may still be able to read.
 */
export type RunJobs = (jobs: readonly Job[], repository: string, sink: Sink) => Promise<readonly Unread[]>;

export interface PackOptions {
  /** Absolute path that origins name. */
  readonly repository: string;
  readonly signal?: AbortSignal;
  /** Does the jobs elsewhere; left out, they are done here. */
  readonly runJobs?: RunJobs;
}

export type PackOutcome =
  /** Every blob, commit and tag has been shown. */
  | { readonly kind: 'complete' }
  /** These objects have not been shown, all others have. */
  | { readonly kind: 'objects'; readonly objects: readonly Unread[] }
  /** Nothing has been shown: git must read the repository. */
  | { readonly kind: 'repository'; readonly why: string };

/** @param gitDir a git folder: `.git`, a bare repository, or one of a worktree */
export async function readObjects(gitDir: string, sink: Sink, options: PackOptions): Promise<PackOutcome> {
  const planned = plan(gitDir);
  for (const skipped of planned.skipped) sink.skip(skipped);
  if (planned.kind === 'fallback') return { kind: 'repository', why: planned.why };
  const doJobs = options.runJobs ?? runJobsHere(options.signal);
  const objects = [...planned.unread, ...(await doJobs(planned.jobs, options.repository, sink))];
  return objects.length === 0 ? { kind: 'complete' } : { kind: 'objects', objects };
}

/** Does jobs in this thread, one after the other. */
export function runJobsHere(signal: AbortSignal | undefined): RunJobs {
  return async (jobs, repository, sink) => {
    const unread: Unread[] = [];
    const reader = new JobReader({ repository, sink, ...(signal === undefined ? {} : { signal }) });
    try {
      for (const job of jobs) {
        unread.push(...reader.run(job));
        // Between jobs, others have their turn: signals, progress.
        await new Promise(setImmediate);
      }
    } finally {
      reader.close();
    }
    return unread;
  };
}

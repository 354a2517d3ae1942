// Reads a repository's objects in process: packs and loose files, every blob and message once, changed text only where a
// version changed it. What it cannot read it hands back, for git to try: never silence.

import type { Sink } from '../../model/index.ts';
import { JobReader } from './jobs.ts';
import { plan, type Unread } from './plan.ts';

export { JobReader, type JobReaderOptions } from './jobs.ts';
export { type Job, type PackTable, type Plan, plan, type Unread } from './plan.ts';

export interface PackOptions {
  /** Absolute path that origins name. */
  readonly repository: string;
  readonly signal?: AbortSignal;
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
  const objects = [...planned.unread];
  const reader = new JobReader({ ...options, sink });
  try {
    for (const job of planned.jobs) {
      objects.push(...reader.run(job));
      // Between jobs, others have their turn: signals, progress.
      await new Promise(setImmediate);
    }
  } finally {
    reader.close();
  }
  return objects.length === 0 ? { kind: 'complete' } : { kind: 'objects', objects };
}

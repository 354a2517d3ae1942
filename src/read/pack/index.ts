// Reads a repository's objects in process: packs and loose files, every blob and message once, changed text only where a
// version changed it. What it cannot read it hands back, for git to try: never silence.

import type { Sink } from '../../model/index.ts';
import type { CensusPart } from './census.ts';
import type { CensusJob } from './census-plan.ts';
import { JobReader } from './jobs.ts';
import { type Job, plan, type ReadPack, type Unread } from './plan.ts';
import type { Recall } from './units.ts';

export { type CensusPart, GONE } from './census.ts';
export { type CensusJob, type CensusPlan, planCensus } from './census-plan.ts';
export { JobReader, type JobReaderOptions } from './jobs.ts';
export { type Job, type PackTable, type Plan, plan, type ReadPack, type Unread } from './plan.ts';
export type { Registry } from './registry.ts';
export { type Recall, storeDigest } from './units.ts';

/**
 * Does the jobs of one repository, in any order, and pushes what each shows to its sink (findings by `inherit`, where another
 * thread has looked). Gives, by job, what only git may still be able to read.
 */
export type RunJobs = (
  jobs: readonly Job[],
  repository: string,
  sinkOf: (job: Job) => Sink,
) => Promise<readonly (readonly Unread[])[]>;

/** Told how many bytes of packs will be read, before they are cut into jobs: whoever does the jobs may get ready meanwhile. */
export type ExpectJobs = (bytes: number) => void;

/** Does the jobs of a census; gives what each has read, in their order. */
export type RunCensus = (jobs: readonly CensusJob[]) => Promise<readonly CensusPart[]>;

export interface PackOptions {
  /** Absolute path that origins name. */
  readonly repository: string;
  readonly signal?: AbortSignal;
  /** Does the jobs elsewhere; left out, they are done here. */
  readonly runJobs?: RunJobs;
  readonly expectJobs?: ExpectJobs | undefined;
  /** What an earlier run has shown; left out, everything is read. */
  readonly recall?: Recall;
  /** Called with the packs that have been looked into: they are known for a census. */
  readonly onPacks?: (packs: readonly ReadPack[]) => void;
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
  const { recall } = options;
  const planned = plan(gitDir, { recall, expectJobs: options.expectJobs });
  for (const skipped of planned.skipped) sink.skip(skipped);
  if (planned.kind === 'fallback') return { kind: 'repository', why: planned.why };
  options.onPacks?.(planned.read);
  const objects: Unread[] = [...planned.unread];
  for (const { unit, ...object } of planned.unread) if (unit !== undefined) recall?.unread(unit, [object]);
  for (const unit of planned.remembered) objects.push(...(recall?.push(unit, sink) ?? []));
  const sinkOf = ({ unit }: Job): Sink =>
    recall === undefined || unit === undefined ? sink : recall.record(unit, sink);
  const doJobs = options.runJobs ?? runJobsHere(options.signal);
  const unread = await doJobs(planned.jobs, options.repository, sinkOf);
  for (const [at, { unit }] of planned.jobs.entries()) {
    const left = unread[at] ?? [];
    objects.push(...left);
    if (unit !== undefined) recall?.unread(unit, left);
  }
  if (planned.digest !== '') recall?.keep(planned.digest, planned.units);
  return objects.length === 0 ? { kind: 'complete' } : { kind: 'objects', objects };
}

/** Does jobs in this thread, one after the other. */
export function runJobsHere(signal: AbortSignal | undefined): RunJobs {
  return async (jobs, repository, sinkOf) => {
    const unread: (readonly Unread[])[] = [];
    const [first] = jobs;
    if (first === undefined) return unread;
    let current = sinkOf(first);
    const sink: Sink = {
      look: (chunk) => current.look(chunk),
      inherit: (finding, origin, span) => current.inherit(finding, origin, span),
      skip: (skipped) => current.skip(skipped),
      advance: (step) => current.advance(step),
    };
    const reader = new JobReader({ repository, sink, ...(signal === undefined ? {} : { signal }) });
    try {
      for (const job of jobs) {
        current = sinkOf(job);
        unread.push(reader.run(job));
        // Between jobs, others have their turn: signals, progress.
        await new Promise(setImmediate);
      }
    } finally {
      reader.close();
    }
    return unread;
  };
}

/** Does a census in this thread. */
export function runCensusHere(signal: AbortSignal | undefined): RunCensus {
  return async (jobs) => {
    const parts: CensusPart[] = [];
    const reader = new JobReader({ repository: '', sink: DEAF, ...(signal === undefined ? {} : { signal }) });
    try {
      for (const job of jobs) {
        parts.push(reader.census(job));
        await new Promise(setImmediate);
      }
    } finally {
      reader.close();
    }
    return parts;
  };
}

/** A census shows nothing. */
const DEAF: Sink = {
  look: () => ({ findings: [], far: [] }),
  inherit: () => {},
  skip: () => {},
  advance: () => {},
};

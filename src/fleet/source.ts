import type { Skipped } from '../model/index.ts';
import type { ReadOptions } from '../read/index.ts';
import type { KnownRepository } from '../record/index.ts';
import type { GitHub } from './github.ts';
import type { Mirrors } from './mirrors.ts';
import type { Pulse } from './pulse.ts';

/** How a source's targets differ from the way in which a scan reads. */
export type Reading = Partial<Pick<ReadOptions, 'history' | 'mode' | 'copyOf' | 'stdin' | 'hosted'>>;

/** As a gap names a source that stopped before its end. */
export const ALL_OF_IT = 'the rest of it';

/** What a source works with: never a detector or a verifier, because what it finds goes the way of every finding. */
export interface SourceTools {
  readonly github: GitHub;
  readonly mirrors: Mirrors;
  /** Everything from its beginning is wanted: keys in it are to be read again. */
  readonly whole: boolean;
  /** Whether an earlier source of this visit had anything new; undefined: it was not asked, or did not come through. */
  news(source: string): boolean | undefined;
  /** What was new beside the code before anything of it was read; undefined: nobody has told. */
  readonly pulse: Pulse | undefined;
  /** Where this repository's other sources stand, and those of its fork network. */
  cursorsOf(
    source: string,
  ): Promise<{ readonly own: string | undefined; readonly network: readonly string[] }>;
  /** Reads a target through the whole pipeline; what it finds and what it could not read belongs to this source. */
  run(target: string, reading: Reading): Promise<void>;
  readonly signal: AbortSignal;
}

export interface SourceRead {
  /** Where the next scan goes on. */
  readonly cursor: string;
  /** False: there was nothing new, nothing was read, and what is known of gaps stays. */
  readonly changed: boolean;
  /** From its beginning, and not only what was new. */
  readonly whole: boolean;
  /** It has not come to its end and gave way to others: it is to be asked again soon. */
  readonly more?: boolean;
  /** What stopped it behind its cursor. */
  readonly fault?: Error;
  /** Whether a gap that an earlier scan left is none any more. */
  closes?(gap: Skipped): boolean;
}

/**
 * One kind of thing that a repository has: its history, its logs, its issues. Each has a cursor and a failure of its own: what stops
 * one stops no other.
 */
export interface Source {
  /** As `--sources` names it. */
  readonly name: string;
  /** @param cursor what the last scan that came through left; undefined: read everything. Rejects where nothing can be said. */
  scan(repository: KnownRepository, cursor: string | undefined, tools: SourceTools): Promise<SourceRead>;
}

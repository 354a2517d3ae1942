import type { ReadOptions } from '../read/index.ts';
import type { KnownRepository } from '../record/index.ts';
import type { GitHub } from './github.ts';
import type { Mirrors } from './mirrors.ts';

/** How a source's targets differ from the way in which a scan reads. */
export type Reading = Partial<Pick<ReadOptions, 'history' | 'mode' | 'copyOf' | 'stdin'>>;

/** What a source works with: never a detector or a verifier, because what it finds goes the way of every finding. */
export interface SourceTools {
  readonly github: GitHub;
  readonly mirrors: Mirrors;
  /** Everything from its beginning is wanted: keys in it are to be read again. */
  readonly whole: boolean;
  /** Whether an earlier source of this repository had anything new; undefined for the first. */
  readonly changed: boolean | undefined;
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

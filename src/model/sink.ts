import type { Chunk } from './chunk.ts';
import type { Finding } from './finding.ts';
import type { Skipped } from './incident.ts';
import type { Origin, Span } from './place.ts';

/** What one look at a chunk gave. */
export interface Looked {
  readonly findings: readonly Finding[];
  /**
   * Offsets (in the origin's text) of anchors in the chunk's ranges whose rule reaches further than NEAR bytes: a reader
   * that hands on only what changed must show these again when anything within CONTEXT bytes of them changes.
   */
  readonly far: readonly number[];
  /**
   * Offsets of other anchors in the ranges, ascending, where a rule has a claim that a better one beats, as it may not when
   * something near changes. Left out where there are none.
   */
  readonly beaten?: readonly number[];
}

/** Where readers push to. `look` is synchronous, so a chunk's bytes may be reused after it returns. */
export interface Sink {
  look(chunk: Chunk): Looked;
  /** The same secret stands in another version of an object, at bytes that were copied from one already looked at. */
  inherit(finding: Finding, origin: Origin, span: Span): void;
  /** Something could not be read. Never call it for what was left out on purpose. */
  skip(skipped: Skipped): void;
  /** For the progress line; called often. */
  advance(step: {
    readonly bytes?: number;
    readonly files?: number;
    readonly blobs?: number;
    readonly commits?: number;
    readonly binary?: number;
  }): void;
}

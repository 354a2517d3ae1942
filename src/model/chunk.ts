import type { Origin, Span } from './place.ts';

/** Half open, in bytes relative to `Chunk.bytes`. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * A piece of text to look at. `bytes` may hold more than is to be judged: anchors (the literals of the rules) count
 * only where they start inside `ranges`; what lies around is context that a match may reach into. Readers keep
 * CONTEXT bytes on both sides of every range where the origin has them, so that where a chunk ends never changes
 * what is found.
 */
export interface Chunk {
  readonly origin: Origin;
  readonly bytes: Uint8Array;
  /** Offset of `bytes[0]` in the origin's text. */
  readonly offset: number;
  /** Line number of `bytes[0]`, from 1. */
  readonly line: number;
  /** Column of `bytes[0]`, from 1. */
  readonly column: number;
  readonly ranges: readonly Range[];
  /** Where present, only findings whose span overlaps one of these count: staged changes are shown with all around them. */
  readonly within?: readonly Range[];
  /**
   * Where present, the bytes are a view of the origin's text (a log without its colours and time stamps), and `offset`, `line`
   * and `column` count in the view: from a span of the view to the true one; undefined for what another view shows.
   */
  readonly truly?: (span: Span) => Span | undefined;
}

/** No match looks further than this from its anchor, in bytes: long enough for an RSA-8192 key in PEM. */
export const CONTEXT = 16_384;

/** Most matches look no further than this from their anchor, in bytes; those that do are `far` (see Sink). */
export const NEAR = 512;

// The law of this file: where a chunk ends never changes what is found. Bytes arrive in pieces of any size; an anchor is
// shown in a range once CONTEXT bytes follow it or the text has ended, and CONTEXT bytes before it are kept.
//
// A slow stream needs findings before 16 KB more have come. So `pause()`, called when a stream goes quiet, takes an
// early look: at complete lines alone, and never instead of the full look that follows when CONTEXT bytes have come.
// An early look can only add: a match inside complete lines is one that the full look finds too, unless its rule looks
// past the line for a reason *not* to match. Anchors whose surroundings have grown since the last early look are
// shown again: those within NEAR of its end, and those that the sink calls far. So a key and its other half on the
// next line, or a PEM block that arrives line by line, are put together at the next pause.

import { type Chunk, CONTEXT, NEAR, type Origin, type Range, type Sink } from '../model/index.ts';
import { Position } from './position.ts';

/** How much is gathered before a range is shown: large, so that the context around it costs little. */
export const STEP = 4 * 1024 * 1024;

const NEWLINE = 0x0a;
const FIRST_SIZE = 64 * 1024;

export class Window {
  readonly #sink: Sink;
  readonly #origin: Origin;
  readonly #step: number;
  #buffer: Uint8Array;
  #length = 0;
  /** Where `#buffer[0]` stands in the text. */
  readonly #at = new Position();
  /** Everything before it (an index into the buffer) has had its full look. */
  #settled = 0;
  /** Everything before it has had an early look, at least. */
  #early = 0;
  /** Indices of anchors before #early that reach far. */
  #far: number[] = [];

  /** @param step bytes that are gathered for a range */
  constructor(sink: Sink, origin: Origin, step: number = STEP) {
    this.#sink = sink;
    this.#origin = origin;
    this.#step = step;
    this.#buffer = new Uint8Array(Math.min(FIRST_SIZE, step + 2 * CONTEXT));
  }

  /** @returns whether something had its full look */
  write(bytes: Uint8Array): boolean {
    let looked = false;
    let rest = bytes;
    while (rest.length > 0) {
      const room = this.#settled + this.#step + CONTEXT - this.#length;
      const piece = rest.subarray(0, room);
      rest = rest.subarray(piece.length);
      this.#append(piece);
      if (piece.length === room) {
        this.#look([{ from: this.#settled, to: this.#length - CONTEXT }], this.#length);
        this.#settle(this.#length - CONTEXT);
        looked = true;
      }
    }
    return looked;
  }

  /** The stream is quiet: look at the complete lines that have come. */
  pause(): void {
    const until = this.#buffer.lastIndexOf(NEWLINE, this.#length - 1) + 1;
    if (this.#length === 0 || until <= this.#early) return;
    const from = Math.max(this.#settled, this.#early - NEAR);
    const again = this.#far.filter((index) => index >= this.#settled && index < from);
    const ranges = [...again.map((index) => ({ from: index, to: index + 1 })), { from, to: until }];
    const far = this.#look(ranges, until);
    this.#far = [...new Set([...again, ...far])].sort((a, b) => a - b);
    this.#early = until;
  }

  /** The text has ended: look at the rest. */
  end(): void {
    if (this.#length > this.#settled) this.#look([{ from: this.#settled, to: this.#length }], this.#length);
    this.#settled = this.#length;
  }

  #append(piece: Uint8Array): void {
    const needed = this.#length + piece.length;
    if (needed > this.#buffer.length) {
      const grown = new Uint8Array(
        Math.min(Math.max(needed, this.#buffer.length * 2), this.#step + 3 * CONTEXT),
      );
      grown.set(this.#buffer.subarray(0, this.#length));
      this.#buffer = grown;
    }
    this.#buffer.set(piece, this.#length);
    this.#length = needed;
  }

  #look(ranges: readonly Range[], until: number): number[] {
    const { offset, line, column } = this.#at;
    const chunk: Chunk = {
      origin: this.#origin,
      bytes: this.#buffer.subarray(0, until),
      offset,
      line,
      column,
      ranges,
    };
    return this.#sink.look(chunk).far.map((far) => far - offset);
  }

  /** Forgets what no later look can reach. */
  #settle(to: number): void {
    const drop = startOfCharacter(this.#buffer, Math.max(0, to - CONTEXT));
    this.#at.advance(this.#buffer.subarray(0, drop));
    this.#buffer.copyWithin(0, drop, this.#length);
    this.#length -= drop;
    this.#settled = to - drop;
    this.#early = Math.max(this.#settled, this.#early - drop);
    this.#far = this.#far.map((index) => index - drop).filter((index) => index >= this.#settled);
  }
}

/** A chunk that began inside a UTF-8 sequence would decode differently. */
export function startOfCharacter(bytes: Uint8Array, index: number): number {
  for (let back = 0; back < 4 && index - back > 0; back++) {
    if (((bytes[index - back] ?? 0) & 0xc0) !== 0x80) return index - back;
  }
  return index;
}

// What came last in a text, and where it stands: kept without being copied anew for every line.

import { Position } from '../position.ts';
import { startOfCharacter } from '../window.ts';
import type { Point } from './offsets.ts';

/** So much is told of what stands before a point, in bytes: longer than any key but one in PEM. */
export const AROUND = 4096;
/** What may be asked for lies at most AROUND before the end, and its own text as far before that; the rest is for characters. */
const KEPT = 2 * AROUND + 16;
const ROOM = 16 * AROUND;

export interface Tail {
  readonly bytes: Uint8Array;
  /** Where the first byte stands. */
  readonly at: Point;
}

export class Recent {
  readonly #room = new Uint8Array(ROOM);
  #length = 0;
  /** Of the first byte in the room. */
  readonly #start = new Position();

  /** Offset in the text behind its last byte. */
  get end(): number {
    return this.#start.offset + this.#length;
  }

  add(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) {
      if (this.#length === ROOM) this.#forget();
      const piece = bytes.subarray(done, done + ROOM - this.#length);
      this.#room.set(piece, this.#length);
      this.#length += piece.length;
      done += piece.length;
    }
  }

  /** The text that ends at an offset, which lies at most AROUND before the end. It begins where a character does. */
  before(offset: number): Tail {
    const end = offset - this.#start.offset;
    const from = startOfCharacter(this.#room, Math.max(0, end - AROUND));
    const at = new Position();
    Object.assign(at, this.#start);
    at.advance(this.#room.subarray(0, from));
    return { bytes: this.#room.slice(from, end), at };
  }

  #forget(): void {
    const drop = startOfCharacter(this.#room, this.#length - KEPT);
    this.#start.advance(this.#room.subarray(0, drop));
    this.#room.copyWithin(0, drop, this.#length);
    this.#length -= drop;
  }
}

// A log as its author wrote it: without colours and time stamps, and with broken lines whole. The law: what is found has its
// true line and column, and how a log was coloured, stamped or broken never changes what is found.

import type { Origin, Sink, Span } from '../../model/index.ts';
import { Window } from '../window.ts';
import { Joins, LAG, type Seam } from './joins.ts';
import { Limit } from './limit.ts';
import { escapeAt, MORE, stampAt } from './marks.ts';
import { Offsets, type Point } from './offsets.ts';

const START: Point = { offset: 0, line: 1, column: 1 };
const ESC = 0x1b;
const NEWLINE = 0x0a;
const RETURN = 0x0d;
/** A range is shown when so much has come: not more, as every mark in it is remembered until then. */
const STEP = 256 * 1024;
/** What is taken in one go: small, so that what is made on the way is soon forgotten. */
const PIECE = 64 * 1024;
/** As many time stamps as a line may have: a runner stamps what a container has stamped. */
const STAMPS = 3;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The end of the last line, until it is known how the next one begins. */
interface Break extends Seam {
  readonly full: boolean;
}

export class LogWindow {
  readonly #window: Window;
  readonly #joins: Joins;
  readonly #offsets = new Offsets();
  readonly #limit = new Limit();
  #carry: Uint8Array = new Uint8Array(0);
  /** Raw bytes and bytes of the view that are behind us. */
  #raw: number;
  #seen = 0;
  /** Line and columns at the end of what has been taken. */
  #line = 1;
  /** Lines before the first. */
  readonly #lines: number;
  #rawColumn: number;
  #seenColumn = 1;
  /** Nothing of the line has been kept so far, and so many time stamps have been dropped. */
  #fresh: boolean;
  #stamps = 0;
  #goesOn = false;
  #follows = false;
  #lineStart = 0;
  /** The last byte of the view. */
  #last = 0;
  #break: Break | undefined;
  /** What the joins have not been fed, as a break in it is undecided. */
  #held: Uint8Array = new Uint8Array(0);

  /** @param from where the bytes begin in the origin's text */
  constructor(sink: Sink, origin: Origin, step: number = STEP, from: Point = START) {
    this.#raw = from.offset;
    this.#lines = from.line - START.line;
    this.#rawColumn = from.column;
    this.#fresh = from.column === START.column;
    const truly = (span: Span): Span => this.#offsets.truly(span);
    const through: Sink = {
      look: (chunk) => {
        const looked = sink.look({ ...chunk, truly });
        this.#offsets.forget(chunk.offset - LAG);
        return looked;
      },
      inherit: (finding, from, span) => sink.inherit(finding, from, span),
      skip: (skipped) => sink.skip(skipped),
      advance: (by) => sink.advance(by),
    };
    this.#window = new Window(through, origin, step);
    this.#joins = new Joins(sink, origin, truly);
    this.#offsets.add(START, from);
  }

  /** @returns whether something had its full look */
  write(bytes: Uint8Array): boolean {
    let looked = false;
    for (let at = 0; at < bytes.length; at += PIECE) {
      if (this.#write(bytes.subarray(at, at + PIECE))) looked = true;
    }
    return looked;
  }

  #write(bytes: Uint8Array): boolean {
    const data = this.#carry.length === 0 ? bytes : Buffer.concat([this.#carry, bytes]);
    const taken = wholeCharacters(data);
    return this.#take(data, taken, false);
  }

  pause(): void {
    this.#window.pause();
    this.#joins.pause();
  }

  end(): void {
    this.#take(this.#carry, this.#carry.length, true);
    if (this.#held.length > 0) this.#joins.feed(this.#held, this.#seen - this.#held.length, []);
    this.#held = new Uint8Array(0);
    this.#window.end();
    this.#joins.end();
  }

  #take(data: Uint8Array, length: number, last: boolean): boolean {
    const kept: Uint8Array[] = [];
    const seams: Seam[] = [];
    /** Raw index from which on bytes are kept and not in `kept` so far; what stands there is at `seenAt` in the view. */
    let from = 0;
    let seenAt = this.#seen;
    /** Raw index up to which columns have been counted. */
    let counted = 0;
    let newline = data.indexOf(NEWLINE);
    let sequence = data.indexOf(ESC);
    const count = (to: number): void => {
      const columns = columnsOf(data, counted, to);
      this.#rawColumn += columns;
      this.#seenColumn += columns;
      counted = to;
    };
    /** The last byte of the view, up to a raw index. */
    const lastAt = (to: number): number => (to === from ? this.#last : (data[to - 1] ?? 0));
    const keep = (to: number): void => {
      if (to === from) return;
      this.#last = lastAt(to);
      kept.push(data.subarray(from, to));
      seenAt += to - from;
      from = to;
    };
    const drop = (at: number, size: number): void => {
      count(at);
      keep(at);
      this.#rawColumn += columnsOf(data, at, at + size);
      from = at + size;
      counted = from;
      this.#offsets.add(
        { offset: seenAt, line: this.#line, column: this.#seenColumn },
        { offset: this.#raw + from, line: this.#lines + this.#line, column: this.#rawColumn },
      );
    };
    let at = 0;
    if (this.#raw === 0 && data[0] === 0xef && data[1] === 0xbb && data[2] === 0xbf) {
      drop(0, 3);
      at = 3;
    }
    while (at < length) {
      if (this.#fresh && this.#stamps < STAMPS) {
        const stamp = stampAt(data, at, last);
        if (stamp.size === MORE) break;
        if (stamp.size > 0) {
          drop(at, stamp.size);
          at = from;
          this.#stamps += 1;
          this.#goesOn ||= stamp.goesOn;
          this.#follows ||= stamp.follows;
          continue;
        }
      }
      if (newline >= 0 && newline < at) newline = data.indexOf(NEWLINE, at);
      if (sequence >= 0 && sequence < at) sequence = data.indexOf(ESC, at);
      const end = Math.min(newline < 0 ? length : newline, sequence < 0 ? length : sequence, length);
      if (end > at) {
        this.#begin(seams);
        at = end;
        continue;
      }
      if (at === sequence) {
        const size = escapeAt(data, at, last);
        if (size === MORE) break;
        if (size > 0) {
          drop(at, size);
          at = from;
          continue;
        }
        this.#begin(seams);
        at += 1;
        sequence = data.indexOf(ESC, at);
        continue;
      }
      this.#endOfLine(seenAt + at - from, lastAt(at));
      at += 1;
      counted = at;
    }
    count(at);
    keep(at);
    this.#carry = Uint8Array.from(data.subarray(at));
    this.#raw += at;
    const [only = new Uint8Array(0)] = kept;
    return this.#show(kept.length > 1 ? Buffer.concat(kept) : only, seams);
  }

  /** A line has something in it: that is what the one before was broken for, if it was. */
  #begin(seams: Seam[]): void {
    if (!this.#fresh) return;
    this.#fresh = false;
    const before = this.#break;
    if (before !== undefined && (before.full || this.#follows)) seams.push(before);
    this.#break = undefined;
  }

  /** @param at offset of the line's end in the view */
  #endOfLine(at: number, last: number): void {
    const from = last === RETURN && at > this.#lineStart ? at - 1 : at;
    const full = this.#limit.isFull(from - this.#lineStart) || this.#goesOn;
    this.#break = from === this.#lineStart ? undefined : { from, to: at + 1, full };
    this.#lineStart = at + 1;
    this.#line += 1;
    this.#rawColumn = 1;
    this.#seenColumn = 1;
    this.#fresh = true;
    this.#stamps = 0;
    this.#goesOn = false;
    this.#follows = false;
  }

  #show(view: Uint8Array, seams: readonly Seam[]): boolean {
    const offset = this.#seen - this.#held.length;
    this.#seen += view.length;
    const all = this.#held.length === 0 ? view : Buffer.concat([this.#held, view]);
    const decided = (this.#break?.from ?? this.#seen) - offset;
    this.#joins.feed(all.subarray(0, decided), offset, seams);
    this.#held = Uint8Array.from(all.subarray(decided));
    return this.#window.write(view);
  }
}

/** Columns that a part of a line takes, in UTF-16 code units. */
function columnsOf(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from; at < to; at++)
    if ((bytes[at] ?? 0) >= 0x80) return at - from + decoder.decode(bytes.subarray(at, to)).length;
  return to - from;
}

/** How many bytes there are without a UTF-8 sequence that has just begun. */
function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte >= 0xc0) {
      const size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return size > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}

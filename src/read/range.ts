// The law of this file: where a file is cut never changes what is found. A range is looked at with CONTEXT bytes on both sides,
// which are read again, as that costs less than to carry them along. Where a range begins, its line and column are not known;
// they are counted from 1, and whoever puts the ranges together moves what was found (see `moved`).

import { readSync } from 'node:fs';
import { CONTEXT, type Origin, type Sink, type Span } from '../model/index.ts';
import { hasEscape, isLogName, isStamped, lookLogAround, lookLogPart } from './logs/index.ts';
import { type Counted, countedBuffer } from './newlines/index.ts';
import { Position } from './position.ts';
import { turn } from './turn.ts';
import { startOfCharacter } from './window.ts';

/** Enough lines of a log to tell whether they are stamped. */
const HEAD = 16 * 1024;
/** What is looked at in one go. */
const STEP = 2 * 1024 * 1024;

export interface ByteRange {
  readonly from: number;
  /** Behind the last byte; Infinity for the end of the file. */
  readonly to: number;
}

/** A way in a text, in lines and, in the last of them, in columns. */
export interface Way {
  readonly lines: number;
  readonly columns: number;
}

export const NO_WAY: Way = { lines: 0, columns: 0 };

let shared: Counted | undefined;

/**
 * Looks at a range of a file's plain text.
 * @returns the way from where counting began to where it begins for the range that follows
 */
export async function lookRange(
  sink: Sink,
  origin: Origin,
  handle: number,
  { from, to }: ByteRange,
  signal?: AbortSignal,
): Promise<Way> {
  // Taken while it is read into, as something else may look at a file while this one waits for its turn.
  const counted = shared ?? countedBuffer(STEP + 2 * CONTEXT + 4);
  const { buffer } = counted;
  shared = undefined;
  const isLog = 'path' in origin && isLogName(origin.path);
  const log = isLog ? { stamped: isStamped(fill(handle, buffer.subarray(0, HEAD), 0)) } : undefined;
  try {
    const at = new Position();
    at.offset = -1;
    for (let next = from; next < to; next += STEP) {
      const until = Math.min(next + STEP, to);
      // Four bytes more, so that the character there is seen whole.
      const read = Math.max(0, next - CONTEXT - 4);
      const bytes = fill(handle, buffer.subarray(0, until + CONTEXT - read), read);
      const end = Math.min(until, read + bytes.length);
      if (end <= next) break;
      const start = chunkStart(bytes, read, next);
      if (at.offset < 0) at.offset = start;
      const chunk = bytes.subarray(start - read);
      const { offset, line, column } = at;
      const range = { from: next - start, to: end - start };
      const chunkAt = { offset, line, column };
      // A log has its colours taken away where it has any. Its time stamps only part what stands on several lines, and whatever may is
      // far; so a log that is stamped and not coloured is nearly as quick as any text.
      if (log !== undefined && hasEscape(chunk)) lookLogPart(sink, origin, chunk, chunkAt, range);
      else {
        const { far } = sink.look({ origin, bytes: chunk, ...chunkAt, ranges: [range] });
        if (log?.stamped === true) lookLogAround(sink, origin, chunk, chunkAt, range, far);
      }
      sink.advance({ bytes: end - next });
      at.advance(chunk.subarray(0, chunkStart(bytes, read, end) - start), counted.count);
      if (end < until) break;
      await turn(signal);
    }
    return { lines: at.line - 1, columns: at.column - 1 };
  } finally {
    shared = counted;
  }
}

function chunkStart(bytes: Uint8Array, read: number, range: number): number {
  return read + startOfCharacter(bytes, Math.max(0, range - CONTEXT) - read);
}

/** A span that was counted from where a way ends. */
export function moved(span: Span, { lines, columns }: Way): Span {
  return {
    ...span,
    line: span.line + lines,
    column: span.line === 1 ? span.column + columns : span.column,
    endLine: span.endLine + lines,
  };
}

/** One way behind another. */
export function joined(a: Way, b: Way): Way {
  return { lines: a.lines + b.lines, columns: b.lines === 0 ? a.columns + b.columns : b.columns };
}

/** As much of a file from a position on as fits, or as there is; `enough` bytes are all that is expected. */
export function fill(handle: number, buffer: Buffer, position: number, enough = buffer.length): Buffer {
  let length = 0;
  while (length < enough) {
    const got = readSync(handle, buffer, length, buffer.length - length, position + length);
    if (got === 0) break;
    length += got;
  }
  return buffer.subarray(0, length);
}

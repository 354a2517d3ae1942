// Logs as people meet them: coloured, stamped, broken at a width. See log-window.ts.

import { CONTEXT, type Origin, type Range, type Sink, type Span } from '../../model/index.ts';
import { Position } from '../position.ts';
import { Limit } from './limit.ts';
import { LogWindow } from './log-window.ts';
import { stampAt } from './marks.ts';
import type { Point } from './offsets.ts';

export { isBroken } from './limit.ts';

const ESC = 0x1b;
const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** By its name, of a packed log too. */
export function isLogName(path: string): boolean {
  return /\.(?:log|out|txt)(?:\.\d{1,8})?(?:\.gz|\.zst)?$/i.test(path);
}

/** Whether anything in a text has to be taken away to read it: most logs on disk are as plain as any file. */
export function isMarked(bytes: Uint8Array): boolean {
  if (hasEscape(bytes)) return true;
  const limit = new Limit();
  for (let at = 0; at < bytes.length; ) {
    if (stampAt(bytes, at, true).size > 0) return true;
    const newline = bytes.indexOf(NEWLINE, at);
    if (newline < 0) return false;
    const end = bytes[newline - 1] === RETURN ? newline - 1 : newline;
    if (limit.isFull(end - at) && newline + 1 < bytes.length) return true;
    at = newline + 1;
  }
  return false;
}

export function hasEscape(bytes: Uint8Array): boolean {
  return bytes.includes(ESC);
}

/** Whether the lines begin with time stamps, by a few of them. */
export function isStamped(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; ) {
    if (stampAt(bytes, at, true).size > 0) return true;
    const newline = bytes.indexOf(NEWLINE, at);
    if (newline < 0) return false;
    at = newline + 1;
  }
  return false;
}

/** Looks at a log that is in memory as a whole, in UTF-8. */
export function lookLog(sink: Sink, origin: Origin, bytes: Uint8Array): void {
  const window = new LogWindow(sink, origin);
  window.write(bytes);
  window.end();
}

/**
 * Looks at a part of a log, with what stands around it. What begins in the part counts.
 * @param at where the bytes begin; @param part in bytes relative to them
 */
export function lookLogPart(sink: Sink, origin: Origin, bytes: Uint8Array, at: Point, part: Range): void {
  const begins = ({ start }: Span): boolean => start >= at.offset + part.from && start < at.offset + part.to;
  const counting: Sink = {
    look: (chunk) =>
      sink.look({
        ...chunk,
        truly: (span) => {
          const truly = chunk.truly?.(span);
          return truly !== undefined && begins(truly) ? truly : undefined;
        },
      }),
    inherit: (finding, from, span) => sink.inherit(finding, from, span),
    skip: (skipped) => sink.skip(skipped),
    advance: (step) => sink.advance(step),
  };
  const window = new LogWindow(counting, origin, undefined, at);
  window.write(bytes);
  window.end();
}

/** Time stamps make what stands on several lines longer, by half or so. */
const AROUND = 2 * CONTEXT;

/**
 * The same for what stands near far anchors alone.
 * @param far their offsets in the text, in order
 */
export function lookLogAround(
  sink: Sink,
  origin: Origin,
  bytes: Uint8Array,
  at: Point,
  part: Range,
  far: readonly number[],
): void {
  const position = new Position();
  Object.assign(position, at);
  for (const { from, to } of groups(far.map((offset) => offset - at.offset))) {
    // From a line's beginning on, where stamps stand.
    const lineStart = from <= CONTEXT ? 0 : bytes.lastIndexOf(NEWLINE, from - CONTEXT) + 1;
    const start = Math.max(lineStart, position.offset - at.offset);
    position.advance(bytes.subarray(position.offset - at.offset, start));
    const near = { from: Math.max(part.from, from) - start, to: Math.min(part.to, to) - start };
    const { offset, line, column } = position;
    lookLogPart(sink, origin, bytes.subarray(start, to + CONTEXT), { offset, line, column }, near);
  }
}

/** What lies around places, joined where the text that is needed for two of them overlaps. */
function groups(places: readonly number[]): Range[] {
  const found: { from: number; to: number }[] = [];
  for (const place of places) {
    const last = found.at(-1);
    if (last !== undefined && place - AROUND <= last.to + 2 * CONTEXT) last.to = place + AROUND;
    else found.push({ from: Math.max(0, place - AROUND), to: place + AROUND });
  }
  return found;
}

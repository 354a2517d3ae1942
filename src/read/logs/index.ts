// Logs as people meet them: coloured, stamped, broken at a width. See log-window.ts.

import type { Origin, Range, Sink, Span } from '../../model/index.ts';
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

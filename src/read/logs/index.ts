// Logs as people meet them: coloured, stamped, broken at a width. See log-window.ts.

import type { Origin, Sink } from '../../model/index.ts';
import { Limit } from './limit.ts';
import { LogWindow } from './log-window.ts';
import { stampAt } from './marks.ts';

const ESC = 0x1b;
const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** By its name, of a packed log too. */
export function isLogName(path: string): boolean {
  return /\.(?:log|out|txt)(?:\.\d{1,8})?(?:\.gz|\.zst)?$/i.test(path);
}

/** Whether anything in a text has to be taken away to read it: most logs on disk are as plain as any file. */
export function isMarked(bytes: Uint8Array): boolean {
  if (bytes.includes(ESC)) return true;
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

/** Looks at a log that is in memory as a whole, in UTF-8. */
export function lookLog(sink: Sink, origin: Origin, bytes: Uint8Array): void {
  const window = new LogWindow(sink, origin);
  window.write(bytes);
  window.end();
}

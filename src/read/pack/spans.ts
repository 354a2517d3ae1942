// Lines and columns of findings that were not looked for but inherited: counted then, for hits alone.

import type { Span } from '../../model/index.ts';
import type { Kept } from './follow.ts';

const NEWLINE = 10;
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Spans of findings in a text that begins at line 1; ask in ascending order of `start`.
 * @param newlines how many are in a part of the text
 */
export function spansIn(text: Buffer, newlines: (bytes: Buffer) => number): (kept: Kept) => Span {
  let line = 1;
  let counted = 0;
  return ({ start, end }) => {
    if (start > counted) {
      const last = text.subarray(counted, start).lastIndexOf(NEWLINE);
      if (last >= 0) {
        line += newlines(text.subarray(counted, counted + last + 1));
        counted += last + 1;
      }
    }
    let endLine = line;
    for (let at = text.indexOf(NEWLINE, start); at >= 0 && at < end - 1; at = text.indexOf(NEWLINE, at + 1))
      endLine++;
    const column = 1 + lenient.decode(text.subarray(counted, start)).length;
    return { start, end, line, column, endLine };
  };
}

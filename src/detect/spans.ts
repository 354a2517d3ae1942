import type { Chunk, Span } from '../model/index.ts';
import type { Text } from './text.ts';

const NEWLINE = 10;

/** Lines and columns for the few ranges that are findings. Ask in ascending order of `start`: lines are counted once. */
export function spanner(chunk: Chunk, text: Text): (start: number, end: number) => Span {
  let line = chunk.line;
  let counted = 0;
  return (start, end) => {
    for (;;) {
      const next = text.indexOf(NEWLINE, counted);
      if (next === -1 || next >= start) break;
      line++;
      counted = next + 1;
    }
    let endLine = line;
    for (let at = text.indexOf(NEWLINE, start); at !== -1 && at < end - 1; at = text.indexOf(NEWLINE, at + 1))
      endLine++;
    const before = counted === 0 ? chunk.column : 1;
    const column = before + text.show(counted, start).length;
    return { start: chunk.offset + start, end: chunk.offset + end, line, column, endLine };
  };
}

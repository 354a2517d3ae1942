import type { Chunk, Span } from '../model/index.ts';
import type { Text } from './text.ts';

const NEWLINE = 10;

/**
 * Lines and columns for the few ranges that are findings. Ask in ascending order of `start`: no byte is counted twice, however
 * long a line is.
 */
export function spanner(chunk: Chunk, text: Text): (start: number, end: number) => Span {
  let line = chunk.line;
  let column = chunk.column;
  let counted = 0;
  const after = (at: number): number => {
    const found = text.indexOf(NEWLINE, at);
    return found === -1 ? Number.POSITIVE_INFINITY : found;
  };
  let newline = after(0);
  const advance = (to: number): void => {
    for (; newline < to; newline = after(newline + 1)) {
      line++;
      column = 1;
      counted = newline + 1;
    }
    column += text.show(counted, to).length;
    counted = to;
  };
  return (start, end) => {
    advance(start);
    let endLine = line;
    for (let at = newline; at < end - 1; at = after(at + 1)) endLine++;
    return { start: chunk.offset + start, end: chunk.offset + end, line, column, endLine };
  };
}

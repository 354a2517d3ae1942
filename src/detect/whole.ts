import type { Chunk } from '../model/index.ts';

/** A text of which nothing else is known: no file, no place. @param from what lies before is there to be read, and does not count */
export function wholeText(bytes: Uint8Array, from = 0): Chunk {
  return {
    origin: { kind: 'stream', path: '-' },
    bytes,
    offset: 0,
    line: 1,
    column: 1,
    ranges: [{ from, to: bytes.length }],
  };
}

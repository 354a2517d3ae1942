const NEWLINE = 0x0a;
const NONE = new Uint32Array(0);
const FOUR_NEWLINES = 0x0a0a0a0a;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Offset, line and column of a point that moves through a text; the column in UTF-16 code units, as the line decodes. */
export class Position {
  offset = 0;
  line = 1;
  column = 1;

  /**
   * @param bytes what is moved over: it ends where a character does
   * @param count counts the line ends in some bytes
   */
  advance(bytes: Uint8Array, count: (bytes: Uint8Array) => number = allNewlines): void {
    this.offset += bytes.length;
    const last = bytes.lastIndexOf(NEWLINE);
    if (last >= 0) {
      this.line += count(bytes.subarray(0, last + 1));
      this.column = 1;
    }
    this.column += decoder.decode(bytes.subarray(last + 1)).length;
  }
}

function allNewlines(bytes: Uint8Array): number {
  return countNewlines(bytes, bytes.length);
}

/** How many of the first `end` bytes are line ends; four bytes a step, as this runs over every byte of a large log. */
export function countNewlines(bytes: Uint8Array, end: number): number {
  let count = 0;
  let at = 0;
  const aligned = Math.min(end, (4 - (bytes.byteOffset & 3)) & 3);
  for (; at < aligned; at += 1) if (bytes[at] === NEWLINE) count += 1;
  const steps = (end - at) >> 2;
  const words = steps > 0 ? new Uint32Array(bytes.buffer, bytes.byteOffset + at, steps) : NONE;
  for (let i = 0; i < words.length; i += 1) {
    const mixed = (words[i] ?? 0) ^ FOUR_NEWLINES;
    // A byte's high bit is clear only where the byte is zero: there stood a newline.
    const others = ((mixed & 0x7f7f7f7f) + 0x7f7f7f7f) | mixed;
    count += Math.imul((~others & 0x80808080) >>> 7, 0x01010101) >>> 24;
  }
  for (at += words.length << 2; at < end; at += 1) if (bytes[at] === NEWLINE) count += 1;
  return count;
}

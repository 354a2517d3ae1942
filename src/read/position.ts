const NEWLINE = 0x0a;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Offset, line and column of a point that moves through a text; the column in UTF-16 code units, as the line decodes. */
export class Position {
  offset = 0;
  line = 1;
  column = 1;

  /** @param bytes what is moved over: it ends where a character does */
  advance(bytes: Uint8Array): void {
    this.offset += bytes.length;
    let from = 0;
    for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, from)) {
      this.line += 1;
      from = at + 1;
    }
    if (from > 0) this.column = 1;
    this.column += decoder.decode(bytes.subarray(from)).length;
  }
}

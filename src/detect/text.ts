// A chunk's bytes as patterns see them: one character a byte, so that every index is a byte offset.

/** What is turned into a string beyond a window: anchors stand in groups, and one string serves them all. */
const BLOCK = 1_024;

/** What came of the name at `at`; see assigned.ts. */
interface Judged {
  readonly at: number;
  readonly length: number;
  readonly to: number;
  readonly machine: boolean;
  readonly value: { readonly start: number; readonly end: number } | undefined;
}

export class Text {
  readonly bytes: Uint8Array;
  /** The last one: several rules ask for the value of one name, one behind the other. */
  judged: Judged | undefined;
  #made: Buffer | undefined;
  #block = '';
  #from = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** Made when it is first needed: most texts have nothing in them. */
  get #buffer(): Buffer {
    const { buffer, byteOffset, byteLength } = this.bytes;
    this.#made ??= Buffer.from(buffer, byteOffset, byteLength);
    return this.#made;
  }

  /** @param from within the bytes; @param to within the bytes */
  slice(from: number, to: number): string {
    if (from < this.#from || to > this.#from + this.#block.length) {
      const end = Math.min(this.bytes.length, to + BLOCK);
      this.#block = this.#buffer.toString('latin1', from, end);
      this.#from = from;
    }
    return this.#block.slice(from - this.#from, to - this.#from);
  }

  indexOf(byte: number, from: number): number {
    return this.#buffer.indexOf(byte, from);
  }

  /** The characters of a range: UTF-8 where the bytes are that, else one character a byte. */
  decode(from: number, to: number): string {
    const piece = this.bytes.subarray(from, to);
    try {
      return strict.decode(piece);
    } catch {
      return this.slice(from, to);
    }
  }

  /** As `decode`, with U+FFFD for bytes that are no UTF-8: for counting columns. */
  show(from: number, to: number): string {
    return lenient.decode(this.bytes.subarray(from, to));
  }
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

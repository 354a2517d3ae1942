// What `git cat-file --batch` prints, parsed as it streams: `<oid> <type> <size>\n`, the content, `\n`; or `<oid> missing\n`.

export type ObjectType = 'blob' | 'commit' | 'tag' | 'tree';

export interface Heading {
  readonly oid: string;
  readonly type: ObjectType;
  readonly size: number;
}

/** Takes one object's content, in pieces that are valid until the call returns. */
export interface Taker {
  piece(bytes: Uint8Array): void;
  end(): void;
}

export interface ObjectHandler {
  /** A new object, whose content comes in pieces; undefined passes it over. */
  begin(heading: Heading): Taker | undefined;
  /** The whole content at once: called instead of `begin` where it has come in one piece. */
  whole(heading: Heading, content: Uint8Array): void;
  missing(oid: string): void;
}

const NEWLINE = 0x0a;

export class ObjectParser {
  readonly #handler: ObjectHandler;
  #line: Buffer = Buffer.alloc(0);
  #taker: Taker | undefined;
  /** Bytes of content still to come, the final newline included; 0 between objects. */
  #due = 0;
  /** Objects that are through, missing ones included. */
  count = 0;

  constructor(handler: ObjectHandler) {
    this.#handler = handler;
  }

  /** In the middle of an object. */
  get busy(): boolean {
    return this.#due > 0 || this.#line.length > 0;
  }

  push(bytes: Buffer): void {
    let at = 0;
    while (at < bytes.length) at = this.#due > 0 ? this.#content(bytes, at) : this.#heading(bytes, at);
  }

  #heading(bytes: Buffer, at: number): number {
    const end = bytes.indexOf(NEWLINE, at);
    const piece = bytes.subarray(at, end < 0 ? bytes.length : end);
    if (end < 0) {
      this.#line = Buffer.concat([this.#line, piece]);
      return bytes.length;
    }
    const line =
      this.#line.length > 0
        ? Buffer.concat([this.#line, piece]).toString('latin1')
        : piece.toString('latin1');
    this.#line = Buffer.alloc(0);
    const [oid = '', type = '', size = ''] = line.split(' ');
    if (!isType(type) || size === '') {
      this.count += 1;
      this.#handler.missing(oid);
      return end + 1;
    }
    const heading: Heading = { oid, type, size: Number(size) };
    const from = end + 1;
    if (bytes.length - from > heading.size) {
      this.count += 1;
      this.#handler.whole(heading, bytes.subarray(from, from + heading.size));
      return from + heading.size + 1;
    }
    this.#taker = this.#handler.begin(heading);
    this.#due = heading.size + 1;
    return from;
  }

  #content(bytes: Buffer, at: number): number {
    const piece = bytes.subarray(at, at + this.#due);
    this.#due -= piece.length;
    const content = this.#due === 0 ? piece.subarray(0, -1) : piece;
    if (content.length > 0) this.#taker?.piece(content);
    if (this.#due === 0) {
      this.count += 1;
      this.#taker?.end();
      this.#taker = undefined;
    }
    return at + piece.length;
  }
}

function isType(word: string): word is ObjectType {
  return word === 'blob' || word === 'commit' || word === 'tag' || word === 'tree';
}

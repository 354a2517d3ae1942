// The bytes that an assignment is read from: what each of them is to it, and what stands around a name and a value.

/** Longest name around the anchor, each way. */
export const NAME = 64;
/** Most blanks in a row. */
export const BLANKS = 24;

export const IDENTIFIER = 1;
export const BLANK = 2;
export const QUOTE = 4;
/** Ends a value that has no quotes. */
export const STOP = 8;

/** What a byte is to an assignment. */
export const KIND = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++) {
  const char = String.fromCharCode(byte);
  if (/[A-Za-z0-9_$.-]/.test(char)) KIND[byte] = IDENTIFIER;
  if (char === ' ' || char === '\t') KIND[byte] = BLANK | STOP;
  if (char === '"' || char === "'" || char === '`') KIND[byte] = QUOTE | STOP;
  if (/[\r\n,;&|<>(){}[\]\\]/.test(char) || byte === 0) KIND[byte] = STOP;
}

const SLASH = 47;
const STAR = 42;
const NEWLINE = 10;
const BACKSLASH = 92;
const PLUS = 43;
const QUESTION = 63;
const DOT = 46;
const DOLLAR = 36;
/** A text of fewer bytes that a name is added to is no whole key. */
const SHORT_PIECE = 16;
const JOINS = new Set([45, 46, 95]);

/** A window of bytes that ends at `to`, and what stands around a name or a value in it. */
export class Window {
  protected readonly bytes: Uint8Array;
  protected readonly to: number;

  constructor(bytes: Uint8Array, to: number) {
    this.bytes = bytes;
    this.to = to;
  }

  protected at(index: number): number {
    return index < this.to ? (this.bytes[index] ?? 0) : 0;
  }

  protected kind(index: number): number {
    return index < this.to ? (KIND[this.bytes[index] ?? 0] ?? 0) : 0;
  }

  protected blanks(from: number): number {
    let at = from;
    while (at - from < BLANKS && ((this.kind(at) ?? 0) & BLANK) !== 0) at++;
    return at;
  }

  protected word(from: number, word: string): boolean {
    return this.startsWith(from, word) && (this.kind(from + word.length) & IDENTIFIER) === 0;
  }

  /** @param text in small letters */
  protected startsWith(from: number, text: string): boolean {
    for (let i = 0; i < text.length; i++) {
      const char = text.charCodeAt(i);
      if (this.at(from + i) !== char && (this.at(from + i) | 32) !== char) return false;
    }
    return true;
  }

  /** `"abc." + rest`, `'abc' . $rest`, `"deadbeef" * 10`: a piece of something that is put together. */
  isPiece(start: number, end: number): boolean {
    const sign = this.blanks(end + 1);
    const next = this.at(sign);
    if (next === DOT && end - start < SHORT_PIECE) return this.at(this.blanks(sign + 1)) === DOLLAR;
    if (next !== PLUS && next !== STAR) return false;
    const behind = this.at(this.blanks(sign + 1));
    if (next === STAR) return behind >= 48 && behind <= 57;
    const named = ((KIND[behind] ?? 0) & IDENTIFIER) !== 0;
    return (
      named &&
      (end - start < SHORT_PIECE ||
        (KIND[this.at(end - 1)] ?? 0) !== IDENTIFIER ||
        JOINS.has(this.at(end - 1)))
    );
  }

  /** Does the line begin with a comment's sign? `*`, `//`, also behind the `\\n` of a text inside a text. */
  isCommented(nameStart: number): boolean {
    const least = Math.max(0, nameStart - NAME);
    let at = nameStart - 1;
    while (at >= least && this.bytes[at] !== NEWLINE && !this.#isEscapedNewline(at)) at--;
    if (at < least && least > 0) return false;
    at++;
    while ((this.kind(at) & BLANK) !== 0) at++;
    const pair = this.at(at) === SLASH && (this.at(at + 1) === SLASH || this.at(at + 1) === STAR);
    return pair || (this.at(at) === STAR && (this.kind(at + 1) & BLANK) !== 0);
  }

  #isEscapedNewline(at: number): boolean {
    return this.bytes[at] === 110 && this.bytes[at - 1] === BACKSLASH;
  }

  /** Two words of letters, behind blanks. */
  isSpoken(from: number): boolean {
    let at = from;
    for (let word = 0; word < 2; word++) {
      const start = this.blanks(at);
      if (start === at) return false;
      at = start;
      while (at - start < NAME && isLetterOf(this.at(at))) at++;
      if (at === start) return false;
    }
    return (this.kind(at) & STOP) !== 0 || this.at(at) === 46;
  }

  /** A quoted text between a question mark and a colon. */
  isBranch(nameStart: number): boolean {
    let at = nameStart - 2;
    while (nameStart - at < BLANKS && (this.bytes[at] ?? 0) <= 32 && at > 0) at--;
    return this.bytes[at] === QUESTION && at < nameStart - 2;
  }

  /** `<add key="Name" value="…"/>`: what a key attribute holds is a name. */
  namesAttribute(end: number): boolean {
    const behind = this.blanks(end + 1);
    return behind > end + 1 && this.word(behind, 'value');
  }

  beginsLine(nameStart: number): boolean {
    let at = nameStart - 1;
    while (nameStart - at < BLANKS && (this.bytes[at] === 32 || this.bytes[at] === 9)) at--;
    return at < 0 || this.bytes[at] === NEWLINE;
  }

  /** Does its line hold nothing but the name, the sign and the value? */
  isAlone(nameStart: number, end: number): boolean {
    return this.beginsLine(nameStart) && this.endsLine(end);
  }

  endsLine(end: number): boolean {
    const behind = this.blanks(end);
    return behind >= this.bytes.length || this.at(behind) === NEWLINE || this.at(behind) === 13;
  }
}

function isLetterOf(byte: number): boolean {
  return ((byte | 32) >= 97 && (byte | 32) <= 122) || byte === 39;
}

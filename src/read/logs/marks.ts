// What a console and a CI put into a line that its author did not write: escape sequences and a time stamp.

/** More bytes are needed to tell. */
export const MORE = -1;

const ESC = 0x1b;
const LONGEST_ESCAPE = 64;
const LONGEST_STAMP = 64;
/** Of what may follow the time: ` stdout P `, less its first space. */
const LONGEST_TAIL = 10;

/**
 * The size of the escape sequence at a place; 0 where there is none. ECMA-48, 5.4 and 5.5. Of an operating system command (a
 * hyperlink, a title) only its introducer is taken: a URL in it is text that may hold a key.
 * @param last nothing follows the bytes
 */
export function escapeAt(bytes: Uint8Array, at: number, last: boolean): number {
  const second = bytes[at + 1];
  if (bytes[at] !== ESC) return 0;
  if (second === undefined) return last ? 0 : MORE;
  if (second === 0x5b) return controlAt(bytes, at, last);
  if (second >= 0x20 && second <= 0x2f) {
    const third = bytes[at + 2];
    if (third === undefined) return last ? 0 : MORE;
    return third >= 0x30 && third <= 0x7e ? 3 : 0;
  }
  return second >= 0x30 && second <= 0x7e ? 2 : 0;
}

function controlAt(bytes: Uint8Array, at: number, last: boolean): number {
  for (let next = at + 2; next < at + LONGEST_ESCAPE; next++) {
    const byte = bytes[next];
    if (byte === undefined) return last ? 0 : MORE;
    if (byte >= 0x40 && byte <= 0x7e) return next + 1 - at;
    if (byte < 0x20 || byte > 0x3f) return 0;
  }
  return 0;
}

export interface Stamp {
  /** MORE, or in bytes; 0 where there is none. */
  readonly size: number;
  /** The line goes on in the next one, as the CI itself says. */
  readonly goesOn: boolean;
  /** The line goes on with what the one before began. */
  readonly follows: boolean;
}

const NO_STAMP: Stamp = { size: 0, goesOn: false, follows: false };
const UNSURE: Stamp = { ...NO_STAMP, size: MORE };

// GitHub: `2026-11-21T03:04:05.1234567Z text`. Jenkins: the same in brackets. Kubernetes (CRI): `… stdout P text`, P for a part
// of a line. GitLab: `… 00O text`, and `00O+text` where a line goes on.
const STAMP =
  /^\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?\]?(?: std(?:out|err) ([FP]) | [0-9a-f]{2}[OE]([ +])| |(?=[\r\n]))/;

/** The time stamp at the beginning of a line. */
export function stampAt(bytes: Uint8Array, at: number, last: boolean): Stamp {
  const first = bytes[at] ?? 0;
  if (first !== 0x5b && (first < 0x30 || first > 0x39)) return NO_STAMP;
  const line = Buffer.from(bytes.buffer, bytes.byteOffset + at, Math.min(LONGEST_STAMP, bytes.length - at));
  const text = line.toString('latin1');
  const match = STAMP.exec(text);
  if (match === null || match[0].length > text.length - LONGEST_TAIL) {
    if (!last && text.length < LONGEST_STAMP && !line.includes(0x0a) && mayBe(text)) return UNSURE;
  }
  if (match === null) return NO_STAMP;
  return { size: match[0].length, goesOn: match[1] === 'P', follows: match[2] === '+' };
}

/** Whether this may be the beginning of a time stamp. */
function mayBe(text: string): boolean {
  return /^\[?[\d-]{0,10}(?:$|[T ])/.test(text);
}

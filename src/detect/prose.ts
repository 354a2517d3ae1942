// Most anchors of rules that ask for a name and its value are words of prose and of code: told from a few bytes, without reading
// the assignment that is not there. The law: what is prose here, assignment.ts reads as none, or as a word too short.

import { nameStartOf } from './assignment.ts';
import { BEGINS, COMMANDS, formAt } from './assignment-forms.ts';
import { BLANK, BLANKS, IDENTIFIER, KIND, NAME, QUOTE, STOP } from './assignment-window.ts';
import { word } from './kernel/index.ts';
import { GLUE } from './key-name.ts';

const NEWLINE = 10;
const RETURN = 13;
const PAREN = 40;
const CLOSING_PAREN = 41;
const COMMA = 44;
const DASH = 45;
const COLON = 58;
const EQUALS = 61;
const SMALL_A = 97;
const SMALL_N = 110;
const SMALL_P = 112;
const SMALL_V = 118;

/** Behind a name, where a sign, a quote or a line's end may follow: everything else ends it, and gives it nothing. */
const OPENS = Uint8Array.from({ length: 256 }, (_, byte) =>
  /[\r\n\\\]"'`?>=:(+|!&]/.test(String.fromCharCode(byte)) ? 1 : 0,
);
/** Behind the quote that closes a name; a word is taken for a type. */
const OPENS_CLOSED = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte === COMMA || ((KIND[byte] ?? 0) & (BLANK | QUOTE | IDENTIFIER)) !== 0 ? 1 : (OPENS[byte] ?? 0),
);
/** The furthest that the beginning of an assignment is looked at from the name's end, and some. */
const OPENING = 64;

/**
 * Is the anchor a word of prose or of code, to which `assignmentAt` gives nothing, or no more than a short bare word behind a
 * blank? Told from a few bytes, as for most anchors it can be; false says nothing.
 * @param short a loose value of fewer bytes is none
 */
export function isProse(bytes: Uint8Array, at: number, length: number, to: number, short: number): boolean {
  let end = at + length;
  const most = Math.min(to, end + NAME);
  while (end < most && kindAt(bytes, end, IDENTIFIER)) end++;
  // Near the window's end it matters where that is.
  if (end + OPENING >= to || !isPlain(bytes, at, end, to, short)) return false;
  const closed = kindAt(bytes, end, QUOTE);
  return formAt(bytes, nameStartOf(bytes, at), closed ? end + 1 : end, closed, to) === undefined;
}

/** No sign that a value follows. */
function isPlain(bytes: Uint8Array, at: number, end: number, to: number, short: number): boolean {
  const byte = bytes[end] as number;
  if (kindAt(bytes, end, BLANK)) return isLoose(bytes, at, end, to, short);
  // The rest of a name that is too long may be taken for a type.
  if (kindAt(bytes, end, IDENTIFIER)) return false;
  if (byte === COMMA) return !kindAt(bytes, end + 1, IDENTIFIER);
  if (OPENS[byte] === 0) return true;
  if (byte === NEWLINE || byte === RETURN) return !isValueNext(bytes, end);
  if (byte === PAREN) return isCode(bytes, end + 1);
  if (kindAt(bytes, end, QUOTE)) {
    const closed = bytes[end + 1] as number;
    if (OPENS_CLOSED[closed] === 0) return true;
    return closed === COMMA && isLineEnd(bytes[skip(bytes, end + 2, BLANK)]) && !isValueNext(bytes, end + 1);
  }
  return false;
}

/** A word behind a blank, and no sign. */
function isLoose(bytes: Uint8Array, at: number, blanks: number, to: number, short: number): boolean {
  const word = skip(bytes, blanks, BLANK);
  if (isLineEnd(bytes[word])) return !isValueNext(bytes, blanks);
  let end = word;
  while (end < to && kindAt(bytes, end, IDENTIFIER)) end++;
  // What a word may be: a value, a sign (` - `), the letter before a quote, a type (`token string = …`).
  if (isSaid(bytes, word, end, short)) return false;
  if (end - word < 2 || end - word >= short || end + OPENING >= to || !kindAt(bytes, end, STOP)) return false;
  const next = bytes[skip(bytes, end, BLANK)];
  if (next === EQUALS || next === COLON) return false;
  // A flag is given the word behind it.
  return bytes[nameStartOf(bytes, at)] !== DASH;
}

/** `the key is 3f2a…` */
function isSaid(bytes: Uint8Array, word: number, end: number, short: number): boolean {
  if (
    end - word !== 2 ||
    ((bytes[word] as number) | 32) !== 105 ||
    ((bytes[word + 1] as number) | 32) !== 115
  )
    return false;
  // As far as the value is looked for, and behind the bracket that may open it.
  let value = skip(bytes, skip(bytes, end, BLANK), BLANK);
  if (OPENING_BRACKETS[bytes[value] as number] === 1) value = skip(bytes, value + 1, BLANK);
  let at = value;
  while (at - value < short && (bytes[at] as number) > 32) at++;
  return at - value >= short;
}

const OPENING_BRACKETS = Uint8Array.from({ length: 256 }, (_, byte) =>
  '([{'.includes(String.fromCharCode(byte)) ? 1 : 0,
);

/** Nothing in quotes: what is called is given names, or nothing. */
function isCode(bytes: Uint8Array, from: number): boolean {
  const at = skip(bytes, from, BLANK);
  if (bytes[at] === CLOSING_PAREN) return true;
  return kindAt(bytes, at, IDENTIFIER) && !kindAt(bytes, at + 1, QUOTE);
}

/** May `value`, `android:value` or `ParameterValue` come behind blanks, line ends, commas and quotes? */
function isValueNext(bytes: Uint8Array, from: number): boolean {
  let at = from;
  while (at - from < 48 && SKIPPED[bytes[at] as number] === 1) at++;
  const first = (bytes[at] as number) | 32;
  if (first === SMALL_V) return true;
  const second = (bytes[at + 1] as number) | 32;
  return (first === SMALL_A && second === SMALL_N) || (first === SMALL_P && second === SMALL_A);
}

const SKIPPED = Uint8Array.from({ length: 256 }, (_, byte) =>
  /[\t\n\r ,"']/.test(String.fromCharCode(byte)) ? 1 : 0,
);

function isLineEnd(byte: number | undefined): boolean {
  return byte === NEWLINE || byte === RETURN;
}

function kindAt(bytes: Uint8Array, at: number, kind: number): boolean {
  return ((KIND[bytes[at] as number] as number) & kind) !== 0;
}

/** As `#blanks`: BLANKS at most. */
function skip(bytes: Uint8Array, from: number, kind: number): number {
  let at = from;
  while (at - from < BLANKS && kindAt(bytes, at, kind)) at++;
  return at;
}

/** What the kernel knows of prose (kernel/word.ts): less than is known here, and the same law. */
export const NAME_WORDS: Omit<word.Words, 'short'> = {
  kinds: Uint8Array.from(
    { length: 256 },
    (_, byte) =>
      ((KIND[byte] ?? 0) & (IDENTIFIER | BLANK | QUOTE | STOP)) |
      (OPENS[byte] === 1 ? word.OPENS : 0) |
      (OPENS_CLOSED[byte] === 1 ? word.OPENS_CLOSED : 0) |
      (BEGINS[byte] === 1 ? word.BEGINS : 0) |
      (SKIPPED[byte] === 1 ? word.SKIPPED : 0),
  ),
  glue: GLUE,
  commands: COMMANDS,
};

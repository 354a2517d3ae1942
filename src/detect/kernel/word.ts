// A literal that is a word of a name: does nothing that follows look like the name's value? Told from a few bytes, for most words of prose and
// code; as every gate, it may let too much through, never too little. What the bytes are is the caller's to say.

/** What a byte is, as bits of `Words.kinds`. */
export const IDENTIFIER = 1;
export const BLANK = 2;
export const QUOTE = 4;
/** Ends a word. */
export const STOP = 8;
/** Behind a name, a value may follow it. */
export const OPENS = 16;
/** Behind the quote that closes a name. */
export const OPENS_CLOSED = 32;
/** Begins, behind a name, what the gate knows nothing of. */
export const BEGINS = 64;
/** May stand between a name and the word `value`. */
export const SKIPPED = 128;

export interface Words {
  /** 256, one for each byte. */
  readonly kinds: Uint8Array;
  /** Letters behind which a literal of three bytes may be part of a name even so: bit 0 is `a`. */
  readonly glue: number;
  /** Two bytes before a blank, as a number (the first in the low byte), behind which any name may be given a value. */
  readonly commands: readonly number[];
  /** A word of so many bytes behind a blank may be a value; infinite where none is. */
  readonly short: number;
}

/** Longest name around a literal, each way. */
export const NAME = 64;
/** Most blanks in a row. */
export const BLANKS = 24;
const VALUE_NEXT = 48;
/** Most of what stands between a name and the byte that says which form follows. */
const CLOSING = 8;
/** A gate that far from the end of what counts knows nothing. */
const OPENING = 64;

const NEWLINE = 10;
const RETURN = 13;
const PAREN = 40;
const CLOSING_PAREN = 41;
const COMMA = 44;
const DASH = 45;
const COLON = 58;
const EQUALS = 61;
const BRACKET = 91;
const FORMS = new Set(Array.from('|?{:-<').map((char) => char.charCodeAt(0)));
/** How `android:value`, `ParameterValue`, `default`, `fallback` and `cast` begin; `value` is told by its first letter. */
const BETWEEN = new Set(
  ['an', 'pa', 'de', 'fa', 'ca'].map((pair) => pair.charCodeAt(0) | (pair.charCodeAt(1) << 8)),
);
const CLOSES = new Set(Array.from(' \t)]`').map((char) => char.charCodeAt(0)));
const OPENING_BRACKETS = new Set(Array.from('([{').map((char) => char.charCodeAt(0)));

/** @param at where the literal of `length` bytes starts; @param to nothing from here on counts; @returns whether nothing can come of it */
export function isBareWord(bytes: Uint8Array, at: number, length: number, to: number, words: Words): boolean {
  const behind = at + length;
  if (behind + 2 <= to && isInside(bytes, at, length, words.glue)) return true;
  let end = behind;
  const most = Math.min(to, behind + NAME);
  while (end < most && is(words, bytes[end], IDENTIFIER)) end++;
  if (end + OPENING >= to) return false;
  const byte = bytes[end] ?? 0;
  if (is(words, byte, BLANK))
    return (
      isBehindBlank(bytes, at, end, to, words) &&
      !mayHaveForm(bytes, end) &&
      !mayFollowCommand(bytes, at, words)
    );
  if (is(words, byte, IDENTIFIER)) return false;
  if (byte === COMMA) return !is(words, bytes[end + 1], IDENTIFIER);
  if (!is(words, byte, OPENS)) return !is(words, byte, BEGINS);
  if (isLineEnd(byte)) return !isValueNext(bytes, end, words) && !mayFollowCommand(bytes, at, words);
  if (byte === PAREN) {
    const inside = skip(bytes, end + 1, words);
    if (bytes[inside] === CLOSING_PAREN) return true;
    return is(words, bytes[inside], IDENTIFIER) && !is(words, bytes[inside + 1], QUOTE);
  }
  if (!is(words, byte, QUOTE)) return false;
  const closed = bytes[end + 1] ?? 0;
  if (!is(words, closed, OPENS_CLOSED)) return !is(words, closed, BEGINS);
  return (
    closed === COMMA && isLineEnd(bytes[skip(bytes, end + 2, words)]) && !isValueNext(bytes, end + 1, words)
  );
}

/** The literal starts inside a word, or goes on as one: `mon|key`, `token|izer`. */
function isInside(bytes: Uint8Array, at: number, length: number, glue: number): boolean {
  const before = bytes[at - 1] ?? 0;
  if (length < 5 && isLetter(before) && ((bytes[at] ?? 0) >= 97 || before < 97)) {
    if (length !== 3 || ((glue >> ((before | 32) - 97)) & 1) === 0) return true;
  }
  const after = bytes[at + length] ?? 0;
  if (!isLetter(after)) return false;
  if (after >= 97) return after !== 115 || isSmall(bytes[at + length + 1] ?? 0);
  return !isSmall(bytes[at + length - 1] ?? 0);
}

/** A word that is no value, and no sign behind it. */
function isBehindBlank(bytes: Uint8Array, at: number, blanks: number, to: number, words: Words): boolean {
  const word = skip(bytes, blanks, words);
  if (isLineEnd(bytes[word])) return !isValueNext(bytes, blanks, words);
  let end = word;
  while (end < to && is(words, bytes[end], IDENTIFIER)) end++;
  const { short } = words;
  if (end - word < 2 || end - word >= short || end + OPENING >= to || !is(words, bytes[end], STOP))
    return false;
  if (isSaid(bytes, word, end, words)) return false;
  const next = bytes[skip(bytes, end, words)];
  return next !== EQUALS && next !== COLON && bytes[startOf(bytes, at, words)] !== DASH;
}

/** `the key is 3f2a…` */
function isSaid(bytes: Uint8Array, word: number, end: number, words: Words): boolean {
  if (end - word !== 2 || ((bytes[word] ?? 0) | 32) !== 105 || ((bytes[word + 1] ?? 0) | 32) !== 115)
    return false;
  if (words.short === Number.POSITIVE_INFINITY) return false;
  let value = skip(bytes, skip(bytes, end, words), words);
  if (OPENING_BRACKETS.has(bytes[value] ?? 0)) value = skip(bytes, value + 1, words);
  let at = value;
  while (at - value < words.short && (bytes[at] ?? 0) > 32) at++;
  return at - value >= words.short;
}

/** May a word come that stands between a name and its value? */
function isValueNext(bytes: Uint8Array, from: number, words: Words): boolean {
  let at = from;
  while (at - from < VALUE_NEXT && is(words, bytes[at], SKIPPED)) at++;
  const first = (bytes[at] ?? 0) | 32;
  return first === 118 || BETWEEN.has(first | (((bytes[at + 1] ?? 0) | 32) << 8));
}

/** A sign that the gate knows nothing of, or `or`. */
function mayHaveForm(bytes: Uint8Array, from: number): boolean {
  let at = from;
  while (at - from < CLOSING && CLOSES.has(bytes[at] ?? 0)) at++;
  const byte = bytes[at] ?? 0;
  return FORMS.has(byte) || ((byte | 32) === 111 && ((bytes[at + 1] ?? 0) | 32) === 114);
}

function mayFollowCommand(bytes: Uint8Array, at: number, words: Words): boolean {
  const start = startOf(bytes, at, words);
  const before = bytes[start - 1] ?? 0;
  // A colour ends in letters that are none of the name.
  if (before === BRACKET) return true;
  if (before !== 32 && before !== 9) return false;
  return words.commands.includes((bytes[start - 3] ?? 0) | ((bytes[start - 2] ?? 0) << 8));
}

function startOf(bytes: Uint8Array, at: number, words: Words): number {
  let start = at;
  const least = Math.max(0, at - NAME);
  while (start > least && is(words, bytes[start - 1], IDENTIFIER)) start--;
  return start;
}

function skip(bytes: Uint8Array, from: number, words: Words): number {
  let at = from;
  while (at - from < BLANKS && is(words, bytes[at], BLANK)) at++;
  return at;
}

function is({ kinds }: Words, byte: number | undefined, kind: number): boolean {
  return ((kinds[byte ?? 0] ?? 0) & kind) !== 0;
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === NEWLINE || byte === RETURN;
}

function isLetter(byte: number): boolean {
  return isSmall(byte) || (byte >= 65 && byte <= 90);
}

function isSmall(byte: number): boolean {
  return byte >= 97 && byte <= 122;
}

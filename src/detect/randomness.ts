// Did a machine draw this string, or did a person write it? Two explanations compete: letters that follow one another as in
// words of code and prose, against every character of the string's own alphabet being equally likely. The answer is in bits,
// so it grows with length as it should: eight hex digits prove little, forty a lot. Shannon's entropy cannot tell
// `getServerSidePropsContext` from a key; this can.

import { CAPITALS, TRIGRAMS } from './randomness-table.ts';

const SYMBOLS = 28;
const DIGIT = 26;
const OTHER = 27;
/** One step of the table, in bits. */
const STEP = 0.25;

const COSTS: Float32Array = (() => {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const worth = new Map(Array.from(digits).map((digit, step) => [digit, step * STEP]));
  return Float32Array.from(TRIGRAMS, (digit) => worth.get(digit) ?? 0);
})();

/** Bits for a letter being small or a capital, by the kind of the character before it. */
const CASE_COSTS: readonly (readonly [number, number])[] = CAPITALS.map((upper) => [
  -Math.log2(1 - upper),
  -Math.log2(upper),
]);
/** People write 1, 2 and 0 more than 7, years more than anything; a digit is worth less than log2 10. */
const DIGIT_COST = 2.8;
/** A separator that people write. */
const OTHER_COST = 2;

// Kinds of characters, as rows of CAPITALS.
const LOWER = 0;
const UPPER = 1;
const FIGURE = 2;
const ELSE = 3;

/** By ASCII code: the letter, DIGIT or OTHER; and the kind. */
const SYMBOL = new Uint8Array(128).fill(OTHER);
const KIND = new Uint8Array(128).fill(ELSE);
for (let code = 0; code < 128; code++) {
  const char = String.fromCharCode(code);
  if (/[A-Za-z]/.test(char)) SYMBOL[code] = char.toLowerCase().charCodeAt(0) - 97;
  if (/[0-9]/.test(char)) SYMBOL[code] = DIGIT;
  KIND[code] = /[a-z]/.test(char) ? LOWER : /[A-Z]/.test(char) ? UPPER : /[0-9]/.test(char) ? FIGURE : ELSE;
}

/** What a character of a kind costs behind one of another: at `before * 4 + kind`. */
const KIND_COSTS = Float64Array.from({ length: 16 }, (_, at) => {
  const kind = at % 4;
  if (kind === FIGURE) return DIGIT_COST;
  return kind === ELSE ? OTHER_COST : (CASE_COSTS[at >> 2]?.[kind] ?? 0);
});

const DECIMAL = 1;
/** Of a hexadecimal number in small letters, in capitals. */
const HEX = 2;
const HEX_CAPITAL = 4;
const SMALL = 8;
const CAPITAL = 16;
const HYPHEN = 32;
const SIGN = 64;

/** What a character is to an alphabet. */
const SORTS = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code);
  if (/[0-9]/.test(char)) return DECIMAL;
  if (/[a-z]/.test(char)) return SMALL | (char <= 'f' ? HEX : 0);
  if (/[A-Z]/.test(char)) return CAPITAL | (char <= 'F' ? HEX_CAPITAL : 0);
  return SIGN | (char === '-' ? HYPHEN : 0);
});

/** How many characters the string could have been drawn from, judged by those that it has. */
function alphabetOf(text: string): number {
  let any = 0;
  let small = true;
  let capital = true;
  let hex = true;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const sort = code < 128 ? (SORTS[code] as number) : SIGN;
    any |= sort;
    small &&= (sort & (DECIMAL | HEX | HYPHEN)) !== 0;
    capital &&= (sort & (DECIMAL | HEX_CAPITAL | HYPHEN)) !== 0;
    hex &&= (sort & (DECIMAL | HEX | HEX_CAPITAL | HYPHEN)) !== 0;
  }
  if (any === DECIMAL) return 10;
  if (text.length > 0 && (small || capital)) return 16;
  if (text.length >= 16 && hex) return 22;
  const others = (any & SIGN) === 0 ? 0 : signsOf(text);
  const letters = ((any & SMALL) === 0 ? 0 : 26) + ((any & CAPITAL) === 0 ? 0 : 26);
  return Math.max(2, letters + ((any & DECIMAL) === 0 ? 0 : 10) + 2 * others);
}

const met = new Int32Array(4);

/** How many different signs there are. */
function signsOf(text: string): number {
  met.fill(0);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 128) return new Set(text.replace(/[0-9A-Za-z]/g, '')).size;
    if (((SORTS[code] as number) & SIGN) !== 0)
      met[code >> 5] = (met[code >> 5] as number) | (1 << (code & 31));
  }
  let count = 0;
  for (const row of met) for (let bits = row; bits !== 0; bits &= bits - 1) count++;
  return count;
}

/** What was judged last: a value is asked about more than once on its way. */
let lastText = '';
let lastBits = 0;

/**
 * By how many bits chance explains the string better than words do; below zero, words explain it better. A machine's 20
 * characters have 30 bits or more, an identifier of that length is below -20.
 */
export function randomBits(text: string): number {
  if (text === lastText) return lastBits;
  const drawn = Math.log2(alphabetOf(text));
  let bits = 0;
  let before = OTHER;
  let last = OTHER;
  let kind: number = ELSE;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const symbol = code < 128 ? (SYMBOL[code] as number) : OTHER;
    const now = code < 128 ? (KIND[code] as number) : ELSE;
    const table = COSTS[(before * SYMBOLS + last) * SYMBOLS + symbol] as number;
    bits += table + (KIND_COSTS[kind * 4 + now] as number) - drawn;
    before = last;
    last = symbol;
    kind = now;
  }
  lastText = text;
  lastBits = bits;
  return bits;
}

/** What a machine's token of ordinary length always clears, and a name in code nearly never. */
const ENOUGH_BITS = 10;
const ENOUGH_LETTER_BITS = 30;

function isHexDrawn(text: string): boolean {
  return (
    text.length >= 16 && /^(?:[0-9a-f]+|[0-9A-F]+)$/.test(text) && /[a-f]/i.test(text) && /\d/.test(text)
  );
}

/** Base64 with its padding: nobody writes that by hand. */
function isPaddedBase64(text: string): boolean {
  return (
    text.length % 4 === 0 &&
    /^[A-Za-z0-9+/]{6,}={1,2}$/.test(text) &&
    /[A-Z]/.test(text) &&
    /[a-z]/.test(text)
  );
}

/**
 * Does the string, or a piece of 16 or more characters between its separators, look drawn by a machine? Hex digits prove less
 * by their neighbours, and more by being hex at all.
 */
export function looksRandom(text: string): boolean {
  const bits = randomBits(text);
  // Words of other languages and runs of capitals are far from code's words, too; letters alone must prove more.
  if (/^(?:[A-Z]?[a-z]+|[A-Z]+)$/.test(text)) return bits >= ENOUGH_LETTER_BITS;
  if (bits >= ENOUGH_BITS || (bits > 0 && isHexDrawn(text)) || isPaddedBase64(text)) return true;
  if (takesTurns(text)) return true;
  const tail = tailOf(text);
  return (tail !== undefined && isDrawn(tail)) || hasDrawnPiece(text);
}

/** So many characters without a separator. */
const LONG_TURNS = 24;

/** Do small letters, capitals and many digits take turns all the way, as in no name? The digits alone speak against chance. */
function takesTurns(text: string): boolean {
  if (text.length < LONG_TURNS) return false;
  let turns = 0;
  let length = 0;
  let digits = 0;
  let before = 0;
  let any = 0;
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : 0;
    const sort = code < 128 ? (SORTS[code] as number) & (DECIMAL | SMALL | CAPITAL) : 0;
    if (sort === 0) {
      const mixed = any === (DECIMAL | SMALL | CAPITAL) && 6 * digits >= length;
      if (length >= LONG_TURNS && mixed && 2 * turns >= length) return true;
      turns = 0;
      length = 0;
      digits = 0;
      any = 0;
    } else {
      if (sort !== before) turns++;
      if (sort === DECIMAL) digits++;
      length++;
      any |= sort;
    }
    before = sort;
  }
  return false;
}

/** Shorter ones prove nothing. */
const LONG_PIECE = 16;

function isDrawn(piece: string): boolean {
  return randomBits(piece) >= ENOUGH_BITS + 5 || (isHexDrawn(piece) && randomBits(piece) > 0);
}

/** The hex digits that it ends with, where they are many. */
function tailOf(text: string): string | undefined {
  let from = text.length;
  while (from > 0 && isSort(text, from - 1, DECIMAL | HEX)) from--;
  return text.length - from >= LONG_PIECE ? text.slice(from) : undefined;
}

/** Of the pieces between separators, not of the whole. */
function hasDrawnPiece(text: string): boolean {
  for (let from = 0; from < text.length; from++) {
    let to = from;
    while (to < text.length && isSort(text, to, DECIMAL | SMALL | CAPITAL)) to++;
    const length = to - from;
    if (length >= LONG_PIECE && length < text.length && isDrawn(text.slice(from, to))) return true;
    from = to;
  }
  return false;
}

function isSort(text: string, at: number, sorts: number): boolean {
  const code = text.charCodeAt(at);
  return code < 128 && ((SORTS[code] as number) & sorts) !== 0;
}

/** Is it at least no word? For strings whose shape already says a lot. */
export function isNoWord(text: string): boolean {
  // ACME_ENGINE_SLUG: the name of a variable, whose capitals are no sign of chance.
  if (/^[A-Z]+(?:_[A-Z]+)+$/.test(text)) return looksRandom(text.toLowerCase());
  return randomBits(text) > 0 || looksRandom(text);
}

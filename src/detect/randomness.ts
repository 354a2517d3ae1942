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

/** How many characters the string could have been drawn from, judged by those that it has. */
function alphabetOf(text: string): number {
  if (/^[0-9]+$/.test(text)) return 10;
  if (/^[0-9a-f-]+$/.test(text) || /^[0-9A-F-]+$/.test(text)) return 16;
  if (text.length >= 16 && /^[0-9a-fA-F-]+$/.test(text)) return 22;
  const others = new Set(text.replace(/[0-9A-Za-z]/g, '')).size;
  const count =
    (/[a-z]/.test(text) ? 26 : 0) +
    (/[A-Z]/.test(text) ? 26 : 0) +
    (/[0-9]/.test(text) ? 10 : 0) +
    (others > 0 ? 2 * others : 0);
  return Math.max(2, count);
}

/**
 * By how many bits chance explains the string better than words do; below zero, words explain it better. A machine's 20
 * characters have 30 bits or more, an identifier of that length is below -20.
 */
export function randomBits(text: string): number {
  const drawn = Math.log2(alphabetOf(text));
  let bits = 0;
  let before = OTHER;
  let last = OTHER;
  let kind: number = ELSE;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    let symbol = OTHER;
    let now: number = ELSE;
    let cost = OTHER_COST;
    if (code >= 97 && code <= 122) {
      symbol = code - 97;
      now = LOWER;
      cost = CASE_COSTS[kind]?.[0] ?? 0;
    } else if (code >= 65 && code <= 90) {
      symbol = code - 65;
      now = UPPER;
      cost = CASE_COSTS[kind]?.[1] ?? 0;
    } else if (code >= 48 && code <= 57) {
      symbol = DIGIT;
      now = FIGURE;
      cost = DIGIT_COST;
    }
    bits += (COSTS[(before * SYMBOLS + last) * SYMBOLS + symbol] ?? 0) + cost - drawn;
    before = last;
    last = symbol;
    kind = now;
  }
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
  if (/^(?:[a-z]+|[A-Z]+)$/.test(text)) return bits >= ENOUGH_LETTER_BITS;
  if (bits >= ENOUGH_BITS || (bits > 0 && isHexDrawn(text)) || isPaddedBase64(text)) return true;
  const tail = /[0-9a-f]{16,}$/.exec(text)?.[0];
  const pieces = text
    .split(/[^0-9A-Za-z]+/)
    .filter((piece) => piece.length >= 16 && piece.length < text.length);
  if (tail !== undefined) pieces.push(tail);
  return pieces.some(
    (piece) => randomBits(piece) >= ENOUGH_BITS + 5 || (isHexDrawn(piece) && randomBits(piece) > 0),
  );
}

/** Is it at least no word? For strings whose shape already says a lot. */
export function isNoWord(text: string): boolean {
  // ACME_ENGINE_SLUG: the name of a variable, whose capitals are no sign of chance.
  if (/^[A-Z]+(?:_[A-Z]+)+$/.test(text)) return looksRandom(text.toLowerCase());
  return randomBits(text) > 0 || looksRandom(text);
}

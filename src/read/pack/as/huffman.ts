// Decoding tables for canonical Huffman codes (RFC 1951, 3.2.2), filled in code order by doubling.
//
// An entry is 32 bits. Low 5 bits: bits that the code takes. Then:
//   LITERAL   the byte at 16..23
//   length/distance: base at 16..30, number of extra bits at 8..12
//   SPECIAL   with END: end of block; with LINK: a subtable, at index 16..29, of the number of bits at 8..12;
//             with neither: no such code

import { CODES_PLAN, COUNTS, DIST_PLAN, LITLEN_PLAN, OFFSETS, SORTED } from './memory';

export const LITERAL: u32 = 0x8000_0000;
export const SPECIAL: u32 = 0x40;
export const END: u32 = 0x80;
export const LINK: u32 = 0x20;

/** Builds a table of at most `want` primary bits over `n` lengths. Answers the primary bits, or -1 where zlib refuses. */
export function build(lengths: usize, n: i32, table: usize, want: i32, plan: usize, strict: bool): i32 {
  // Calls of memory.fill and memory.copy cost more than all of this.
  const zero = i32x4.splat(0);
  v128.store(COUNTS, zero);
  v128.store(COUNTS, zero, 16);
  v128.store(COUNTS, zero, 32);
  v128.store(COUNTS, zero, 48);
  // Most symbols have no code: eight at a time are passed over.
  let i: i32 = 0;
  while (i < n) {
    if (i + 8 <= n && load<u64>(lengths + i) == 0) {
      i += 8;
      continue;
    }
    const end = min(i + 8, n);
    for (; i < end; i++) {
      const at = COUNTS + (<usize>load<u8>(lengths + i) << 2);
      store<u32>(at, load<u32>(at) + 1);
    }
  }
  let max: i32 = 15;
  while (max > 0 && load<u32>(COUNTS + (<usize>max << 2)) == 0) max--;
  if (max == 0) {
    store<u32>(table, SPECIAL | 1);
    store<u32>(table + 4, SPECIAL | 1);
    return 1;
  }
  let left: i32 = 1;
  for (let length = 1; length <= 15; length++) {
    left = (left << 1) - <i32>load<u32>(COUNTS + (<usize>length << 2));
    if (left < 0) return -1;
  }
  // zlib lets a single code of one bit stay alone.
  if (left > 0 && (strict || max != 1)) return -1;

  let sum: u32 = 0;
  for (let length = 1; length <= 15; length++) {
    store<u32>(OFFSETS + (<usize>length << 2), sum);
    sum += load<u32>(COUNTS + (<usize>length << 2));
  }
  i = 0;
  while (i < n) {
    if (i + 8 <= n && load<u64>(lengths + i) == 0) {
      i += 8;
      continue;
    }
    const end = min(i + 8, n);
    for (; i < end; i++) {
      const length = load<u8>(lengths + i);
      if (length == 0) continue;
      const at = OFFSETS + (<usize>length << 2);
      const place = load<u32>(at);
      store<u32>(at, place + 1);
      store<u16>(SORTED + (<usize>place << 1), <u16>i);
    }
  }

  const bits = min(want, max);
  const mask: u32 = (1 << bits) - 1;
  let length: i32 = 1;
  while (load<u32>(COUNTS + (<usize>length << 2)) == 0) length++;
  let filled: i32 = 1 << min(length, bits);
  if (left > 0) {
    store<u32>(table, SPECIAL | 1);
    store<u32>(table + 4, SPECIAL | 1);
  }
  let remaining = load<u32>(COUNTS + (<usize>length << 2));
  let code: u32 = 0;
  let place: u32 = 0;
  let link: u32 = 0xffff_ffff;
  let sub: u32 = 1 << bits;
  let subBits: i32 = 0;
  while (true) {
    const symbol = <usize>load<u16>(SORTED + (<usize>place << 1));
    const entry = load<u32>(plan + (symbol << 2));
    place++;
    if (length <= bits) {
      store<u32>(table + (<usize>code << 2), entry | <u32>length);
    } else {
      if ((code & mask) != link) {
        link = code & mask;
        if (subBits > 0) sub += <u32>1 << subBits;
        subBits = length - bits;
        let space: i32 = (1 << subBits) - <i32>remaining;
        while (space > 0 && subBits + bits < max) {
          subBits++;
          space = (space << 1) - <i32>load<u32>(COUNTS + (<usize>(subBits + bits) << 2));
        }
        store<u32>(table + (<usize>link << 2), SPECIAL | LINK | (sub << 16) | (<u32>subBits << 8) | <u32>bits);
      }
      const step: u32 = 1 << (length - bits);
      const end: u32 = 1 << subBits;
      const filledEntry = entry | <u32>(length - bits);
      for (let j = code >> bits; j < end; j += step) store<u32>(table + (<usize>(sub + j) << 2), filledEntry);
    }
    remaining--;
    const ones: u32 = (1 << length) - 1;
    if (code == ones) break; // the last code of a complete set
    // The next code, its bits reversed: clear the high ones, set the bit below them.
    const bit: u32 = (<u32>1) << (31 - clz(code ^ ones));
    code = (code & (bit - 1)) | bit;
    if (remaining == 0) {
      let next = length;
      do {
        next++;
        if (next > max) return bits; // incomplete: the single code
        if (next <= bits) {
          double(table, <usize>filled << 2);
          filled <<= 1;
        }
      } while (load<u32>(COUNTS + (<usize>next << 2)) == 0);
      length = next;
      remaining = load<u32>(COUNTS + (<usize>length << 2));
    }
  }
  return bits;
}

/** Repeats the first `bytes` of a table behind them; there is room for 16 bytes more. */
// @ts-ignore: decorator
@inline
function double(table: usize, bytes: usize): void {
  const end = table + bytes;
  let from = table;
  let to = end;
  if (bytes < 16) {
    for (; from < end; from += 4, to += 4) store<u32>(to, load<u32>(from));
    return;
  }
  for (; from < end; from += 16, to += 16) v128.store(to, v128.load(from));
}

function plan(table: usize, first: u32, extra: u32, base: u32): void {
  store<u32>(table + (<usize>first << 2), (base << 16) | (extra << 8));
}

/** Fills the plans: what each symbol means (RFC 1951, 3.2.5). */
export function plans(): void {
  for (let i: u32 = 0; i < 256; i++) store<u32>(LITLEN_PLAN + (<usize>i << 2), LITERAL | (i << 16));
  store<u32>(LITLEN_PLAN + (256 << 2), SPECIAL | END);
  let base: u32 = 3;
  for (let symbol: u32 = 257; symbol < 285; symbol++) {
    const extra: u32 = symbol < 265 ? 0 : (symbol - 261) >> 2;
    plan(LITLEN_PLAN, symbol, extra, base);
    base += 1 << extra;
  }
  plan(LITLEN_PLAN, 285, 0, 258);
  store<u32>(LITLEN_PLAN + (286 << 2), SPECIAL);
  store<u32>(LITLEN_PLAN + (287 << 2), SPECIAL);
  base = 1;
  for (let symbol: u32 = 0; symbol < 30; symbol++) {
    const extra: u32 = symbol < 4 ? 0 : (symbol - 2) >> 1;
    plan(DIST_PLAN, symbol, extra, base);
    base += 1 << extra;
  }
  store<u32>(DIST_PLAN + (30 << 2), SPECIAL);
  store<u32>(DIST_PLAN + (31 << 2), SPECIAL);
  for (let i: u32 = 0; i < 19; i++) store<u32>(CODES_PLAN + (<usize>i << 2), i << 16);
}

// Inflates one zlib stream (RFC 1950, 1951) straight to where its bytes are needed. It refuses what zlib refuses.
//
// The bit buffer holds 64 bits and is filled with one unaligned load, so up to 8 bytes behind the input are read (and
// never believed), and up to SLACK bytes behind the output are scribbled on: the caller leaves room for both.

import { adler32 } from './adler';
import { build, END, LINK, LITERAL, plans, SPECIAL } from './huffman';
import {
  CODES,
  CODES_PLAN,
  DIST,
  DIST_PLAN,
  FIXED_DIST,
  FIXED_LITLEN,
  LENGTHS,
  LITLEN,
  LITLEN_PLAN,
} from './memory';

export const OK: i32 = 0;
/** `peek` was asked for, and the room is full before the end. */
export const FULL: i32 = 1;
export const BAD_DATA: i32 = -1;
export const BAD_SIZE: i32 = -2;
export const TRUNCATED: i32 = -3;
export const BAD_SUM: i32 = -4;

/** Bytes that the last `inflate` gave, where it ended with OK or FULL. */
export let wrote: u32 = 0;

export function init(): void {
  plans();
  memory.fill(LENGTHS, 8, 144);
  memory.fill(LENGTHS + 144, 9, 112);
  memory.fill(LENGTHS + 256, 7, 24);
  memory.fill(LENGTHS + 280, 8, 8);
  build(LENGTHS, 288, FIXED_LITLEN, 9, LITLEN_PLAN, false);
  memory.fill(LENGTHS, 5, 32);
  build(LENGTHS, 32, FIXED_DIST, 5, DIST_PLAN, false);
}

/**
 * @param target room for `size` bytes and SLACK
 * @param size how many bytes the stream must give; with `peek`, how many are wanted of its start
 */
export function inflate(source: usize, length: u32, target: usize, size: u32, peek: bool): i32 {
  if (length < 6) return TRUNCATED;
  const head = (<u32>load<u8>(source) << 8) | load<u8>(source, 1);
  if ((head & 0x0f20) != 0x0800 || head >> 12 > 7 || head % 31 != 0) return BAD_DATA;
  let from: usize = source + 2;
  const last = source + length;
  let to: usize = target;
  const full: usize = target + size;
  let hold: u64 = 0;
  let bits: u32 = 0;

  let final: bool = false;
  while (!final) {
    hold |= load<u64>(from) << bits;
    from += (63 - bits) >> 3;
    bits |= 56;
    final = (hold & 1) != 0;
    const kind = <u32>(hold >> 1) & 3;
    hold >>= 3;
    bits -= 3;
    let litlen: usize = FIXED_LITLEN;
    let dist: usize = FIXED_DIST;
    let litlenMask: u64 = 511;
    let distMask: u64 = 31;

    if (kind == 0) {
      from -= bits >> 3;
      hold = 0;
      bits = 0;
      if (from + 4 > last) return TRUNCATED;
      let stored = <u32>load<u16>(from);
      if (stored != (~(<u32>load<u16>(from, 2)) & 0xffff)) return BAD_DATA;
      from += 4;
      const room = <u32>(full - to);
      if (stored > room) {
        if (!peek) return BAD_SIZE;
        stored = room;
        if (from + stored > last) return TRUNCATED;
        memory.copy(to, from, stored);
        wrote = size;
        return FULL;
      }
      if (from + stored > last) return TRUNCATED;
      memory.copy(to, from, stored);
      to += stored;
      from += stored;
      continue;
    }
    if (kind == 3) return BAD_DATA;

    if (kind == 2) {
      const litlens = (<u32>hold & 31) + 257;
      const dists = (<u32>(hold >> 5) & 31) + 1;
      const codes = (<u32>(hold >> 10) & 15) + 4;
      hold >>= 14;
      bits -= 14;
      if (litlens > 286 || dists > 30) return BAD_DATA;
      v128.store(LENGTHS, i32x4.splat(0));
      v128.store(LENGTHS, i32x4.splat(0), 16);
      hold |= load<u64>(from) << bits;
      from += (63 - bits) >> 3;
      bits |= 56;
      // 19 * 3 bits may be one more than 56: the first is taken before the others.
      store<u8>(LENGTHS + 16, <u8>hold & 7);
      hold >>= 3;
      bits -= 3;
      hold |= load<u64>(from) << bits;
      from += (63 - bits) >> 3;
      bits |= 56;
      for (let i: u32 = 1; i < codes; i++) {
        store<u8>(LENGTHS + <usize>load<u8>(CODE_ORDER + i), <u8>hold & 7);
        hold >>= 3;
        bits -= 3;
      }
      const codeBits = build(LENGTHS, 19, CODES, 7, CODES_PLAN, true);
      if (codeBits < 0) return BAD_DATA;
      const codeMask: u64 = (1 << codeBits) - 1;
      const all = litlens + dists;
      let at: u32 = 0;
      while (at < all) {
        // A code and its extra bits are 14 at most.
        if (bits < 14) {
          hold |= load<u64>(from) << bits;
          from += (63 - bits) >> 3;
          bits |= 56;
        }
        const entry = load<u32>(CODES + (<usize>(hold & codeMask) << 2));
        if (entry & SPECIAL) return BAD_DATA;
        hold >>= entry & 31;
        bits -= entry & 31;
        const symbol = entry >> 16;
        if (symbol < 16) {
          store<u8>(LENGTHS + at, <u8>symbol);
          at++;
          continue;
        }
        let value: u8 = 0;
        let times: u32;
        if (symbol == 16) {
          if (at == 0) return BAD_DATA;
          value = load<u8>(LENGTHS + at - 1);
          times = 3 + (<u32>hold & 3);
          hold >>= 2;
          bits -= 2;
        } else if (symbol == 17) {
          times = 3 + (<u32>hold & 7);
          hold >>= 3;
          bits -= 3;
        } else {
          times = 11 + (<u32>hold & 127);
          hold >>= 7;
          bits -= 7;
        }
        if (at + times > all) return BAD_DATA;
        const fill = i8x16.splat(<i8>value);
        const until = LENGTHS + at + times;
        for (let to = LENGTHS + at; to < until; to += 16) v128.store(to, fill);
        at += times;
      }
      if (load<u8>(LENGTHS + 256) == 0) return BAD_DATA;
      if (from - (bits >> 3) > last) return TRUNCATED;
      // Short texts do not pay for a big table.
      const litlenBits = build(LENGTHS, litlens, LITLEN, size < 4096 ? 9 : 11, LITLEN_PLAN, false);
      if (litlenBits < 0) return BAD_DATA;
      const distBits = build(LENGTHS + litlens, dists, DIST, size < 4096 ? 7 : 9, DIST_PLAN, false);
      if (distBits < 0) return BAD_DATA;
      litlen = LITLEN;
      dist = DIST;
      litlenMask = (1 << litlenBits) - 1;
      distMask = (1 << distBits) - 1;
    }

    // At the head of the loop: 56 bits or more, and the entry that they begin with. The entry is looked up before the bytes
    // of the last match are copied: the two do not wait for each other.
    hold |= load<u64>(from) << bits;
    from += (63 - bits) >> 3;
    bits |= 56;
    let entry = load<u32>(litlen + (<usize>(hold & litlenMask) << 2));
    while (true) {
      if (entry & LITERAL) {
        hold >>= entry & 31;
        bits -= entry & 31;
        store<u8>(to, <u8>(entry >> 16));
        entry = load<u32>(litlen + (<usize>(hold & litlenMask) << 2));
        if (entry & LITERAL) {
          hold >>= entry & 31;
          bits -= entry & 31;
          store<u8>(to, <u8>(entry >> 16), 1);
          entry = load<u32>(litlen + (<usize>(hold & litlenMask) << 2));
          if (entry & LITERAL) {
            hold >>= entry & 31;
            bits -= entry & 31;
            store<u8>(to, <u8>(entry >> 16), 2);
            to += 3;
            if (to > full) {
              wrote = size;
              return peek ? FULL : BAD_SIZE;
            }
            if (from > last + 16) return TRUNCATED;
            hold |= load<u64>(from) << bits;
            from += (63 - bits) >> 3;
            bits |= 56;
            entry = load<u32>(litlen + (<usize>(hold & litlenMask) << 2));
            continue;
          }
          to += 2;
        } else {
          to++;
        }
        hold |= load<u64>(from) << bits;
        from += (63 - bits) >> 3;
        bits |= 56;
      }
      if (entry & SPECIAL) {
        if (entry & LINK) {
          hold >>= entry & 31;
          bits -= entry & 31;
          const mask: u64 = ((<u64>1) << ((entry >> 8) & 31)) - 1;
          entry = load<u32>(litlen + (<usize>((entry >> 16) + <u32>(hold & mask)) << 2));
          if (entry & LITERAL) {
            hold >>= entry & 31;
            bits -= entry & 31;
            store<u8>(to, <u8>(entry >> 16));
            to++;
            if (to > full) {
              wrote = size;
              return peek ? FULL : BAD_SIZE;
            }
            if (from > last + 16) return TRUNCATED;
            hold |= load<u64>(from) << bits;
            from += (63 - bits) >> 3;
            bits |= 56;
            entry = load<u32>(litlen + (<usize>(hold & litlenMask) << 2));
            continue;
          }
        }
        if (entry & SPECIAL) {
          if (!(entry & END)) return BAD_DATA;
          hold >>= entry & 31;
          bits -= entry & 31;
          break;
        }
      }
      hold >>= entry & 31;
      bits -= entry & 31;
      let extra = (entry >> 8) & 31;
      const run = (entry >> 16) + <u32>(hold & (((<u64>1) << extra) - 1));
      hold >>= extra;
      bits -= extra;

      entry = load<u32>(dist + (<usize>(hold & distMask) << 2));
      if (entry & SPECIAL) {
        if (!(entry & LINK)) return BAD_DATA;
        hold >>= entry & 31;
        bits -= entry & 31;
        const mask: u64 = ((<u64>1) << ((entry >> 8) & 31)) - 1;
        entry = load<u32>(dist + (<usize>((entry >> 16) + <u32>(hold & mask)) << 2));
        if (entry & SPECIAL) return BAD_DATA;
      }
      hold >>= entry & 31;
      bits -= entry & 31;
      extra = (entry >> 8) & 31;
      const back = (entry >> 16) + <u32>(hold & (((<u64>1) << extra) - 1));
      hold >>= extra;
      bits -= extra;
      if (back > <u32>(to - target)) return BAD_DATA;
      const end = to + run;
      if (end > full && !peek) return BAD_SIZE;
      if (from > last + 16) return TRUNCATED;
      hold |= load<u64>(from) << bits;
      from += (63 - bits) >> 3;
      bits |= 56;
      entry = load<u32>(litlen + (<usize>(hold & litlenMask) << 2));

      let copy = to - back;
      if (back >= 16) {
        v128.store(to, v128.load(copy));
        if (run > 16) {
          do {
            to += 16;
            copy += 16;
            v128.store(to, v128.load(copy));
          } while (to + 16 < end);
        }
      } else if (back == 1) {
        const fill = i8x16.splat(load<i8>(copy));
        do {
          v128.store(to, fill);
          to += 16;
        } while (to < end);
      } else if (back >= 8) {
        do {
          store<u64>(to, load<u64>(copy));
          to += 8;
          copy += 8;
        } while (to < end);
      } else {
        do {
          store<u8>(to, load<u8>(copy));
          to++;
          copy++;
        } while (to < end);
      }
      to = end;
      if (to > full) {
        wrote = size; // only a peek comes here
        return FULL;
      }
    }
    if (to > full) {
      wrote = size;
      return peek ? FULL : BAD_SIZE;
    }
    if (from - (bits >> 3) > last) return TRUNCATED;
  }

  from -= bits >> 3;
  if (from + 4 > last) return TRUNCATED;
  wrote = <u32>(to - target);
  if (to != full) return peek ? OK : BAD_SIZE;
  if (adler32(target, size) != bswap<u32>(load<u32>(from))) return BAD_SUM;
  return OK;
}

/** RFC 1951, 3.2.7. */
const CODE_ORDER: usize = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

// Applies a git delta and says which parts of the new object have to be looked at again.
// Format: git's Documentation/gitformat-pack.txt, "Deltified representation".

/** Size of the object that the last `apply` was to make. */
export let made: u32 = 0;
/** Ranges written by the last `apply`: pairs of from and to, sorted, apart from each other. */
export let ranges: i32 = 0;

export const TORN: i32 = -5;
export const WRONG_BASE: i32 = -6;
export const OUT_OF_BASE: i32 = -7;
export const WRONG_RESULT: i32 = -8;

/** Size of the object that the delta at `delta` makes, or -1. */
export function madeSize(delta: usize, length: u32, baseLength: u32): i64 {
  let at = delta;
  const end = delta + length;
  let base: u64 = 0;
  let shift: u64 = 0;
  let byte: u8;
  do {
    if (at >= end || shift > 42) return TORN;
    byte = load<u8>(at++);
    base |= (<u64>(byte & 0x7f)) << shift;
    shift += 7;
  } while (byte & 0x80);
  if (base != baseLength) return WRONG_BASE;
  let size: u64 = 0;
  shift = 0;
  do {
    if (at >= end || shift > 42) return TORN;
    byte = load<u8>(at++);
    size |= (<u64>(byte & 0x7f)) << shift;
    shift += 7;
  } while (byte & 0x80);
  start = at;
  return size;
}

let start: usize = 0;

/**
 * Right after `madeSize`. `target` has room for `size` bytes and 16 more; `base` may be read 16 bytes behind its end.
 * `near`: how far around a change ranges reach. They go to `out` (8 bytes each), which holds size / (2 * near) + 2.
 */
export function apply(base: usize, baseLength: u32, delta: usize, length: u32, target: usize, size: u32, near: u32, out: usize): i32 {
  const end = delta + length;
  let at = start;
  let to: u32 = 0;
  let from: i64 = 0;
  let until: i64 = -1;
  let write = out;
  // Where in the base a seamless copy would go on. The start of the object goes on from the start of the base.
  let seamless: u32 = 0;
  while (at < end) {
    const op = load<u8>(at++);
    let low: i64;
    let high: i64;
    if (op & 0x80) {
      let offset: u32 = 0;
      let count: u32 = 0;
      if (op & 0x01) offset = load<u8>(at++);
      if (op & 0x02) offset |= <u32>load<u8>(at++) << 8;
      if (op & 0x04) offset |= <u32>load<u8>(at++) << 16;
      if (op & 0x08) offset |= <u32>load<u8>(at++) << 24;
      if (op & 0x10) count = load<u8>(at++);
      if (op & 0x20) count |= <u32>load<u8>(at++) << 8;
      if (op & 0x40) count |= <u32>load<u8>(at++) << 16;
      if (count == 0) count = 0x10000;
      if (at > end) return TORN;
      if (<u64>offset + count > baseLength) return OUT_OF_BASE;
      if (<u64>to + count > size) return WRONG_RESULT;
      copy(target + to, base + offset, count);
      const seam = offset != seamless;
      seamless = offset + count;
      low = to;
      high = to;
      to += count;
      if (!seam) continue;
    } else {
      if (op == 0) return TORN;
      if (at + op > end) return TORN;
      if (<u64>to + op > size) return WRONG_RESULT;
      copy(target + to, at, op);
      at += op;
      low = to;
      to += op;
      high = to;
      seamless = 0xffff_ffff;
    }
    low = max<i64>(0, low - near);
    high = min<i64>(size, high + near);
    if (low <= until) {
      until = high;
    } else {
      if (until >= 0) {
        store<u32>(write, <u32>from);
        store<u32>(write, <u32>until, 4);
        write += 8;
      }
      from = low;
      until = high;
    }
  }
  if (to != size) return WRONG_RESULT;
  // The end of the object is a seam too, unless it is the end of the base.
  if (seamless != baseLength) {
    const low = max<i64>(0, <i64>size - near);
    if (low > until) {
      if (until >= 0) {
        store<u32>(write, <u32>from);
        store<u32>(write, <u32>until, 4);
        write += 8;
      }
      from = low;
    }
    until = size;
  }
  if (until > 0) {
    store<u32>(write, <u32>from);
    store<u32>(write, <u32>until, 4);
    write += 8;
  }
  ranges = <i32>((write - out) >> 3);
  return 0;
}

/** Copies that overrun by up to 15 bytes: most are short, and memory.copy has its price. */
// @ts-ignore: decorator
@inline
function copy(to: usize, from: usize, count: u32): void {
  if (count > 512) {
    memory.copy(to, from, count);
    return;
  }
  const end = to + count;
  do {
    v128.store(to, v128.load(from));
    to += 16;
    from += 16;
  } while (to < end);
}

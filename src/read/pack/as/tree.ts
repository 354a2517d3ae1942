// What one tree has that another has not. Entries stand in one order (git's base_name_compare: a folder's name as if a slash were
// behind it), `mode SP name NUL` and 20 bytes of object id each, so two trees are read side by side. Mostly one entry differs: what is
// equal before it is passed over entry by entry, and what is equal behind it all at once.

import { ENTRIES, ENTRIES_ROOM, WANTED } from './memory';

export const TORN_TREE: i32 = -9;

let a: usize = 0;
let aEnd: usize = 0;
let b: usize = 0;
let bEnd: usize = 0;

/** Before the first `differences`: a tree and the one before it, which may be empty. 16 bytes behind each may be read. */
export function differ(base: usize, baseLength: u32, made: usize, madeLength: u32): void {
  a = base;
  aEnd = base + baseLength;
  b = made;
  bEnd = made + madeLength;
}

// Of the entry that `parse` was at.
let mode: u32 = 0;
let name: usize = 0;
let nul: usize = 0;

/**
 * The next entries that differ, 16 bytes each at ENTRIES: address of the name, its length, address of the object id, and what it
 * is: a blob (0) or a tree (1) that is gone, a blob (2) or a tree (3) that is there. A tree in another's place is not named as gone, and of blobs only
 * those are named whose id may be wanted (see WANTED). Gives how many; fewer than ENTRIES_ROOM - 1 are the last.
 */
export function differences(): i32 {
  let write: usize = ENTRIES;
  const full: usize = ENTRIES + (ENTRIES_ROOM - 1) * 16;
  // Up to here the rest of the one is known to begin as that of the other.
  let equal: usize = b;
  while (b < bEnd && write < full) {
    if (equal <= b) {
      const left = min(aEnd - a, bEnd - b);
      equal = b + common(a, b, left);
      // The entries of the one before have been read: they were whole.
      if (equal == bEnd && aEnd - a == left) {
        a = aEnd;
        b = bEnd;
        break;
      }
    }
    const stop = zero(b, bEnd);
    if (stop + 21 > bEnd) return TORN_TREE;
    const size = stop + 21 - b;
    if (b + size <= equal) {
      a += size;
      b += size;
      continue;
    }
    equal = 0;
    if (!parse(b, stop)) return TORN_TREE;
    const bMode = mode;
    const bName = name;
    const bLength = <u32>(stop - name);
    let order: i32 = 1;
    let aStop: usize = 0;
    let aName: usize = 0;
    let aMode: u32 = 0;
    if (a < aEnd) {
      aStop = zero(a, aEnd);
      if (aStop + 21 > aEnd || !parse(a, aStop)) return TORN_TREE;
      aName = name;
      aMode = mode;
      order = compare(aName, <u32>(aStop - aName), isTree(aMode), bName, bLength, isTree(bMode));
    }
    if (order <= 0) {
      if (relevant(aMode, aStop + 1) && !(order == 0 && isTree(bMode))) {
        put(write, aName, <u32>(aStop - aName), aStop + 1, isTree(aMode) ? 1 : 0);
        write += 16;
      }
      a = aStop + 21;
    }
    if (order >= 0) {
      if (relevant(bMode, stop + 1)) {
        put(write, bName, bLength, stop + 1, isTree(bMode) ? 3 : 2);
        write += 16;
      }
      b = stop + 21;
    }
  }
  while (b >= bEnd && a < aEnd && write < full) {
    const stop = zero(a, aEnd);
    if (stop + 21 > aEnd || !parse(a, stop)) return TORN_TREE;
    if (relevant(mode, stop + 1)) {
      put(write, name, <u32>(stop - name), stop + 1, isTree(mode) ? 1 : 0);
      write += 16;
    }
    a = stop + 21;
  }
  return <i32>((write - ENTRIES) >> 4);
}

// @ts-ignore: decorator
@inline
function put(at: usize, name: usize, length: u32, oid: usize, kind: u32): void {
  store<u32>(at, <u32>name);
  store<u32>(at, length, 4);
  store<u32>(at, <u32>oid, 8);
  store<u32>(at, kind, 12);
}

// @ts-ignore: decorator
@inline
function isTree(mode: u32): bool {
  return (mode & 0o170000) == 0o040000;
}

// @ts-ignore: decorator
@inline
function relevant(mode: u32, oid: usize): bool {
  if (isTree(mode)) return true;
  const kind = mode & 0o170000;
  if (kind != 0o100000 && kind != 0o120000) return false;
  const bit = <u32>load<u16>(oid);
  return ((load<u8>(WANTED + (bit >> 3)) >> (bit & 7)) & 1) != 0;
}

/** Mode and where the name begins; false where there is no such thing. */
function parse(at: usize, stop: usize): bool {
  let value: u32 = 0;
  let from = at;
  while (true) {
    const byte = <u32>load<u8>(at);
    if (byte == 0x20) break;
    if (byte < 0x30 || byte > 0x37) return false;
    value = (value << 3) + (byte - 0x30);
    at++;
  }
  mode = value;
  name = at + 1;
  return at > from && name < stop;
}

/** Address of the first zero, or `end`. */
// @ts-ignore: decorator
@inline
function zero(at: usize, end: usize): usize {
  const none = i8x16.splat(0);
  while (at < end) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(at), none));
    if (found != 0) {
      const there = at + ctz(found);
      return there < end ? there : end;
    }
    at += 16;
  }
  return end;
}

/** How many bytes two stretches have in common, of `length` at most. */
function common(one: usize, other: usize, length: usize): usize {
  let done: usize = 0;
  while (done < length) {
    const differ = ~<u32>i8x16.bitmask(i8x16.eq(v128.load(one + done), v128.load(other + done))) & 0xffff;
    if (differ != 0) return min(done + ctz(differ), length);
    done += 16;
  }
  return length;
}

/** base_name_compare of git's tree-walk. */
function compare(a: usize, aLength: u32, aTree: bool, b: usize, bLength: u32, bTree: bool): i32 {
  const common = min(aLength, bLength);
  for (let i: u32 = 0; i < common; i++) {
    const difference = <i32>load<u8>(a + i) - <i32>load<u8>(b + i);
    if (difference != 0) return difference;
  }
  const aNext: i32 = aLength > common ? <i32>load<u8>(a + common) : aTree ? 0x2f : 0;
  const bNext: i32 = bLength > common ? <i32>load<u8>(b + common) : bTree ? 0x2f : 0;
  return aNext - bNext;
}

// The hot loop of detect/: finds every occurrence of a set of literals. AssemblyScript, built by scripts/build-kernel.ts.
//
// Law: the filter may let too much through, never too little; what is reported has been compared byte by byte.
//
// Three steps, each on a stretch of text at a time, so that the processor seldom guesses a branch wrong:
// 1. The sieve looks at every second position (the grid). The low five bits of three bytes (so case does not matter) are
//    the index of 16 bits in TABLE: the upper half is the set of classes (low three bits) that the byte behind the three may
//    have, the lower half those that the byte before them may have. compile.ts has marked four bytes of each literal,
//    its window, in both halves: when the window begins on the grid the upper half tells, when it begins one byte
//    before, the lower. So a literal is seen wherever it stands, from exactly one place of the grid. The work per byte is the
//    same for one literal and for ten thousand.
// 2. What is left over goes by the hash of the whole window to the literals that have it. A literal of three bytes leaves a
//    byte of its window open, so it goes by a hash of its own three.
// 3. Those are compared.
//
// Memory (compile.ts writes it): TABLE, HEADS and KNOWN at fixed places, then nodes, literals and their text.

/** 32,768 u16, one for each three bytes. */
const TABLE: usize = 0x10000;
/** 32,768 u32: for each hash of a window, 1 + the index of its first node; 0 is none. */
const HEADS: usize = 0x20000;
/** 262,144 bits, one for each hash of a window in three more bits. */
const KNOWN: usize = 0x40000;
/** 16 bytes: indexes on their way from a vector to addresses: through memory is faster than lane by lane. */
const INDEXES: usize = 0xff80;
/**
 * What step 1 leaves of a stretch, 16 bytes for each 64 of text: u64 at which of 64 neighbouring places a window may begin,
 * u32 address of the first, 4 bytes unused.
 */
const QUEUE: usize = 0xe780;
const TOUCHED: usize = 0xffc0;
/** u32 each: addresses of the windows that step 2 leaves, as many as a stretch has bytes at most. */
const WINDOWS: usize = 0x48000;
const STRETCH: usize = 0x4000;
/**
 * 65,536 bits and 8,192 u32: as KNOWN and HEADS, for literals of three bytes. The lower half is for those that begin where their
 * window begins, the upper for the others: no window leads to a literal twice.
 */
const KNOWN_SHORT: usize = 0x59000;
const HEADS_SHORT: usize = 0x5b000;

const MIX_WINDOW: u32 = 0x9e3779b1;

/** u32 each: index of a literal, shifted left by one; the low bit says that the chain ends here. */
let nodes: usize = 0;
/**
 * 48 bytes each: value, fold and mask of the first eight bytes; i32 offset of the window; u32 length; u32 address of the
 * text behind the first eight bytes; u32 the run that it needs, or 0; u32 address of its gates, or 0; 4 bytes unused.
 *
 * Gates (see gate.ts): u32 how many; for each u32 set that the byte behind may have, or 0; length, lead, reach; `behind`: set or
 * 0, most, until; words or 0; how many rows; for each row set, count, from, to, until or 0. A set is the address of 256 bits. Words (see word.ts)
 * are an address, too: 256 bytes of kinds; u32 short, glue, how many commands; for each the command.
 */
let literals: usize = 0;
/** 256 bytes: 1 for the bytes that runs are made of. */
let alphabet: usize = 0;
/** The greatest offset of a window. */
let reach: usize = 0;

/** The text under scan, as addresses. */
let textStart: usize = 0;
let textEnd: usize = 0;
/** Literals have to start in here. */
let firstStart: usize = 0;
let lastStart: usize = 0;
/** What is subtracted from an address to make it a position. */
let origin: usize = 0;
let out: usize = 0;
let outEnd: usize = 0;
let outLimit: usize = 0;
/** There was one answer more than fits. */
let full: bool = false;

export function setup(n: usize, l: usize, a: usize, r: usize): void {
  nodes = n;
  literals = l;
  alphabet = a;
  reach = r;
}

/** Lanes of 16 bits, one for each place of the grid in the 16 bytes at `p`: what is left of the two sets of classes. */
// @ts-ignore: decorator
@inline
function sieve(p: usize): v128 {
  const here = v128.load(p);
  const behind = v128.load(p, 2);
  const five = i8x16.splat(0x1f);
  // In bytes: 2 * (first + 32 * second + 1024 * third).
  const indexes = i16x8.add(
    i16x8.relaxed_dot_i8x16_i7x16_s(v128.and(here, five), i16x8.splat(0x4002)),
    i16x8.shl(v128.and(behind, five), 11),
  );
  v128.store(INDEXES, indexes);
  const classes = v128.or(v128.and(v128.load(p - 1), i16x8.splat(7)), v128.and(behind, i16x8.splat(0x700)));
  const picked = i8x16.relaxed_swizzle(i8x16(1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0), classes);
  let sets = i64x2.splat(0);
  sets = v128.load_lane<u16>(<usize>load<u16>(INDEXES, 0), sets, 0, TABLE);
  sets = v128.load_lane<u16>(<usize>load<u16>(INDEXES, 2), sets, 1, TABLE);
  sets = v128.load_lane<u16>(<usize>load<u16>(INDEXES, 4), sets, 2, TABLE);
  sets = v128.load_lane<u16>(<usize>load<u16>(INDEXES, 6), sets, 3, TABLE);
  sets = v128.load_lane<u16>(<usize>load<u16>(INDEXES, 8), sets, 4, TABLE);
  sets = v128.load_lane<u16>(<usize>load<u16>(INDEXES, 10), sets, 5, TABLE);
  sets = v128.load_lane<u16>(<usize>load<u16>(INDEXES, 12), sets, 6, TABLE);
  sets = v128.load_lane<u16>(<usize>load<u16>(INDEXES, 14), sets, 7, TABLE);
  return v128.and(sets, picked);
}

/**
 * Writes pairs (position, literal) of u32 to `to`, sorted by position, then literal, for every literal that starts at an
 * address in [from, end) and lies in [start, stop). Returns how many, or -1 when they don't fit before `limit`. Reads up to
 * 192 bytes around the text.
 */
export function scan(start: usize, stop: usize, from: usize, end: usize, zero: usize, to: usize, limit: usize): i32 {
  textStart = start;
  textEnd = stop;
  firstStart = from;
  lastStart = end;
  origin = zero;
  out = to;
  outEnd = to;
  outLimit = limit;
  full = false;
  const last = min(end + reach + 1, stop);
  for (let p = from; p < last; p += STRETCH) {
    const next = min(p + STRETCH, last);
    touch(p, next);
    compare(settle(sift(p, next)));
    if (full) return -1;
  }
  return <i32>((outEnd - to) >> 3);
}

/**
 * Brings a stretch into the cache: loads that nothing waits for come many at a time, those of the sieve one after the
 * other. On a text of 16 MB, 2.9 GB/s whatever it holds; without, between 1.5 and 3.1.
 */
function touch(from: usize, to: usize): void {
  let sum: u32 = 0;
  for (let p = from; p < to; p += 64) sum ^= load<u32>(p);
  // Kept only so that the loop is.
  store<u32>(TOUCHED, sum);
}

/** Step 1: fills the queue, returns its end. */
function sift(from: usize, to: usize): usize {
  let queue = QUEUE;
  for (let p = from; p < to; p += 64) {
    const left = ~(empty(p) | (empty(p + 16) << 16) | (empty(p + 32) << 32) | (empty(p + 48) << 48));
    store<u64>(queue, left);
    store<u32>(queue, <u32>(p - 1), 8);
    queue += <usize>(left != 0) << 4;
  }
  return queue;
}

/** A bit for each byte of `sieve` that is zero. Byte j speaks of the window that begins at p + j - 1. */
// @ts-ignore: decorator
@inline
function empty(p: usize): u64 {
  return <u64>(<u32>i8x16.bitmask(i8x16.eq(sieve(p), i8x16.splat(0))));
}

/** Step 2: fills the list of windows, returns its end. No branch depends on the text. */
function settle(end: usize): usize {
  let list = WINDOWS;
  if (end == QUEUE) return list;
  let queue = QUEUE;
  let left = load<u64>(queue);
  while (queue < end) {
    const at = <usize>(load<u32>(queue, 8) + <u32>ctz(left));
    const hash = hashOf(at);
    const front = frontOf(at);
    const back = backOf(at);
    store<u32>(list, <u32>at);
    const known =
      (<u32>load<u8>(<usize>(hash >> 3), KNOWN) >> (hash & 7)) |
      (<u32>load<u8>(<usize>(front >> 3), KNOWN_SHORT) >> (front & 7)) |
      (<u32>load<u8>(<usize>(back >> 3), KNOWN_SHORT) >> (back & 7));
    list += <usize>(known & 1) << 2;
    left &= left - 1;
    queue += <usize>(left == 0) << 4;
    left = left == 0 ? load<u64>(queue) : left;
  }
  return list;
}

// @ts-ignore: decorator
@inline
function hashOf(at: usize): u32 {
  return ((load<u32>(at) | 0x20202020) * MIX_WINDOW) >> 14;
}

/** The window's first three bytes as they are, for literals that begin where it begins. */
// @ts-ignore: decorator
@inline
function frontOf(at: usize): u32 {
  return ((load<u32>(at) & 0xffffff) * MIX_WINDOW) >> 17;
}

/** Its last three, for literals that begin one byte later. */
// @ts-ignore: decorator
@inline
function backOf(at: usize): u32 {
  return (((load<u32>(at) >> 8) * MIX_WINDOW) >> 17) | 0x8000;
}

/** Step 3. */
function compare(end: usize): void {
  for (let list = WINDOWS; list < end; list += 4) {
    const at = <usize>load<u32>(list);
    const head = load<u32>(HEADS + (<usize>(hashOf(at) >> 3) << 2));
    if (head != 0) verify(at, head);
    const front = load<u32>(HEADS_SHORT + (<usize>(frontOf(at) >> 3) << 2));
    if (front != 0) verify(at, front);
    const back = load<u32>(HEADS_SHORT + (<usize>(backOf(at) >> 3) << 2));
    if (back != 0) verify(at, back);
  }
}

/** The literals of one chain. */
function verify(at: usize, head: u32): void {
  let node = nodes + (<usize>(head - 1) << 2);
  for (;;) {
    const word = load<u32>(node);
    const literal = literals + <usize>(word >> 1) * 48;
    const s = at - <usize>load<u32>(literal, 24);
    const differ = ((load<u64>(s) | load<u64>(literal, 8)) ^ load<u64>(literal)) & load<u64>(literal, 16);
    if (differ == 0) confirm(s, literal, word >> 1);
    if ((word & 1) != 0) return;
    node += 4;
  }
}

/** The first eight bytes agree; the rest, the borders and the run are left. */
function confirm(s: usize, literal: usize, index: u32): void {
  if (s < firstStart || s >= lastStart) return;
  const length = <usize>load<u32>(literal, 28);
  const e = s + length;
  if (e > textEnd) return;
  let rest = <usize>load<u32>(literal, 32);
  for (let p = s + 8; p < e; p += 16, rest += 48) {
    const differ = v128.and(v128.xor(v128.or(v128.load(p), v128.load(rest, 16)), v128.load(rest)), v128.load(rest, 32));
    if (v128.any_true(differ)) return;
  }
  const run = <usize>load<u32>(literal, 36);
  if (length < run && !reaches(s, e, run - length)) return;
  const gates = <usize>load<u32>(literal, 40);
  if (gates != 0 && !opens(s, gates)) return;
  if (outEnd >= outLimit) {
    full = true;
    return;
  }
  // Windows sit at different offsets, so starts come a little out of order: by `reach` bytes at most.
  const position = <u32>(s - origin);
  let slot = outEnd;
  while (slot > out) {
    const before = load<u32>(slot - 8);
    if (before < position || (before == position && load<u32>(slot - 4) < index)) break;
    store<u64>(slot, load<u64>(slot - 8));
    slot -= 8;
  }
  store<u32>(slot, position);
  store<u32>(slot, index, 4);
  outEnd += 8;
}

/** Whether the bytes around [s, e) go on for at least `short` more bytes of a run. */
function reaches(s: usize, e: usize, short: usize): bool {
  while (short != 0 && s > textStart && load<u8>(alphabet + <usize>load<u8>(s - 1)) != 0) {
    s--;
    short--;
  }
  while (short != 0 && e < textEnd && load<u8>(alphabet + <usize>load<u8>(e)) != 0) {
    e++;
    short--;
  }
  return short == 0;
}

/** Whether one of the gates of a literal at `s` is open. */
function opens(s: usize, gates: usize): bool {
  let left = load<u32>(gates);
  let gate = gates + 4;
  while (left != 0) {
    const rows = gate + 36;
    const behind = rows + <usize>load<u32>(gate, 32) * 20;
    if (isOpen(s, gate, rows, behind)) return true;
    gate = behind;
    left--;
  }
  return false;
}

/** `rows` to `end` of a gate. */
function isOpen(s: usize, gate: usize, rows: usize, end: usize): bool {
  const next = <usize>load<u32>(gate);
  const after = s + <usize>load<u32>(gate, 4);
  if (next != 0 && !has(next, after < textEnd ? <u32>load<u8>(after) : 0)) return false;
  const last = min(textEnd, s + <usize>load<u32>(gate, 12));
  const words = <usize>load<u32>(gate, 28);
  if (words != 0 && isBareWord(s, after, last, words)) return false;
  const many = <usize>load<u32>(gate, 16);
  if (many != 0) {
    const stop = min(after + <usize>load<u32>(gate, 20), last);
    let p = after;
    while (p < stop && has(many, <u32>load<u8>(p))) p++;
    if (p >= last || !has(<usize>load<u32>(gate, 24), <u32>load<u8>(p))) return false;
  }
  const least = s - <usize>load<u32>(gate, 8);
  for (let row = rows; row < end; row += 20) {
    const from = max(textStart, least + <usize>load<u32>(row, 8));
    const to = s + <usize>load<u32>(row, 12);
    if (!hasRow(<usize>load<u32>(row), <usize>load<u32>(row, 4), from, to, last, <usize>load<u32>(row, 16))) return false;
  }
  return true;
}

/** As in gate.ts. */
function hasRow(set: usize, count: usize, from: usize, to: usize, end: usize, until: usize): bool {
  const last = min(to + count, end);
  let start = from;
  let seen = from;
  while (start + count <= last) {
    const stop = start + count;
    let p = stop;
    while (p > seen && has(set, <u32>load<u8>(p - 1))) p--;
    if (p <= seen) {
      if (until == 0) return true;
      let behind = stop;
      while (behind < end && has(set, <u32>load<u8>(behind))) behind++;
      if (behind >= end || has(until, <u32>load<u8>(behind))) return true;
      start = behind + 1;
      seen = start;
    } else {
      seen = stop;
      start = p;
    }
  }
  return false;
}

// @ts-ignore: decorator
@inline
function has(set: usize, byte: u32): bool {
  return ((<u32>load<u8>(set + <usize>(byte >> 3)) >> (byte & 7)) & 1) != 0;
}

const IDENTIFIER: u32 = 1;
const BLANK: u32 = 2;
const QUOTE: u32 = 4;
const STOP: u32 = 8;
const OPENS: u32 = 16;
const OPENS_CLOSED: u32 = 32;
const BEGINS: u32 = 64;
const SKIPPED: u32 = 128;
const NAME: usize = 64;
const BLANKS: usize = 24;
const OPENING: usize = 64;

/** The byte at `p`, 0 outside of the text. */
// @ts-ignore: decorator
@inline
function byteAt(p: usize): u32 {
  return p >= textStart && p < textEnd ? <u32>load<u8>(p) : 0;
}

// @ts-ignore: decorator
@inline
function is(words: usize, byte: u32, kind: u32): bool {
  return (<u32>load<u8>(words + <usize>byte) & kind) != 0;
}

// @ts-ignore: decorator
@inline
function isSmall(byte: u32): bool {
  return byte - 97 < 26;
}

// @ts-ignore: decorator
@inline
function isLetter(byte: u32): bool {
  return (byte | 32) - 97 < 26;
}

// @ts-ignore: decorator
@inline
function isLineEnd(byte: u32): bool {
  return byte == 10 || byte == 13;
}

/** As in word.ts: `behind` is the end of the literal at `s`, `to` the end of what counts. */
function isBareWord(s: usize, behind: usize, to: usize, words: usize): bool {
  if (behind + 2 <= to && isInside(s, behind, load<u32>(words, 260))) return true;
  let end = behind;
  const most = min(to, behind + NAME);
  while (end < most && is(words, load<u8>(end), IDENTIFIER)) end++;
  if (end + OPENING >= to) return false;
  const byte = <u32>load<u8>(end);
  const kinds = <u32>load<u8>(words + <usize>byte);
  if ((kinds & BLANK) != 0) return isBehindBlank(s, end, to, words) && !mayHaveForm(end) && !mayFollowCommand(s, words);
  if ((kinds & IDENTIFIER) != 0) return false;
  if (byte == 44) return !is(words, load<u8>(end + 1), IDENTIFIER);
  if ((kinds & OPENS) == 0) return (kinds & BEGINS) == 0;
  if (isLineEnd(byte)) return !isValueNext(end, words) && !mayFollowCommand(s, words);
  if (byte == 40) {
    const inside = skip(end + 1, words);
    const first = <u32>load<u8>(inside);
    return first == 41 || (is(words, first, IDENTIFIER) && !is(words, load<u8>(inside + 1), QUOTE));
  }
  if ((kinds & QUOTE) == 0) return false;
  const closed = <u32>load<u8>(end + 1);
  if (!is(words, closed, OPENS_CLOSED)) return !is(words, closed, BEGINS);
  return closed == 44 && isLineEnd(load<u8>(skip(end + 2, words))) && !isValueNext(end + 1, words);
}

function isInside(s: usize, e: usize, glue: u32): bool {
  const before = byteAt(s - 1);
  const length = e - s;
  if (length < 5 && isLetter(before) && (load<u8>(s) >= 97 || before < 97)) {
    if (length != 3 || ((glue >> ((before | 32) - 97)) & 1) == 0) return true;
  }
  const after = byteAt(e);
  if (!isLetter(after)) return false;
  if (after >= 97) return after != 115 || isSmall(byteAt(e + 1));
  return !isSmall(load<u8>(e - 1));
}

function isBehindBlank(s: usize, blanks: usize, to: usize, words: usize): bool {
  const word = skip(blanks, words);
  if (isLineEnd(byteAt(word))) return !isValueNext(blanks, words);
  let end = word;
  while (end < to && is(words, load<u8>(end), IDENTIFIER)) end++;
  const size = end - word;
  if (size < 2 || size >= <usize>load<u32>(words, 256) || end + OPENING >= to || !is(words, load<u8>(end), STOP)) return false;
  if (size == 2 && isSaid(word, end, words)) return false;
  const next = byteAt(skip(end, words));
  return next != 61 && next != 58 && load<u8>(startOf(s, words)) != 45;
}

function isSaid(word: usize, end: usize, words: usize): bool {
  if ((<u32>load<u8>(word) | 32) != 105 || (<u32>load<u8>(word, 1) | 32) != 115) return false;
  const short = load<u32>(words, 256);
  if (short == 0xffffffff) return false;
  let value = skip(skip(end, words), words);
  const first = byteAt(value);
  if (first == 40 || first == 91 || first == 123) value = skip(value + 1, words);
  const last = value + <usize>short;
  let p = value;
  while (p < last && byteAt(p) > 32) p++;
  return p == last;
}

function isValueNext(from: usize, words: usize): bool {
  let p = from;
  while (p - from < 48 && is(words, byteAt(p), SKIPPED)) p++;
  const first = byteAt(p) | 32;
  if (first == 118) return true;
  const second = byteAt(p + 1) | 32;
  if (second == 97) return first == 112 || first == 102 || first == 99;
  return (first == 97 && second == 110) || (first == 100 && second == 101);
}

function mayHaveForm(from: usize): bool {
  let p = from;
  while (p - from < 8) {
    const byte = <u32>load<u8>(p);
    if (byte != 32 && byte != 9 && byte != 41 && byte != 93 && byte != 96) break;
    p++;
  }
  const byte = <u32>load<u8>(p);
  if (byte == 124 || byte == 63 || byte == 123 || byte == 58 || byte == 45 || byte == 60) return true;
  return (byte | 32) == 111 && (<u32>load<u8>(p, 1) | 32) == 114;
}

function mayFollowCommand(s: usize, words: usize): bool {
  const start = startOf(s, words);
  const before = byteAt(start - 1);
  if (before == 91) return true;
  if (before != 32 && before != 9) return false;
  const pair = byteAt(start - 3) | (byteAt(start - 2) << 8);
  const end = words + 268 + (<usize>load<u32>(words, 264) << 2);
  for (let p = words + 268; p < end; p += 4) if (load<u32>(p) == pair) return true;
  return false;
}

function startOf(s: usize, words: usize): usize {
  let start = s;
  const least = max(textStart, s - NAME);
  while (start > least && is(words, load<u8>(start - 1), IDENTIFIER)) start--;
  return start;
}

function skip(from: usize, words: usize): usize {
  let p = from;
  while (p - from < BLANKS && is(words, byteAt(p), BLANK)) p++;
  return p;
}

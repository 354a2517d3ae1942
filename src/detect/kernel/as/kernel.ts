// The hot loop of detect/: finds every occurrence of a set of literals. AssemblyScript, built by scripts/build-kernel.ts.
//
// Law: the filter may let too much through, never too little; what is reported has been compared byte by byte.
//
// The filter looks at every second position (the grid). There it hashes three bytes, with bit 5 set so that case does not
// matter, into 16 bits, reads that byte of TABLE, and keeps the bit that the fourth byte picks. compile.ts has set those bits
// for two neighbouring four-byte windows of each literal: one of the two lies on the grid wherever the literal
// stands, and exactly one, so nothing is reported twice. The work per byte is the same for one literal and for ten thousand.
//
// Memory (compile.ts writes it): TABLE and HEADS at fixed places, then nodes, windows, literals and their text.

/** 65,536 bytes: for each hash of three bytes, the set of classes (low three bits) that the fourth may have. */
const TABLE: usize = 0x10000;
/** 65,536 u32: for each hash, 1 + the index of its first node; 0 is none. */
const HEADS: usize = 0x20000;

const FOLD: i16 = 0x2020;
const MIX_PAIR: i16 = 0x6c8d;
const MIX_THIRD: i16 = 0x2f5b;

/** u32 each: index of a window, shifted left by one; the low bit says that the chain ends here. */
let nodes: usize = 0;
/** 32 bytes each: value, fold and mask of the literal's first eight bytes; u32 literal; i32 offset of the window in it. */
let windows: usize = 0;
/** 16 bytes each: u32 length, u32 address of the text behind the first eight bytes, u32 the run it needs, u32 zero. */
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

export function setup(n: usize, w: usize, l: usize, a: usize, r: usize): void {
  nodes = n;
  windows = w;
  literals = l;
  alphabet = a;
  reach = r;
}

/** Lanes of 16 bits, one for each grid position of the 16 bytes at `p`: not zero where a literal may be. */
// @ts-ignore: decorator
@inline
function sieve(p: usize): v128 {
  const fold = i16x8.splat(FOLD);
  const first = v128.or(v128.load(p), fold);
  const second = v128.or(v128.load(p, 2), fold);
  const hash = i16x8.add(
    i16x8.mul(first, i16x8.splat(MIX_PAIR)),
    i16x8.mul(v128.and(second, i16x8.splat(0xff)), i16x8.splat(MIX_THIRD)),
  );
  // The fourth byte stays in the upper half of its lane, and so does everything that follows.
  const picked = i8x16.swizzle(
    i8x16(1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0),
    v128.and(second, i16x8.splat(0x700)),
  );
  const low = i64x2.extract_lane(hash, 0);
  const high = i64x2.extract_lane(hash, 1);
  let sets = i64x2.splat(0);
  sets = v128.load_lane<u8>(<usize>(<u32>low & 0xffff), sets, 1, TABLE);
  sets = v128.load_lane<u8>(<usize>(<u32>(low >> 16) & 0xffff), sets, 3, TABLE);
  sets = v128.load_lane<u8>(<usize>(<u32>(low >> 32) & 0xffff), sets, 5, TABLE);
  sets = v128.load_lane<u8>(<usize>(<u32>(low >>> 48)), sets, 7, TABLE);
  sets = v128.load_lane<u8>(<usize>(<u32>high & 0xffff), sets, 9, TABLE);
  sets = v128.load_lane<u8>(<usize>(<u32>(high >> 16) & 0xffff), sets, 11, TABLE);
  sets = v128.load_lane<u8>(<usize>(<u32>(high >> 32) & 0xffff), sets, 13, TABLE);
  sets = v128.load_lane<u8>(<usize>(<u32>(high >>> 48)), sets, 15, TABLE);
  return v128.and(sets, picked);
}

/**
 * Writes pairs (position, literal) of u32 to `to`, sorted by position, then literal, for every literal that starts at an
 * address in [from, end) and lies in [start, stop). Returns how many. Reads up to 128 bytes around the text.
 */
export function scan(start: usize, stop: usize, from: usize, end: usize, zero: usize, to: usize): u32 {
  textStart = start;
  textEnd = stop;
  firstStart = from;
  lastStart = end;
  origin = zero;
  out = to;
  outEnd = to;
  const last = min(end + reach + 1, stop);
  // One byte early: the windows of the shortest literals begin one byte before them.
  for (let p = from - 1; p < last; p += 64) {
    const a = sieve(p);
    const b = sieve(p + 16);
    const c = sieve(p + 32);
    const d = sieve(p + 48);
    if (v128.any_true(v128.or(v128.or(a, b), v128.or(c, d)))) {
      check(p, a);
      check(p + 16, b);
      check(p + 32, c);
      check(p + 48, d);
    }
  }
  return <u32>((outEnd - to) >> 3);
}

function check(p: usize, lanes: v128): void {
  let left = i16x8.bitmask(i16x8.ne(lanes, i16x8.splat(0)));
  while (left != 0) {
    verify(p + (<usize>ctz(left) << 1));
    left &= left - 1;
  }
}

function verify(at: usize): void {
  const pair = <u32>load<u16>(at) | 0x2020;
  const third = <u32>load<u8>(at, 2) | 0x20;
  const hash = (pair * <u32>MIX_PAIR + third * <u32>MIX_THIRD) & 0xffff;
  const head = load<u32>(HEADS + (<usize>hash << 2));
  if (head == 0) return;
  let node = nodes + (<usize>(head - 1) << 2);
  for (;;) {
    const word = load<u32>(node);
    const window = windows + (<usize>(word >> 1) << 5);
    const s = at - <usize>load<i32>(window, 28);
    const value = load<u64>(window);
    if ((((load<u64>(s) | load<u64>(window, 8)) ^ value) & load<u64>(window, 16)) == 0) confirm(s, load<u32>(window, 24));
    if ((word & 1) != 0) return;
    node += 4;
  }
}

/** The first eight bytes agree; the rest, the borders and the run are left. */
function confirm(s: usize, literal: u32): void {
  if (s < firstStart || s >= lastStart) return;
  const facts = literals + (<usize>literal << 4);
  const length = <usize>load<u32>(facts);
  const e = s + length;
  if (e > textEnd) return;
  let rest = <usize>load<u32>(facts, 4);
  for (let p = s + 8; p < e; p += 16, rest += 48) {
    const differ = v128.and(v128.xor(v128.or(v128.load(p), v128.load(rest, 16)), v128.load(rest)), v128.load(rest, 32));
    if (v128.any_true(differ)) return;
  }
  const run = <usize>load<u32>(facts, 8);
  if (length < run) {
    let short = run - length;
    let p = s;
    while (short != 0 && p > textStart && load<u8>(alphabet + <usize>load<u8>(p - 1)) != 0) {
      p--;
      short--;
    }
    p = e;
    while (short != 0 && p < textEnd && load<u8>(alphabet + <usize>load<u8>(p)) != 0) {
      p++;
      short--;
    }
    if (short != 0) return;
  }
  // Windows sit at different offsets, so starts come a little out of order: at most `reach` bytes.
  const position = <u32>(s - origin);
  let slot = outEnd;
  while (slot > out) {
    const before = load<u32>(slot - 8);
    if (before < position || (before == position && load<u32>(slot - 4) < literal)) break;
    store<u64>(slot, load<u64>(slot - 8));
    slot -= 8;
  }
  store<u32>(slot, position);
  store<u32>(slot, literal, 4);
  outEnd += 8;
}

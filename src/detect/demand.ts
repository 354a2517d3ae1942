// What every match of a pattern must hold, told without running it: so many bytes of a set in a row, starting so far behind
// the match's start. Most anchors are words of prose and code; a look for that row turns them away for less than a regular
// expression takes to start.

import type { Node } from './pattern.ts';
import { widest } from './shape.ts';

/** `count` bytes of `set` in a row, the first of them `from` to `to` bytes behind the match's start. */
export interface Demand {
  readonly set: Uint8Array;
  readonly count: number;
  readonly from: number;
  /** Infinite where the pattern has no bound. */
  readonly to: number;
  /** Where the pattern says what may stand behind the row: that, and nothing of the set. The text's end always may. */
  readonly until?: Uint8Array | undefined;
}

/** About how common a byte is in code and logs. It decides speed, never answers. */
const SHARE = Float64Array.from({ length: 256 }, (_, byte) => {
  const char = String.fromCharCode(byte);
  if (/[a-z]/.test(char)) return 0.58 / 26;
  if (/[A-Z]/.test(char)) return 0.08 / 26;
  if (/[0-9]/.test(char)) return 0.07 / 10;
  if (char === ' ') return 0.13;
  if (char === '\n') return 0.02;
  return byte > 32 && byte < 127 ? 0.11 / 32 : 0.01 / 162;
});
/** Rows of many bytes prove no more than this: neighbours are alike. */
const ENOUGH = 48;

/** A set of more than this is no set: nearly every byte is in it. */
const COMMON = 0.97;
const ALL = Array.from({ length: 256 }, (_, byte) => byte);

/** At most this many tests of an anchor. */
const MOST = 2;
/** Bits below which a test is not worth its time. */
const WORTH = 1;

interface Weighed {
  readonly demand: Demand;
  readonly bits: number;
}

/** The bytes that a node can consume, and how many it does at least. */
interface Stretch {
  readonly bytes: Uint8Array;
  readonly least: number;
  readonly most: number;
}

/**
 * The demands that turn most text away; none where nothing is sure. Looks and edges are left out: they consume nothing.
 * @param known so many bytes at the start of a match are a literal, and need no test
 */
export function demandsOf(pattern: Node, known = 0): readonly Demand[] {
  const found = weigh(pattern, 0, 0, known).sort((a, b) => b.bits - a.bits);
  const [best, ...others] = found;
  if (best === undefined) return [];
  const other = others.find(
    ({ demand }) => demand.from >= best.demand.from + best.demand.count || demand.to < best.demand.from,
  );
  return [best, ...(other ? [other] : [])].slice(0, MOST).map(({ demand }) => demand);
}

function weigh(node: Node, from: number, to: number, known: number): Weighed[] {
  const items = flat(node);
  const stretches = items.map(stretchOf);
  const found: Weighed[] = [];
  let first = from;
  let last = to;
  items.forEach((item, i) => {
    const row = last < known ? undefined : bestRow(items, stretches, i, first, last);
    if (row) found.push(row);
    // Of words to choose from, no more is sure than their letters.
    if (item.kind === 'alt' && !item.branches.every(isSpelt)) {
      const joined = join(item.branches.map((branch) => best(weigh(branch, first, last, known))));
      if (joined) add(found, joined);
    }
    if (item.kind === 'repeat' && item.min > 0) found.push(...weigh(item.node, first, last, known));
    first += stretches[i]?.least ?? 0;
    last += stretches[i]?.most ?? 0;
  });
  return found;
}

/** The best row that begins with stretch `begin`. */
function bestRow(
  items: readonly Node[],
  stretches: readonly Stretch[],
  begin: number,
  from: number,
  to: number,
): Weighed | undefined {
  const set = new Uint8Array(256);
  let share = 0;
  let count = 0;
  let row: { bits: number; count: number; end: number } | undefined;
  for (let end = begin; end < stretches.length; end++) {
    const stretch = stretches[end] ?? EMPTY;
    for (const byte of stretch.bytes) {
      share += set[byte] === 1 ? 0 : (SHARE[byte] ?? 0);
      set[byte] = 1;
    }
    if (share > COMMON) break;
    count += stretch.least;
    const bits = worth(share, count, from, to);
    if (stretch.least > 0 && bits > (row?.bits ?? WORTH)) row = { bits, count, end };
  }
  if (row === undefined) return undefined;
  set.fill(0);
  for (const { bytes } of stretches.slice(begin, row.end + 1)) for (const byte of bytes) set[byte] = 1;
  const until = endOf(items, row.end + 1, set);
  return { demand: { set, count: row.count, from, to, until }, bits: row.bits };
}

/** What looks ahead behind a row allow there, where that is nothing of the row's own. */
function endOf(items: readonly Node[], from: number, set: Uint8Array): Uint8Array | undefined {
  for (const item of items.slice(from)) {
    if (item.kind !== 'look' && item.kind !== 'edge') return undefined;
    const allowed = item.kind === 'look' && !item.behind ? nextOf(item) : undefined;
    if (allowed !== undefined && isApart(set, allowed)) return allowed;
  }
  return undefined;
}

/** The bytes that a look ahead of one byte allows. */
function nextOf({ node, negative }: Node & { readonly kind: 'look' }): Uint8Array | undefined {
  const all = new Uint8Array(256);
  for (const branch of node.kind === 'alt' ? node.branches : [node]) {
    const [one, ...more] = flat(branch);
    if (one === undefined || more.length > 0) return undefined;
    if (one.kind === 'edge' && one.of === '$') continue;
    if (one.kind !== 'set') return undefined;
    for (let byte = 0; byte < 256; byte++) all[byte] = (all[byte] ?? 0) | (one.set[byte] ?? 0);
  }
  return negative ? all.map((member) => 1 - member) : all;
}

/** Do two sets share no byte? */
export function isApart(a: Uint8Array, b: Uint8Array): boolean {
  return !a.some((member, byte) => member === 1 && b[byte] === 1);
}

function add(found: Weighed[], demand: Demand): void {
  const share = demand.set.reduce((sum, member, byte) => sum + (member === 1 ? (SHARE[byte] ?? 0) : 0), 0);
  const bits = worth(share, demand.count, demand.from, demand.to);
  if (bits > WORTH) found.push({ demand, bits });
}

/** In bits. Without blanks among them, rows end with every word. */
function worth(share: number, count: number, from: number, to: number): number {
  const places = Math.min(to, 1024) - from + 1;
  const each = Math.max(-Math.log2(Math.max(share, 1e-6)), share < 0.85 ? 0.7 : 0);
  return each * Math.min(count, ENOUGH) - Math.log2(places);
}

function best(found: readonly Weighed[]): Demand | undefined {
  return found.reduce<Weighed | undefined>(
    (most, one) => (most && most.bits >= one.bits ? most : one),
    undefined,
  )?.demand;
}

function isSpelt(node: Node): boolean {
  return flat(node).every((item) => item.kind === 'set' && item.narrow);
}

/** What holds whichever of the branches matched. */
function join(branches: readonly (Demand | undefined)[]): Demand | undefined {
  return branches.reduce((a, b) => {
    if (a === undefined || b === undefined) return undefined;
    const set = a.set.map((member, byte) => member | (b.set[byte] ?? 0));
    const until = a.until && b.until && a.until.map((member, byte) => member | (b.until?.[byte] ?? 0));
    return {
      set,
      until: until !== undefined && isApart(set, until) ? until : undefined,
      count: Math.min(a.count, b.count),
      from: Math.min(a.from, b.from),
      to: Math.max(a.to, b.to),
    };
  });
}

/** Sequences in sequences as one. */
function flat(node: Node): readonly Node[] {
  return node.kind === 'seq' ? node.items.flatMap(flat) : [node];
}

const EMPTY: Stretch = { bytes: new Uint8Array(0), least: 0, most: 0 };

const members = new WeakMap<Uint8Array, Uint8Array>();

function membersOf(set: Uint8Array): Uint8Array {
  const known = members.get(set) ?? Uint8Array.from(ALL.filter((byte) => set[byte] === 1));
  members.set(set, known);
  return known;
}

function stretchOf(node: Node): Stretch {
  switch (node.kind) {
    case 'set':
      return { bytes: membersOf(node.set), least: 1, most: 1 };
    case 'look':
    case 'edge':
      return EMPTY;
    case 'repeat': {
      const one = stretchOf(node.node);
      return { bytes: one.bytes, least: one.least * node.min, most: widest(node) };
    }
    case 'alt':
    case 'seq': {
      const parts = (node.kind === 'alt' ? node.branches : node.items).map(stretchOf);
      const bytes = Uint8Array.from(new Set(parts.flatMap((part) => [...part.bytes])));
      const leasts = parts.map((part) => part.least);
      const least = node.kind === 'alt' ? Math.min(...leasts) : leasts.reduce((sum, one) => sum + one, 0);
      return { bytes, least, most: widest(node) };
    }
  }
}

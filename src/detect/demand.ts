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
  readonly set: Uint8Array;
  readonly least: number;
  readonly most: number;
}

/** The demands that turn most text away; none where nothing is sure. Looks and edges are left out: they consume nothing. */
export function demandsOf(pattern: Node): readonly Demand[] {
  const found = weigh(pattern, 0, 0).sort((a, b) => b.bits - a.bits);
  const [best, ...others] = found;
  if (best === undefined) return [];
  const other = others.find(
    ({ demand }) => demand.from >= best.demand.from + best.demand.count || demand.to < best.demand.from,
  );
  return [best, ...(other ? [other] : [])].slice(0, MOST).map(({ demand }) => demand);
}

function weigh(node: Node, from: number, to: number): Weighed[] {
  const items = flat(node);
  const stretches = items.map(stretchOf);
  const found: Weighed[] = [];
  let first = from;
  let last = to;
  items.forEach((item, i) => {
    const set = new Uint8Array(256);
    let count = 0;
    for (const stretch of stretches.slice(i)) {
      for (let byte = 0; byte < 256; byte++) if (stretch.set[byte] === 1) set[byte] = 1;
      count += stretch.least;
      const share = shareOf(set);
      if (share > 0.97) break;
      if (stretch.least > 0) add(found, { set: Uint8Array.from(set), count, from: first, to: last }, share);
    }
    if (item.kind === 'alt') {
      const branches = item.branches.map((branch) => best(weigh(branch, first, last)));
      const joined = join(branches);
      if (joined) add(found, joined, shareOf(joined.set));
    }
    if (item.kind === 'repeat' && item.min > 0) found.push(...weigh(item.node, first, last));
    first += stretches[i]?.least ?? 0;
    last += stretches[i]?.most ?? 0;
  });
  return found;
}

function add(found: Weighed[], demand: Demand, share: number): void {
  const places = Math.min(demand.to, 1024) - demand.from + 1;
  const bits = -Math.log2(Math.max(share, 1e-6)) * Math.min(demand.count, ENOUGH) - Math.log2(places);
  if (bits > WORTH) found.push({ demand, bits });
}

function best(found: readonly Weighed[]): Demand | undefined {
  return found.reduce<Weighed | undefined>(
    (most, one) => (most && most.bits >= one.bits ? most : one),
    undefined,
  )?.demand;
}

/** What holds whichever of the branches matched. */
function join(branches: readonly (Demand | undefined)[]): Demand | undefined {
  return branches.reduce((a, b) => {
    if (a === undefined || b === undefined) return undefined;
    return {
      set: a.set.map((member, byte) => member | (b.set[byte] ?? 0)),
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

const EMPTY: Stretch = { set: new Uint8Array(256), least: 0, most: 0 };

function stretchOf(node: Node): Stretch {
  switch (node.kind) {
    case 'set':
      return { set: node.set, least: 1, most: 1 };
    case 'look':
    case 'edge':
      return EMPTY;
    case 'repeat': {
      const one = stretchOf(node.node);
      return { set: one.set, least: one.least * node.min, most: widest(node) };
    }
    case 'alt':
    case 'seq': {
      const parts = (node.kind === 'alt' ? node.branches : node.items).map(stretchOf);
      const set = new Uint8Array(256);
      for (const part of parts)
        for (let byte = 0; byte < 256; byte++) if (part.set[byte] === 1) set[byte] = 1;
      const leasts = parts.map((part) => part.least);
      const least = node.kind === 'alt' ? Math.min(...leasts) : leasts.reduce((sum, one) => sum + one, 0);
      return { set, least, most: widest(node) };
    }
  }
}

function shareOf(set: Uint8Array): number {
  let share = 0;
  for (let byte = 0; byte < 256; byte++) if (set[byte] === 1) share += SHARE[byte] ?? 0;
  return share;
}

/** Does [from, to] have the start of `count` bytes of `set`, all before `end`? Skips as far as a byte outside the set allows. */
export function hasRow(
  bytes: Uint8Array,
  set: Uint8Array,
  count: number,
  from: number,
  to: number,
  end: number,
): boolean {
  const last = to + count < end ? to + count : end;
  let start = from;
  let seen = from;
  for (let until = from + count; until <= last; until = start + count) {
    let at = until - 1;
    while (at >= seen && set[bytes[at] as number] === 1) at--;
    if (at < seen) return true;
    seen = until;
    start = at + 1;
  }
  return false;
}

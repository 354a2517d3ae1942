// What the engine needs to know of a rule's pattern without running it, as plain data: it is dear to work out for a thousand
// rules, so it is kept from run to run and handed to worker threads.

import { type Demand, demandsOf, isApart } from './demand.ts';
import { parsePattern } from './pattern.ts';
import type { Rule } from './rule.ts';
import { anchorings, type Behind, firstBytes, startRun } from './shape.ts';

/** Any value of an assignment, where the rule gives no pattern for it. */
export const ANY_VALUE = '(?<secret>[^\\r\\n]+)';

/** A set of byte values: 32 bytes of bits, in base64. */
type Bits = string;

export interface Outline {
  /** The bytes that a match can start with. */
  readonly first: Bits;
  /** So many bytes at the start of every match are `A-Za-z0-9_-+/=.` for certain. */
  readonly run: number;
  /** Where the pattern has each literal; empty where the literals stand in names, null where the pattern does not spell it. */
  readonly places: readonly (Place | null)[];
  /** What every match holds. */
  readonly rows: readonly Row[];
}

/** See demand.ts; offsets from the match's start. */
export interface Row {
  readonly set: Bits;
  readonly count: number;
  readonly from: number;
  /** null where the pattern has no bound. */
  readonly to: number | null;
  readonly until: Bits | null;
}

export interface Place {
  /** Most bytes between a match's start and the literal in it; null where the pattern has no bound. */
  readonly lead: number | null;
  /** The bytes that can follow the literal. */
  readonly next: Bits;
  /** See shape.ts; null for `most` where the pattern has no bound. */
  readonly behind: { readonly set: Bits; readonly most: number | null; readonly until: Bits } | null;
}

const known = new WeakMap<Rule, Outline>();

/** Worked out once for each rule. @throws PatternError */
export function outlineOf(rule: Rule): Outline {
  const made = known.get(rule) ?? draw(rule);
  known.set(rule, made);
  return made;
}

/** Takes an outline that was worked out before, in another run or thread. */
export function remember(rule: Rule, outline: Outline): void {
  known.set(rule, outline);
}

function draw(rule: Rule): Outline {
  const node = parsePattern(rule.pattern ?? ANY_VALUE, rule.fold);
  const spelt = rule.value === undefined && rule.pattern !== undefined;
  const literals = rule.literals.map((literal) => literalBytes(rule, literal));
  const places = spelt
    ? anchorings(node, literals).map((place) =>
        place
          ? {
              lead: bounded(place.lead),
              next: toBits(place.next),
              behind: place.behind === undefined ? null : behindOf(place.behind, rule.fold),
            }
          : null,
      )
    : [];
  const known = places.every((place) => place?.lead === 0)
    ? Math.min(...literals.map(({ length }) => length))
    : 0;
  return {
    first: toBits(firstBytes(node)),
    run: startRun(node).count,
    places,
    rows: spelt ? demandsOf(node, known).map((demand) => rowOf(demand, rule.fold)) : [],
  };
}

function rowOf({ set, count, from, to, until }: Demand, fold: boolean): Row {
  const all = fold ? withLatin(set) : set;
  const end = until && fold ? withLatin(until) : until;
  const ended = end !== undefined && isApart(all, end);
  return { set: toBits(all), count, from, to: bounded(to), until: ended ? toBits(end) : null };
}

function behindOf({ set, most, until }: Behind, fold: boolean): Place['behind'] {
  const [all, end] = fold ? [withLatin(set), withLatin(until)] : [set, until];
  return isApart(all, end) ? { set: toBits(all), most: bounded(most), until: toBits(end) } : null;
}

function bounded(count: number): number | null {
  return Number.isFinite(count) ? count : null;
}

/** Case folds some bytes over 127, too: a set with one of them has them all. */
function withLatin(set: Uint8Array): Uint8Array {
  return set.subarray(128).includes(1) ? set.map((member, byte) => (byte > 127 ? 1 : member)) : set;
}

/** A literal as it is looked for. */
export function literalBytes(rule: Rule, literal: string): Uint8Array {
  return Buffer.from(rule.fold ? literal.toLowerCase() : literal);
}

function toBits(set: Uint8Array): Bits {
  const bits = new Uint8Array(32);
  for (let byte = 0; byte < 256; byte += 1)
    if (set[byte] === 1) bits[byte >> 3] = (bits[byte >> 3] ?? 0) | (1 << (byte & 7));
  return Buffer.from(bits).toString('base64');
}

const sets = new Map<Bits, Uint8Array>();

/** 1 for each byte of the set; equal sets are one array, and nobody writes to it. */
export function fromBits(bits: Bits): Uint8Array {
  const made = sets.get(bits);
  if (made) return made;
  const packed = Buffer.from(bits, 'base64');
  const set = new Uint8Array(256);
  for (let byte = 0; byte < 256; byte++) set[byte] = ((packed[byte >> 3] as number) >> (byte & 7)) & 1;
  sets.set(bits, set);
  return set;
}

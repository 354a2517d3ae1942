// What the text around a literal must have for anything to come of it. The law: a gate is a necessary condition, told from bytes
// near the literal; where it is shut, the rule behind it would find nothing there.

import { isBareWord, type Words } from './word.ts';

/** Sets are 1 for their bytes, 0 for others; equal ones should be one array. */
export type ByteSet = Uint8Array;

/** `count` bytes of `set` in a row, the first of them `from` to `to` bytes behind the start of a match. */
export interface Row {
  readonly set: ByteSet;
  readonly count: number;
  readonly from: number;
  readonly to: number;
  /** What ends the row, however long it goes on: one of these, or the end of what counts. */
  readonly until?: ByteSet | undefined;
}

/** At most `most` bytes of `set`, and then one of `until`, which shares no byte with it. */
export interface Behind {
  readonly set: ByteSet;
  readonly most: number;
  readonly until: ByteSet;
}

export interface Gate {
  /** Where `next` and `behind` begin, in bytes from the literal's start. */
  readonly length: number;
  /** The byte there; behind the text's end it counts as 0. */
  readonly next: ByteSet | undefined;
  readonly behind: Behind | undefined;
  /** A match begins so many bytes before the literal at most. */
  readonly lead: number;
  readonly rows: readonly Row[];
  /** Nothing so far behind the literal's start counts. */
  readonly reach: number;
  /** The literal is a word of a name, whose value is wanted. */
  readonly words?: Words;
}

/** Kernels see this much around a literal. */
export const FARTHEST_GATE = 1024;

/** Is the gate of a literal at `at` open? */
export function isOpen(gate: Gate, bytes: Uint8Array, at: number): boolean {
  const { next, behind, rows, length, words } = gate;
  if (next !== undefined && next[bytes[at + length] ?? 0] !== 1) return false;
  const end = Math.min(bytes.length, at + gate.reach);
  if (words !== undefined && isBareWord(bytes, at, length, end, words)) return false;
  if (behind !== undefined && !follows(bytes, behind, at + length, end)) return false;
  const least = at - gate.lead;
  for (let i = 0; i < rows.length; i++) {
    const { set, count, from, to, until } = rows[i] as Row;
    if (!hasRow(bytes, set, count, Math.max(0, least + from), at + to, end, until)) return false;
  }
  return true;
}

function follows(bytes: Uint8Array, { set, most, until }: Behind, from: number, end: number): boolean {
  const last = Math.min(from + most, end);
  let at = from;
  while (at < last && set[bytes[at] as number] === 1) at++;
  return at < end && until[bytes[at] as number] === 1;
}

/** Does [from, to] have the start of `count` bytes of `set`, all before `end`? Skips as far as a byte outside the set allows. */
export function hasRow(
  bytes: Uint8Array,
  set: ByteSet,
  count: number,
  from: number,
  to: number,
  end: number,
  until?: ByteSet,
): boolean {
  const last = Math.min(to + count, end);
  let start = from;
  let seen = from;
  for (let stop = from + count; stop <= last; stop = start + count) {
    let at = stop - 1;
    while (at >= seen && set[bytes[at] as number] === 1) at--;
    if (at < seen) {
      if (until === undefined) return true;
      let behind = stop;
      while (behind < end && set[bytes[behind] as number] === 1) behind++;
      if (behind >= end || until[bytes[behind] as number] === 1) return true;
      start = behind + 1;
      seen = start;
    } else {
      seen = stop;
      start = at + 1;
    }
  }
  return false;
}

// What a version keeps of the one that it is a delta of. The law: together with what is looked at again, every version has
// exactly the findings that a look at the whole of it would give.
//
// A detector's word on an anchor depends on the text near it and on nothing else. Whether a near rule has a claim there
// is decided by AROUND bytes around the anchor, so whatever is not known as a claim needs no second look where those were copied
// in one piece. Whether a claim is a finding, and not beaten by a better one, is decided by REACH bytes, for far rules by FAR:
// where those were copied the word stands, and where not the anchor is in the ranges. A finding does not say which anchor
// it came from, so every place that its anchor can have is treated alike: either all their surroundings were copied and
// the finding is inherited, or all of them are looked at again.

import { CONTEXT, type Finding, NEAR, type Range } from '../../model/index.ts';
import type { Copied } from './delta.ts';

/** A literal of a rule is not longer. */
const LITERAL = 64;
/** Where the anchor of a near rule can stand: within NEAR of the secret. */
const ZONE = NEAR + LITERAL;
/** How much text around an anchor decides whether a near rule has a claim there. */
export const AROUND = NEAR + LITERAL;
/**
 * How much text around its anchor decides about a near finding: NEAR to the end of the secret, NEAR more to the anchors of
 * rules that may claim the same bytes, NEAR more for what those look at.
 */
const REACH = 3 * NEAR + LITERAL;
/** The same for rules that reach as far as CONTEXT, where the other claim may be of such a rule too. */
const FAR = 2 * CONTEXT + NEAR + LITERAL;
const FAR_ZONE = CONTEXT + LITERAL;

/** A finding as it stands in one version. */
export interface Kept {
  readonly finding: Finding;
  readonly start: number;
  readonly end: number;
}

/** What has been found in a version, for those that follow. */
export interface Seen {
  /** Ascending by start. */
  readonly kept: readonly Kept[];
  /** Anchors of far rules, ascending. */
  readonly far: readonly number[];
  /** Anchors of claims that are beaten, ascending. */
  readonly beaten: readonly number[];
  /** Stretches outside of [from, to) say nothing about any of these. */
  readonly from: number;
  readonly to: number;
  /** The longest finding's length. */
  readonly longest: number;
}

export const NOTHING: Seen = { kept: [], far: [], beaten: [], from: 0, to: 0, longest: 0 };

/** @param kept ascending by start, as `far` and `beaten` are */
export function seenOf(kept: readonly Kept[], far: readonly number[], beaten: readonly number[]): Seen {
  const none = Number.POSITIVE_INFINITY;
  let from = Math.min(far[0] ?? none, beaten[0] ?? none, (kept[0]?.start ?? none) - ZONE);
  let to = Math.max(far.at(-1) ?? -1, beaten.at(-1) ?? -1) + 1;
  let longest = 0;
  for (const { start, end } of kept) {
    from = Math.min(from, end - ZONE);
    to = Math.max(to, end + ZONE, start + ZONE);
    longest = Math.max(longest, end - start);
  }
  return { kept, far, beaten, from, to, longest };
}

export interface Followed {
  readonly ranges: readonly Range[];
  /** Findings that stand in the new version, unless the look finds them too. */
  readonly inherited: readonly Kept[];
  /** Far anchors outside of the ranges. */
  readonly far: readonly number[];
  /** The same for those of beaten claims. */
  readonly beaten: readonly number[];
}

/**
 * @param copied at least those that reach into [seen.from, seen.to) of the version that was seen
 * @param changed ranges around what the delta changed, AROUND wide, ascending
 * @param sizes of the version that was seen and of the new one
 */
export function follow(
  seen: Seen,
  copied: readonly Copied[],
  changed: readonly Range[],
  sizes: { readonly base: number; readonly made: number },
): Followed {
  const ranges: Range[] = [...changed];
  const far: number[] = [];
  const beaten: number[] = [];
  const inherited: Kept[] = [];
  for (const stretch of copied) {
    const { source, target, length } = stretch;
    const shift = target - source;
    const end = source + length;
    // An edge of the object is no cut, as long as it stays one.
    const low = source === 0 && target === 0 ? Number.NEGATIVE_INFINITY : source;
    const high = end === sizes.base && target + length === sizes.made ? Number.POSITIVE_INFINITY : end;
    const whole = (from: number, to: number): boolean => from >= low && to <= high;
    const again = (from: number, to: number): void => {
      const a = Math.max(from, source) + shift;
      const b = Math.min(to, end) + shift;
      if (a < b) ranges.push({ from: a, to: b });
    };

    for (let i = firstAt(seen.far, source); i < seen.far.length; i++) {
      const anchor = seen.far[i] ?? 0;
      if (anchor >= end) break;
      if (whole(anchor - FAR, anchor + FAR)) far.push(anchor + shift);
      // Near findings may have stood back behind this one.
      else again(anchor - 2 * ZONE, anchor + 2 * ZONE);
    }
    for (let i = firstAt(seen.beaten, source); i < seen.beaten.length; i++) {
      const anchor = seen.beaten[i] ?? 0;
      if (anchor >= end) break;
      if (whole(anchor - REACH, anchor + REACH)) beaten.push(anchor + shift);
      else again(anchor, anchor + 1);
    }
    for (let i = firstStart(seen.kept, source - ZONE - seen.longest); i < seen.kept.length; i++) {
      const kept = seen.kept[i];
      if (!kept || kept.start >= end + ZONE) break;
      if (kept.end <= source - ZONE) continue;
      const anchors = seen.far.slice(
        firstAt(seen.far, kept.end - FAR_ZONE),
        firstAt(seen.far, kept.start + FAR_ZONE),
      );
      const stands =
        whole(kept.start, kept.end) &&
        whole(kept.end - ZONE - REACH, kept.start + ZONE + REACH) &&
        anchors.every((anchor) => whole(anchor - FAR, anchor + FAR));
      if (stands) {
        inherited.push({ finding: kept.finding, start: kept.start + shift, end: kept.end + shift });
      } else {
        again(Math.min(kept.start, kept.end - ZONE), Math.max(kept.end, kept.start + ZONE));
        for (const anchor of anchors) again(anchor, anchor + 1);
      }
    }
  }
  const merged = merge(ranges, sizes.made);
  return {
    ranges: merged,
    inherited: inherited.sort((a, b) => a.start - b.start || a.end - b.end),
    far: outside(ascending(far), merged),
    beaten: outside(ascending(beaten), merged),
  };
}

/** Ascending, apart, within the object. */
function merge(ranges: readonly Range[], size: number): Range[] {
  const merged: { from: number; to: number }[] = [];
  for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
    const from = Math.max(0, range.from);
    const to = Math.min(size, range.to);
    if (from >= to) continue;
    const last = merged.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}

function ascending(numbers: number[]): number[] {
  return numbers.sort((a, b) => a - b);
}

/** The anchors that are in no range; both ascend. */
function outside(anchors: readonly number[], ranges: readonly Range[]): number[] {
  let next = 0;
  return anchors.filter((anchor) => {
    while (next < ranges.length && (ranges[next]?.to ?? 0) <= anchor) next++;
    return anchor < (ranges[next]?.from ?? Number.POSITIVE_INFINITY);
  });
}

/** Index of the first number that is not below `from`. */
function firstAt(anchors: readonly number[], from: number): number {
  return search(anchors.length, (i) => (anchors[i] ?? 0) < from);
}

function firstStart(kept: readonly Kept[], from: number): number {
  return search(kept.length, (i) => (kept[i]?.start ?? 0) < from);
}

/** Index of the first item that is not below. */
function search(length: number, below: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (below(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

// A rule's pattern at one anchor. The law: the answer is a function of the text within the rule's reach of the anchor.

import { endsEscape } from './boundary.ts';
import type { Anchor, Compiled } from './compile.ts';
import { isOpen } from './kernel/index.ts';
import { isInsideWord } from './key-name.ts';
import { isProse } from './prose.ts';
import type { Text } from './text.ts';

/** Where a secret stands; offsets in the chunk's bytes. */
export interface Matched {
  readonly start: number;
  readonly end: number;
}

/** Beyond this a search through the window is cheaper than a try at every start. */
const FEW_STARTS = 64;

/** Behind an escape a match is looked for no further before its literal. */
const FAR_START = 256;

/** Bytes before a match that an escape takes: no window is asked for more than it has. */
const ESCAPE = 12;

/** A value behind a mere blank is believed from so many bytes on. */
export const LOOSE_LENGTH = 20;

/** Will nothing come of the anchor? Told from the bytes around it, as it is for nearly all. */
export function isHopeless(bytes: Uint8Array, { by, literal, loose, gated }: Anchor, at: number): boolean {
  const { length } = literal;
  if (loose !== 0) {
    const to = Math.min(bytes.length, at + by.reach);
    if (!gated && at + length + 2 <= to && isInsideWord(bytes, at, length)) return true;
    if (isProse(bytes, at, length, to, loose)) return true;
  }
  return !gated && !isOpen(literal.gate, bytes, at);
}

/** The rule's match over the anchor at `at`, where that is not hopeless: where its secret stands. */
export function matchAt(text: Text, anchor: Anchor, at: number): Matched | undefined {
  const { by, literal } = anchor;
  const { bytes } = text;
  const behind = at + literal.bytes.length;
  const end = Math.min(bytes.length, at + by.reach);
  const from = literal.lead === 0 && endsEscape(bytes, at) ? at : Math.max(0, at - by.reach);
  const window = text.slice(from, end);
  const inside = at - from;
  const least = Math.max(0, inside - literal.lead);
  const start = startOf(by, bytes, from, window, least, inside, behind - from);
  if (start !== -1) return secretAt(by, window, start, from, end < bytes.length);
  // Behind an escape the text begins anew, wherever in the match the literal stands.
  const { here, first } = by;
  for (let cut = Math.max(least, ESCAPE); cut < inside && inside - least <= FAR_START; cut++) {
    if (first[bytes[from + cut] ?? 0] !== 1 || !endsEscape(bytes, from + cut)) continue;
    const rest = window.slice(cut);
    here.lastIndex = 0;
    if (here.test(rest) && here.lastIndex >= behind - from - cut)
      return secretAt(by, rest, 0, from + cut, end < bytes.length);
  }
  return undefined;
}

/** @param window begins at `from`; @param goesOn there is more text behind it */
function secretAt(
  by: Compiled,
  window: string,
  start: number,
  from: number,
  goesOn: boolean,
): Matched | undefined {
  by.here.lastIndex = start;
  const [first, last] = by.here.exec(window)?.indices?.groups?.secret ?? [];
  // A secret that runs on behind the window is not known whole.
  if (first === undefined || last === undefined || last === first) return undefined;
  return last === window.length && goesOn ? undefined : { start: from + first, end: from + last };
}

/** The first start, `least` or later and `most` at the latest, of a match that reaches `behind`; offsets in the window. */
function startOf(
  by: Compiled,
  bytes: Uint8Array,
  from: number,
  window: string,
  least: number,
  most: number,
  behind: number,
): number {
  const { first } = by;
  if (most - least > FEW_STARTS) {
    const { search } = by;
    search.lastIndex = least;
    for (
      let match = search.exec(window);
      match !== null && match.index <= most;
      match = search.exec(window)
    ) {
      if (match.index + match[0].length >= behind) return match.index;
      search.lastIndex = match.index + 1;
    }
    return -1;
  }
  const { here } = by;
  for (let start = least; start <= most; start++) {
    if (first[bytes[from + start] ?? 0] !== 1) continue;
    here.lastIndex = start;
    if (here.test(window) && here.lastIndex >= behind) return start;
  }
  return -1;
}

/** The secrets that stand in a row behind the first one, as the rule says how; none for nearly all rules. */
export function* furtherAt(text: Text, { by }: Anchor, at: number, first: Matched): Generator<Matched> {
  const { more } = by;
  if (more === undefined) return;
  const from = Math.max(0, at - by.reach);
  const end = Math.min(text.bytes.length, at + by.reach);
  const window = text.slice(from, end);
  let behind = first.end - from;
  for (;;) {
    more.lastIndex = behind;
    const [start, stop] = more.exec(window)?.indices?.groups?.secret ?? [];
    if (start === undefined || stop === undefined || stop === start) return;
    if (stop === window.length && end < text.bytes.length) return;
    yield { start: from + start, end: from + stop };
    behind = stop;
  }
}

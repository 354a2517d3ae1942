// Where a log has broken a line, the text around is shown once more, whole. The law: this only adds. What is found here counts
// where a seam is near, and the lines as they are have their own look all the same.

import { NEAR, type Origin, type Sink, type Span } from '../../model/index.ts';
import { Position } from '../position.ts';
import { Window } from '../window.ts';
import { Offsets, type Point } from './offsets.ts';
import { AROUND, Recent } from './recent.ts';

const NEWLINE = 0x0a;
const STEP = 64 * 1024;
/** So far may a group lag behind what has been fed. */
export const LAG = 4 * STEP;

/** A line's end that is no end: offsets in the view. */
export interface Seam {
  readonly from: number;
  readonly to: number;
}

interface Group {
  readonly window: Window;
  readonly offsets: Offsets;
  /** Offsets of the seams in the joined text. */
  readonly seams: number[];
  readonly seen: Position;
  readonly truly: Position;
  /** The end of the joined text. */
  readonly recent: Recent;
  /** Offset in the view behind which it ends. */
  until: number;
  last: LastSeam | undefined;
}

/**
 * A line may be as long as the limit and whole. So the last seam of a row is shown once as what it may be, a line's end; `behind`
 * is what follows it.
 */
interface LastSeam {
  /** Offset in the joined text. */
  readonly at: number;
  behind: Uint8Array;
}

export class Joins {
  readonly #sink: Sink;
  readonly #origin: Origin;
  readonly #truly: (span: Span) => Span;
  /** What came last in the view. */
  readonly #recent = new Recent();
  #group: Group | undefined;

  /** @param truly from a span of the view to the true one */
  constructor(sink: Sink, origin: Origin, truly: (span: Span) => Span) {
    this.#sink = sink;
    this.#origin = origin;
    this.#truly = truly;
  }

  /** @param seams inside the bytes, in order; @param offset of the bytes in the view */
  feed(bytes: Uint8Array, offset: number, seams: readonly Seam[]): void {
    let done = 0;
    for (const { from, to } of seams) {
      this.#pass(bytes.subarray(done, from - offset), offset + done);
      const group = this.#group ?? this.#open();
      const end = bytes.subarray(from - offset, to - offset);
      // Nothing but one broken line lies between two seams of a row.
      group.last = { at: group.recent.end, behind: new Uint8Array(0) };
      group.truly.advance(end);
      group.offsets.add(point(group.seen), point(group.truly));
      group.seams.push(group.seen.offset);
      group.until = to + AROUND;
      this.#recent.add(end);
      done = to - offset;
    }
    this.#pass(bytes.subarray(done), offset + done);
  }

  pause(): void {
    this.#group?.window.pause();
  }

  end(): void {
    if (this.#group === undefined) return;
    this.#unjoined(this.#group);
    this.#group.window.end();
    this.#group = undefined;
  }

  /** Gathers what follows the last seam; a line that ends without another one is the end of the row. */
  #follow(group: Group, bytes: Uint8Array): void {
    const { last } = group;
    if (last === undefined || bytes.length === 0) return;
    const newline = bytes.indexOf(NEWLINE);
    const more = newline < 0 ? bytes : bytes.subarray(0, newline + 1);
    last.behind = Buffer.concat([last.behind, more]).subarray(0, NEAR);
    if (newline >= 0) this.#unjoined(group);
  }

  #unjoined(group: Group): void {
    const { last } = group;
    group.last = undefined;
    if (last === undefined) return;
    const { bytes, at } = group.recent.before(last.at);
    const end = last.at;
    const shown = Buffer.concat([bytes, Buffer.of(NEWLINE), last.behind]);
    this.#sink.look({
      origin: this.#origin,
      bytes: shown,
      ...point(at),
      ranges: [{ from: 0, to: shown.length }],
      truly: (span) =>
        span.end <= end && isNear(group.seams, span) ? this.#truly(group.offsets.truly(span)) : undefined,
    });
  }

  #pass(bytes: Uint8Array, offset: number): void {
    const group = this.#group;
    if (group !== undefined) {
      const inside = bytes.subarray(0, Math.max(0, group.until - offset));
      this.#follow(group, inside);
      put(group, inside);
      if (inside.length < bytes.length) this.end();
    }
    this.#recent.add(bytes);
  }

  #open(): Group {
    const offsets = new Offsets();
    const seams: number[] = [];
    const sink: Sink = {
      look: (chunk) => {
        const looked = this.#sink.look({
          ...chunk,
          truly: (span) => (isNear(seams, span) ? this.#truly(offsets.truly(span)) : undefined),
        });
        offsets.forget(chunk.offset);
        return looked;
      },
      inherit: (finding, origin, span) => this.#sink.inherit(finding, origin, span),
      skip: (skipped) => this.#sink.skip(skipped),
      advance: (step) => this.#sink.advance(step),
    };
    const before = this.#recent.before(this.#recent.end);
    const truly = new Position();
    Object.assign(truly, before.at);
    const group: Group = {
      window: new Window(sink, this.#origin, STEP),
      offsets,
      seams,
      seen: new Position(),
      truly,
      recent: new Recent(),
      until: 0,
      last: undefined,
    };
    offsets.add(point(group.seen), point(truly));
    put(group, before.bytes);
    this.#group = group;
    return group;
  }
}

function put(group: Group, bytes: Uint8Array): void {
  if (bytes.length === 0) return;
  group.recent.add(bytes);
  group.seen.advance(bytes);
  group.truly.advance(bytes);
  group.window.write(bytes);
}

function point({ offset, line, column }: Point): Point {
  return { offset, line, column };
}

/** Whether a seam lies inside of a span, or so near to it that it may part a key from its name. */
function isNear(seams: readonly number[], { start, end }: Span): boolean {
  let low = 0;
  let high = seams.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((seams[middle] ?? 0) <= start - NEAR) low = middle + 1;
    else high = middle;
  }
  const next = seams[low];
  return next !== undefined && next < end + NEAR;
}

import type { Span } from '../../model/index.ts';

/** A point of a text; lines and columns count from 1. */
export interface Point {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

interface Stretch {
  readonly seen: Point;
  readonly truly: Point;
}

/** From where something stands in a view of a text to where it stands in the text: from each stretch on, one goes with the other. */
export class Offsets {
  #stretches: Stretch[] = [];

  /** In ascending order; what begins at the same point of the view takes the place of what was added before. */
  add(seen: Point, truly: Point): void {
    if (this.#stretches.at(-1)?.seen.offset === seen.offset) this.#stretches.pop();
    this.#stretches.push({ seen, truly });
  }

  /** Nothing before this offset of the view is asked for any more. */
  forget(before: number): void {
    const first = this.#indexAt(before);
    if (first > 0) this.#stretches = this.#stretches.slice(first);
  }

  truly(span: Span): Span {
    const first = this.#stretches[this.#indexAt(span.start)];
    const last = this.#stretches[this.#indexAt(span.end - 1)];
    if (first === undefined || last === undefined) return span;
    return {
      start: first.truly.offset + span.start - first.seen.offset,
      end: last.truly.offset + span.end - last.seen.offset,
      line: first.truly.line + span.line - first.seen.line,
      column: span.column + (span.line === first.seen.line ? first.truly.column - first.seen.column : 0),
      endLine: last.truly.line + span.endLine - last.seen.line,
    };
  }

  /** Of the last stretch that begins at an offset or before it. */
  #indexAt(offset: number): number {
    let low = 0;
    let high = this.#stretches.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#stretches[middle]?.seen.offset ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low;
  }
}

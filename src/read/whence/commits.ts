// Commits as `git log --date-order` shows them: none before its children, and apart from that the newest first.

import { type CensusPart, GONE, type Registry } from '../pack/index.ts';

export class Commits {
  /** Object number of each commit. */
  readonly #numbers: number[] = [];
  readonly #trees: number[] = [];
  readonly #dates: number[] = [];
  /** Object numbers; GONE where there is no such object. */
  readonly #parents: (readonly number[])[] = [];
  readonly #byNumber = new Map<number, number>();

  /** @param resolve from a part's number of an object to the one that stands for it, GONE where it is not here */
  add(part: CensusPart, registry: Registry, first: number, resolve: (target: number) => number): void {
    const { commits, dates } = part;
    for (let at = 0, k = 0; at < commits.length; k++) {
      const number = first + (commits[at] ?? 0);
      const count = commits[at + 2] ?? 0;
      const parents: number[] = [];
      for (let i = 0; i < count; i++) parents.push(resolve(commits[at + 3 + i] ?? GONE));
      if (registry.one(number) === number) {
        this.#byNumber.set(number, this.#numbers.length);
        this.#numbers.push(number);
        this.#trees.push(resolve(commits[at + 1] ?? GONE));
        this.#dates.push(dates[k] ?? 0);
        this.#parents.push(parents);
      }
      at += 3 + count;
    }
  }

  /** Object number of a commit's tree; GONE where it is not here. */
  treeOf(commit: number): number {
    return this.#trees[commit] ?? GONE;
  }

  numberOf(commit: number): number {
    return this.#numbers[commit] ?? GONE;
  }

  /** The commit of an object number. */
  at(number: number): number | undefined {
    return this.#byNumber.get(number);
  }

  /**
   * What these commits reach, in order; undefined where one is missing.
   * @param tips object numbers
   * @param cut object numbers of commits whose parents are not here
   */
  reached(tips: readonly number[], cut: ReadonlySet<number>): number[] | undefined {
    const parents: (readonly number[])[] = [];
    const heads: number[] = [];
    for (const tip of tips) {
      const head = this.at(tip);
      if (head === undefined) return undefined;
      heads.push(head);
    }
    const open = [...heads];
    for (let one = open.pop(); one !== undefined; one = open.pop()) {
      if (parents[one] !== undefined) continue;
      const own: number[] = [];
      for (const number of cut.has(this.numberOf(one)) ? [] : (this.#parents[one] ?? [])) {
        const parent = this.at(number);
        if (parent === undefined) return undefined;
        own.push(parent);
        open.push(parent);
      }
      parents[one] = own;
    }
    return this.#inOrder(heads, parents);
  }

  /** All others, in order: their parents count as far as they are among them. */
  others(reached: readonly number[]): number[] {
    const known = new Set(reached);
    const heads: number[] = [];
    const parents: (readonly number[])[] = [];
    for (const [one, own] of this.#parents.entries()) {
      if (known.has(one)) continue;
      heads.push(one);
      parents[one] = own.flatMap((number) => {
        const parent = this.at(number);
        return parent === undefined || known.has(parent) ? [] : [parent];
      });
    }
    return this.#inOrder(heads, parents);
  }

  /** `parents` of all that are to be ordered; `heads` may have children too. */
  #inOrder(heads: readonly number[], parents: readonly (readonly number[])[]): number[] {
    const children = new Int32Array(this.#numbers.length);
    for (const own of parents) for (const parent of own ?? []) children[parent] = (children[parent] ?? 0) + 1;
    const queue = new Queue(this.#dates);
    const sorted = [...new Set(heads)].sort((a, b) => (this.#dates[b] ?? 0) - (this.#dates[a] ?? 0));
    for (const head of sorted) if (children[head] === 0) queue.put(head);
    const order: number[] = [];
    for (let one = queue.take(); one !== undefined; one = queue.take()) {
      order.push(one);
      for (const parent of parents[one] ?? []) {
        const left = (children[parent] ?? 0) - 1;
        children[parent] = left;
        if (left === 0) queue.put(parent);
      }
    }
    return order;
  }
}

/** The latest date first, and of one date the first that came. */
class Queue {
  readonly #dates: readonly number[];
  readonly #heap: { readonly one: number; readonly date: number; readonly came: number }[] = [];
  #came = 0;

  constructor(dates: readonly number[]) {
    this.#dates = dates;
  }

  put(one: number): void {
    const heap = this.#heap;
    const item = { one, date: this.#dates[one] ?? 0, came: this.#came++ };
    let at = heap.length;
    while (at > 0) {
      const up = (at - 1) >> 1;
      const other = heap[up];
      if (other === undefined || !isBefore(item, other)) break;
      heap[at] = other;
      at = up;
    }
    heap[at] = item;
  }

  take(): number | undefined {
    const heap = this.#heap;
    const [first] = heap;
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first?.one;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      let other = heap[down];
      const right = heap[down + 1];
      if (other === undefined) break;
      if (right !== undefined && isBefore(right, other)) {
        down += 1;
        other = right;
      }
      if (!isBefore(other, last)) break;
      heap[at] = other;
      at = down;
    }
    heap[at] = last;
    return first.one;
  }
}

interface Item {
  readonly date: number;
  readonly came: number;
}

function isBefore(a: Item, b: Item): boolean {
  return a.date === b.date ? a.came < b.came : a.date > b.date;
}

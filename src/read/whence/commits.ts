// Commits as `git log --date-order` shows them: none before its children, and apart from that the newest first.

import { type CensusPart, GONE, type Registry } from '../pack/index.ts';

/** Whether a commit is among those that are ordered, and whether its parents count. */
const AMONG = 1;
const CUT = 2;

/** What one job of a census has read. */
export interface Counted {
  readonly part: CensusPart;
  /** Number of its first object. */
  readonly first: number;
  /** From the part's number of a tree or a commit to the one that stands for it, GONE where it is not here. */
  readonly numberOf: (target: number) => number;
}

export class Commits {
  /** Object number of each commit, and of its tree. */
  readonly #numbers: Int32Array;
  readonly #trees: Int32Array;
  readonly #dates: Float64Array;
  /** Object numbers of parents, GONE where there is no such object; where those of each commit end. */
  readonly #parents: Int32Array;
  readonly #ends: Int32Array;
  /** The commit of each object, GONE where it is none. */
  readonly #byNumber: Int32Array;
  #count = 0;

  constructor(parts: readonly Counted[], registry: Registry) {
    const most = parts.reduce((sum, { part }) => sum + part.dates.length, 0);
    this.#numbers = new Int32Array(most);
    this.#trees = new Int32Array(most);
    this.#dates = new Float64Array(most);
    this.#ends = new Int32Array(most);
    this.#parents = new Int32Array(parts.reduce((sum, { part }) => sum + part.commits.length, 0) - 3 * most);
    this.#byNumber = new Int32Array(registry.size).fill(GONE);
    for (const one of parts) this.#add(one, registry);
  }

  #add({ part: { commits, dates }, first, numberOf }: Counted, registry: Registry): void {
    let end = this.#ends[this.#count - 1] ?? 0;
    for (let at = 0, k = 0; at < commits.length; at += 3 + (commits[at + 2] ?? 0), k++) {
      const number = first + (commits[at] ?? 0);
      if (registry.one(number) !== number) continue;
      const own = commits.subarray(at + 3, at + 3 + (commits[at + 2] ?? 0));
      for (const parent of own) this.#parents[end++] = numberOf(parent);
      const commit = this.#count++;
      this.#byNumber[number] = commit;
      this.#numbers[commit] = number;
      this.#trees[commit] = numberOf(commits[at + 1] ?? GONE);
      this.#dates[commit] = dates[k] ?? 0;
      this.#ends[commit] = end;
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
    const commit = this.#byNumber[number] ?? GONE;
    return commit === GONE ? undefined : commit;
  }

  #parentsOf(commit: number): Int32Array {
    return this.#parents.subarray(this.#ends[commit - 1] ?? 0, this.#ends[commit]);
  }

  /**
   * What these commits reach, in order; undefined where one is missing.
   * @param tips object numbers
   * @param cut object numbers of commits whose parents are not here
   */
  reached(tips: readonly number[], cut: ReadonlySet<number>): Int32Array | undefined {
    const heads: number[] = [];
    for (const tip of tips) {
      const head = this.at(tip);
      if (head === undefined) return undefined;
      heads.push(head);
    }
    const among = new Uint8Array(this.#count);
    const open = [...heads];
    for (let one = open.pop(); one !== undefined; one = open.pop()) {
      if (among[one] !== 0) continue;
      among[one] = cut.has(this.numberOf(one)) ? CUT : AMONG;
      if (among[one] === CUT) continue;
      for (const number of this.#parentsOf(one)) {
        const parent = this.at(number);
        if (parent === undefined) return undefined;
        open.push(parent);
      }
    }
    return this.#inOrder(heads, among);
  }

  /** All others, in order: their parents count as far as they are among them. */
  others(reached: Int32Array): Int32Array {
    const among = new Uint8Array(this.#count).fill(AMONG);
    for (const one of reached) among[one] = 0;
    const heads = Array.from(among.keys()).filter((one) => among[one] === AMONG);
    return this.#inOrder(heads, among);
  }

  /** @param heads may have children too */
  #inOrder(heads: readonly number[], among: Uint8Array): Int32Array {
    const children = new Int32Array(this.#count);
    const eachParent = (one: number, visit: (parent: number) => void): void => {
      if (among[one] !== AMONG) return;
      for (const number of this.#parentsOf(one)) {
        const parent = this.at(number);
        if (parent !== undefined && among[parent] !== 0) visit(parent);
      }
    };
    for (let one = 0; one < this.#count; one++)
      eachParent(one, (parent) => {
        children[parent] = (children[parent] ?? 0) + 1;
      });
    const queue = new Queue(this.#dates);
    const sorted = [...new Set(heads)].sort((a, b) => (this.#dates[b] ?? 0) - (this.#dates[a] ?? 0));
    for (const head of sorted) if (children[head] === 0) queue.put(head);
    const order = new Int32Array(this.#count);
    let length = 0;
    for (let one = queue.take(); one !== undefined; one = queue.take()) {
      order[length++] = one;
      eachParent(one, (parent) => {
        const left = (children[parent] ?? 0) - 1;
        children[parent] = left;
        if (left === 0) queue.put(parent);
      });
    }
    return order.subarray(0, length);
  }
}

/** The latest date first, and of one date the first that came. */
class Queue {
  readonly #dates: Float64Array;
  readonly #heap: { readonly one: number; readonly date: number; readonly came: number }[] = [];
  #came = 0;

  constructor(dates: Float64Array) {
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

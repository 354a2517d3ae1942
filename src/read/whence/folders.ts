// What of a tree matters: the blobs that are looked for and the folders that may lead to one. The law of this file: a tree whose
// difference to the one it was made of does not matter has the very same list, so that it is walked once.

import { type CensusPlan, GONE } from '../pack/index.ts';
import type { Counted } from './commits.ts';

/** A folder that is not here: who comes to it knows nothing of what is below. */
export const HOLE = GONE - 1;

/** What stands under a name: the number of a tree, HOLE, or HOLE - 1 and below for a blob, counted from 0. */
export type Target = number;

/** @returns the number of a blob that is looked for, from 0; below zero for anything else */
export function blobOf(target: Target): number {
  return HOLE - 1 - target;
}

export interface Folder {
  /** Twice the number of a name, and one more where a tree stands there. */
  readonly keys: readonly number[];
  readonly targets: readonly Target[];
}

/** Rows of three: a tree, a key, a target or GONE. */
const ROW = 3;
const NONE = -1;
/** With so many changes in one tree it is quicker to know the place of each name. */
const FEW_ROWS = 8;
const NOTHING: Folder = { keys: [], targets: [] };

export class Folders {
  readonly #plan: CensusPlan;
  readonly #rows: Int32Array;
  /** Index in #rows of each tree's first row, and how many there are. */
  readonly #starts: Int32Array;
  readonly #counts: Int32Array;
  readonly #may: Uint8Array;
  readonly #folders = new Map<number, Folder>();
  /** Used anew for every walk. */
  readonly #way: number[] = [];

  /** @param rows all that the census has read, with all numbers resolved */
  constructor(plan: CensusPlan, rows: Int32Array) {
    const { size } = plan.registry;
    this.#plan = plan;
    this.#rows = rows;
    this.#starts = new Int32Array(size);
    this.#counts = new Int32Array(size);
    for (let at = rows.length - ROW; at >= 0; at -= ROW) {
      const tree = rows[at] ?? 0;
      this.#starts[tree] = at;
      this.#counts[tree] = (this.#counts[tree] ?? 0) + 1;
    }
    this.#may = new Uint8Array(size);
    this.#mark();
    this.#make();
  }

  /** Undefined where nothing below matters. */
  of(tree: number): Folder | undefined {
    return this.#folders.get(this.#plan.registry.one(tree));
  }

  /** Marks every tree that may lead to what is looked for: too many rather than too few. */
  #mark(): void {
    const rows = this.#rows;
    const { registry } = this.#plan;
    // Rows by the tree that they lead to.
    const ends = new Int32Array(registry.size + 1);
    for (let at = 2; at < rows.length; at += ROW) {
      const target = rows[at] ?? GONE;
      if (target >= 0) ends[target] = (ends[target] ?? 0) + 1;
    }
    for (let i = 1; i < ends.length; i++) ends[i] = (ends[i] ?? 0) + (ends[i - 1] ?? 0);
    const parents = new Int32Array(ends.at(-1) ?? 0);
    const open: number[] = [];
    for (let at = 0; at < rows.length; at += ROW) {
      const target = rows[at + 2] ?? GONE;
      const tree = rows[at] ?? 0;
      if (target < GONE) this.#reach(tree, open);
      if (target < 0) continue;
      const place = (ends[target] ?? 0) - 1;
      ends[target] = place;
      parents[place] = tree;
    }
    for (let tree = open.pop(); tree !== undefined; tree = open.pop()) {
      const one = registry.one(tree);
      for (let at = ends[one] ?? 0; at < (ends[one + 1] ?? parents.length); at++)
        this.#reach(parents[at] ?? 0, open);
      if (one !== tree) this.#reach(one, open);
    }
  }

  /** Marks a tree and all that are made of it, as they may have kept what it has. */
  #reach(tree: number, open: number[]): void {
    const way = this.#way;
    way.push(tree);
    for (let one = way.pop(); one !== undefined; one = way.pop()) {
      if (this.#may[one] === 1) continue;
      this.#may[one] = 1;
      open.push(one);
      for (let child = this.#child(one); child >= 0; child = this.#sibling(child)) way.push(child);
    }
  }

  /** The first tree that is made of this one, and the next that is made of the same; NONE where there is no other. */
  #child(tree: number): number {
    const numbered = this.#packOf(tree);
    const child = numbered?.pack.children[tree - numbered.first] ?? NONE;
    return numbered === undefined || child < 0 ? NONE : numbered.first + child;
  }

  #sibling(tree: number): number {
    const numbered = this.#packOf(tree);
    const sibling = numbered?.pack.siblings[tree - numbered.first] ?? NONE;
    return numbered === undefined || sibling < 0 ? NONE : numbered.first + sibling;
  }

  /** Undefined for a loose object. */
  #packOf(tree: number): CensusPlan['packs'][number] | undefined {
    // No closure here: this is asked for every tree.
    const { packs } = this.#plan;
    for (let i = packs.length - 1; i >= 0; i--) {
      const numbered = packs[i];
      if (numbered !== undefined && numbered.first <= tree)
        return tree - numbered.first < numbered.pack.names.length ? numbered : undefined;
    }
    return undefined;
  }

  /** From each tree that is made of none that matters, down. */
  #make(): void {
    const below = new Uint8Array(this.#may.length);
    for (let tree = 0; tree < below.length; tree++)
      if (this.#may[tree] === 1)
        for (let child = this.#child(tree); child >= 0; child = this.#sibling(child)) below[child] = 1;
    const trees: number[] = [];
    const bases: Folder[] = [];
    for (let first = 0; first < below.length; first++) {
      if (this.#may[first] !== 1 || below[first] === 1) continue;
      trees.push(first);
      bases.push(NOTHING);
      for (let tree = trees.pop(); tree !== undefined; tree = trees.pop()) {
        const folder = this.#madeOf(bases.pop() ?? NOTHING, tree);
        if (folder !== NOTHING) this.#folders.set(tree, folder);
        for (let child = this.#child(tree); child >= 0; child = this.#sibling(child)) {
          trees.push(child);
          bases.push(folder);
        }
      }
    }
  }

  #madeOf(base: Folder, tree: number): Folder {
    let { keys, targets } = base;
    let ownKeys: number[] | undefined;
    let own: Target[] | undefined;
    const start = this.#starts[tree] ?? 0;
    const count = this.#counts[tree] ?? 0;
    // Mostly one entry has another target. Where many have, each is not looked for among all the others.
    const places = count > FEW_ROWS ? new Map(keys.map((key, place) => [key, place])) : undefined;
    let fewer = false;
    for (let at = start; at < start + ROW * count; at += ROW) {
      const key = this.#rows[at + 1] ?? 0;
      const target = this.#rows[at + 2] ?? GONE;
      const matters = target < GONE || (target >= 0 && this.#may[target] === 1);
      const place = places === undefined ? keys.indexOf(key) : (places.get(key) ?? NONE);
      if (!matters && place < 0) continue;
      if (own === undefined) {
        own = [...targets];
        targets = own;
      }
      if (place >= 0) own[place] = matters ? target : GONE;
      else {
        if (ownKeys === undefined) {
          ownKeys = [...keys];
          keys = ownKeys;
        }
        places?.set(key, keys.length);
        ownKeys.push(key);
        own.push(target);
      }
      fewer ||= !matters;
    }
    if (own === undefined) return base;
    if (fewer) {
      keys = keys.filter((_, place) => targets[place] !== GONE);
      targets = targets.filter((target) => target !== GONE);
    }
    return keys.length === 0 ? NOTHING : { keys, targets };
  }
}

/** All entries of a census, as rows. @param keyOf gives a name its number */
export function rowsOf(
  parts: readonly (Counted & {
    /** From the part's number to the one of a blob that is looked for. */
    readonly blobOf: (target: number) => number;
  })[],
  keyOf: (name: string) => number,
): Int32Array {
  const rows = new Int32Array(parts.reduce((sum, { part }) => sum + part.entries.length, 0));
  let to = 0;
  for (const { part, first, numberOf, blobOf: blob } of parts) {
    const { entries } = part;
    const names = part.names.map(keyOf);
    for (let at = 0; at < entries.length; at += ROW) {
      const key = entries[at + 1] ?? 0;
      const target = entries[at + 2] ?? GONE;
      rows[to++] = first + (entries[at] ?? 0);
      rows[to++] = 2 * (names[key >> 1] ?? 0) + (key & 1);
      if (target === GONE) rows[to++] = GONE;
      else if ((key & 1) === 0) rows[to++] = HOLE - 1 - blob(target);
      else {
        const tree = numberOf(target);
        rows[to++] = tree === GONE ? HOLE : tree;
      }
    }
  }
  return rows;
}

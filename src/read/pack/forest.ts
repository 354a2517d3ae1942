// The deltas of a pack as trees: every object hangs below the one that it is a delta of, and has the type of its root.
// The heaviest child comes last, so that a parent is done with before the walk goes down the longest way: at no time more
// than log2(objects) parents are waiting, however deep a tree is.

import { BLOB, COMMIT, type Headers, ROOT, TAG, TREE } from './headers.ts';

export const NONE = -1;

export interface Forest {
  /** First child and next sibling by position in the pack, NONE at the end. Shared memory. */
  readonly children: Int32Array;
  readonly siblings: Int32Array;
  /** Blobs, commits and tags. */
  readonly texts: Roots;
  /** Trees and commits. */
  readonly ground: Roots;
  /** Objects whose type nobody can tell: no base, or a circle of deltas. */
  readonly lost: readonly number[];
}

export interface Roots {
  /** In the order of the pack. Shared memory. */
  readonly roots: Int32Array;
  /** Work below each root (itself included), by place in `roots`: bytes of the pack and a share for every object. */
  readonly weights: Float64Array;
}

/** What an object costs beyond its bytes, in bytes. */
const SHARE = 200;

/** What holds text. */
export const TEXTS: ReadonlySet<number> = new Set([BLOB, COMMIT, TAG]);

/** What says who brought something. */
export const GROUND: ReadonlySet<number> = new Set([TREE, COMMIT]);

export function growForest({ offsets, types, bases }: Headers): Forest {
  const count = types.length;
  const { kinds, lost } = kindsOf(types, bases);
  const children = new Int32Array(new SharedArrayBuffer(count * 4)).fill(NONE);
  const siblings = new Int32Array(new SharedArrayBuffer(count * 4)).fill(NONE);
  const roots = link(kinds, bases, children, siblings);
  const order = downwards(roots, children, siblings, count);
  const works = weigh(order, offsets, bases, children, siblings);
  const some = (wanted: ReadonlySet<number>) => someOf(roots, works, (root) => wanted.has(kinds[root] ?? 0));
  return { children, siblings, texts: some(TEXTS), ground: some(GROUND), lost };
}

function someOf(all: Int32Array, works: Float64Array, wanted: (root: number) => boolean): Roots {
  const found = all.filter(wanted);
  const roots = new Int32Array(new SharedArrayBuffer(found.length * 4));
  roots.set(found);
  return { roots, weights: Float64Array.from(found, (root) => works[root] ?? 0) };
}

/** Hangs every object below its base, in the order of the pack; gives the roots. */
function link(kinds: Uint8Array, bases: Int32Array, children: Int32Array, siblings: Int32Array): Int32Array {
  let count = 0;
  for (let i = kinds.length - 1; i >= 0; i--) {
    const base = bases[i] ?? ROOT;
    if (kinds[i] === 0) continue;
    if (base < 0) count++;
    else {
      siblings[i] = children[base] ?? NONE;
      children[base] = i;
    }
  }
  const roots = new Int32Array(count);
  for (let i = 0, next = 0; i < kinds.length; i++)
    if ((bases[i] ?? 0) < 0 && kinds[i] !== 0) roots[next++] = i;
  return roots;
}

/** The work below every object; puts the heaviest child of each last on the way. */
function weigh(
  order: Int32Array,
  offsets: Float64Array,
  bases: Int32Array,
  children: Int32Array,
  siblings: Int32Array,
): Float64Array {
  const works = new Float64Array(bases.length);
  const sizes = new Uint32Array(bases.length);
  // Backwards: children are through before their parents.
  for (let k = order.length - 1; k >= 0; k--) {
    const i = order[k] ?? 0;
    const work = (works[i] ?? 0) + (offsets[i + 1] ?? 0) - (offsets[i] ?? 0) + SHARE;
    const size = (sizes[i] ?? 0) + 1;
    works[i] = work;
    sizes[i] = size;
    const base = bases[i] ?? ROOT;
    if (base >= 0) {
      works[base] = (works[base] ?? 0) + work;
      sizes[base] = (sizes[base] ?? 0) + size;
    }
    const child = children[i] ?? NONE;
    if (child >= 0 && (siblings[child] ?? NONE) >= 0) heaviestLast(i, children, siblings, sizes);
  }
  return works;
}

/** The type of every object's root: 0 where there is none. */
function kindsOf(types: Uint8Array, bases: Int32Array): { kinds: Uint8Array; lost: number[] } {
  const count = types.length;
  const kinds = new Uint8Array(count);
  const open: number[] = [];
  for (let i = 0; i < count; i++) {
    const type = types[i] ?? 0;
    const base = bases[i] ?? ROOT;
    if (base === ROOT) {
      if (TEXTS.has(type) || type === TREE) kinds[i] = type;
      else open.push(i);
    } else if (base >= 0 && kinds[base] !== 0) kinds[i] = kinds[base] ?? 0;
    else open.push(i);
  }
  // What is left hangs below objects further on (REF deltas), or below nothing.
  const on = new Uint8Array(open.length > 0 ? count : 0);
  for (const start of open) {
    const way: number[] = [];
    let i = start;
    while (i >= 0 && kinds[i] === 0 && on[i] === 0) {
      on[i] = 1;
      way.push(i);
      i = bases[i] ?? ROOT;
    }
    const kind = i >= 0 ? (kinds[i] ?? 0) : 0;
    // A mark stays where the way led nowhere, so that nobody walks it twice.
    if (kind !== 0) for (const one of way) kinds[one] = kind;
  }
  return { kinds, lost: open.filter((i) => kinds[i] === 0) };
}

/** All objects below the roots, parents first. */
function downwards(roots: Int32Array, children: Int32Array, siblings: Int32Array, count: number): Int32Array {
  const order = new Int32Array(count);
  order.set(roots);
  let end = roots.length;
  for (let k = 0; k < end; k++) {
    for (let child = children[order[k] ?? 0] ?? NONE; child >= 0; child = siblings[child] ?? NONE)
      order[end++] = child;
  }
  return order.subarray(0, end);
}

function heaviestLast(parent: number, children: Int32Array, siblings: Int32Array, sizes: Uint32Array): void {
  let heaviest = NONE;
  let before = NONE;
  let last = NONE;
  for (let child = children[parent] ?? NONE, previous = NONE; child >= 0; child = siblings[child] ?? NONE) {
    if (heaviest < 0 || (sizes[child] ?? 0) >= (sizes[heaviest] ?? 0)) {
      heaviest = child;
      before = previous;
    }
    previous = child;
    last = child;
  }
  if (heaviest === last) return;
  const behind = siblings[heaviest] ?? NONE;
  if (before < 0) children[parent] = behind;
  else siblings[before] = behind;
  siblings[last] = heaviest;
  siblings[heaviest] = NONE;
}

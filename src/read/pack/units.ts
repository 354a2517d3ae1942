// A unit is what is read as one and remembered as one: a pack, or a folder of loose objects. Its name says what is in it, so a
// unit of the same name holds the same objects, wherever it lies.

import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import type { Sink } from '../../model/index.ts';
import { OID } from './idx.ts';
import type { Unread } from './plan.ts';
import { openStore, type PackPaths, type Store } from './store.ts';

/**
 * What an earlier run has shown of a store, and what this one shows. Remembering is all that it does: what it does not know
 * for certain is read.
 */
export interface Recall {
  /** All units, in the order in which they were read, where every one is known and nothing has changed since. */
  whole(digest: string): readonly string[] | undefined;
  /** The units that may be known, in the order in which they were read. */
  readonly order: readonly string[];
  /** Whether a unit has been shown, given those that stand before it: where objects are in two packs, only the first shows them. */
  knows(unit: string, before: ReadonlySet<string>): boolean;
  /** Pushes what a known unit has shown; gives the objects that were not shown then, and must be read in another way. */
  push(unit: string, sink: Sink): readonly Unread[];
  /** A sink that passes on, and remembers what the unit shows. */
  record(unit: string, sink: Sink): Sink;
  /** These objects of the unit have not been shown. */
  unread(unit: string, objects: readonly Unread[]): void;
  /** The units of this run, with those that each stands behind; all has been shown. */
  keep(digest: string, units: ReadonlyMap<string, readonly string[]>): void;
}

export interface PackUnit extends PackPaths {
  readonly unit: string;
  readonly size: number;
}

export interface Survey {
  readonly packs: readonly PackUnit[];
  /** Changes with any pack and any loose object. */
  readonly digest: string;
}

/** Looks at names alone, and at the few bytes at the end of a pack that name its content. */
export function survey(store: Store): Survey {
  const packs = new Map<string, PackUnit>();
  const hash = createHash('sha256');
  for (const paths of store.packs) {
    const { unit, size } = packUnit(paths.pack);
    hash.update(`${paths.pack}\0${unit}\0`);
    if (!packs.has(unit)) packs.set(unit, { ...paths, unit, size });
  }
  for (const { folder, names } of store.loose) {
    hash.update(`\0${folder}\0`);
    for (const name of names) hash.update(`${name}\0`);
  }
  return { packs: [...packs.values()], digest: hash.digest('hex') };
}

/** Changes with any object that a repository has. */
export function storeDigest(gitDir: string): string {
  return survey(openStore(gitDir)).digest;
}

/** The known ones first, as they were read; of the others the largest first, as it will stay longest. */
export function inOrder(packs: readonly PackUnit[], order: readonly string[]): PackUnit[] {
  const rank = new Map(order.map((unit, at) => [unit, at]));
  const rankOf = (unit: string) => rank.get(unit) ?? order.length;
  return packs.toSorted((a, b) => rankOf(a.unit) - rankOf(b.unit) || b.size - a.size);
}

export function looseUnit(folder: string, names: readonly string[]): string {
  return `loose ${path.basename(folder)} ${createHash('sha256').update(names.join()).digest('hex')}`;
}

/** A pack ends with the SHA-1 of all that stands before. */
function packUnit(file: string): { unit: string; size: number } {
  const fd = openSync(file, 'r');
  try {
    const { size } = fstatSync(fd);
    const tail = Buffer.alloc(OID);
    const got = readSync(fd, tail, 0, OID, Math.max(0, size - OID));
    return { unit: `pack ${tail.toString('hex', 0, got)} ${size}`, size };
  } finally {
    closeSync(fd);
  }
}

// What there is to read to know all trees and commits of a repository. Packs and loose objects are numbered through: an object is
// a number below, wherever it lies, and the first of those that have the same name stands for them.

import path from 'node:path';
import { Foreign, isGone, wordsOf } from './damage.ts';
import { growForest, type Roots } from './forest.ts';
import { readHeaders } from './headers.ts';
import { type Names, readIdx } from './idx.ts';
import { listLoose } from './loose.ts';
import { type ReadPack, readPack } from './plan.ts';
import { Registry } from './registry.ts';
import { openStore, type PackPaths } from './store.ts';
import type { Grove } from './trees.ts';

/** A pack, as far as those need it who read its trees and commits. */
export interface CensusPack extends Grove, Names {
  readonly path: string;
  readonly roots: Int32Array;
  /** Place in the pack of each name. Shared memory. */
  readonly places: Uint32Array;
}

/** `wanted`: 20 bytes for each blob that is looked for. */
export type CensusJob = { readonly wanted: Uint8Array } & (
  | { readonly kind: 'pack'; readonly pack: CensusPack; readonly from: number; readonly to: number }
  | { readonly kind: 'loose'; readonly folder: string; readonly names: readonly string[] }
);

/** A pack, and the number of its first object. */
export interface Numbered {
  readonly pack: CensusPack;
  readonly first: number;
}

export interface CensusPlan {
  readonly packs: readonly Numbered[];
  readonly registry: Registry;
  readonly jobs: readonly CensusJob[];
  /** Number of the first object that each job reads: of its pack, or of its names. */
  readonly firsts: readonly number[];
}

/** At least so much work a job, and at most so many jobs a pack (see plan.ts). */
const LEAST = 1024 * 1024;
const MOST_JOBS = 24;
const LOOSE_STEP = 2048;
const TRIES = 3;

/**
 * Undefined where only git can tell.
 * @param gitDir a git folder: `.git`, a bare repository, or one of a worktree
 * @param known packs that have been looked into already
 */
export function planCensus(
  gitDir: string,
  wanted: ReadonlySet<string>,
  known: readonly ReadPack[] = [],
): CensusPlan | undefined {
  const names = new Uint8Array(Buffer.from([...wanted].sort().join(''), 'hex'));
  for (let tries = 0; tries < TRIES; tries++) {
    try {
      return planned(gitDir, names, known);
    } catch (error) {
      if (isGone(error)) continue;
      // Throws what is no trouble of the store's.
      wordsOf(error);
      return undefined;
    }
  }
  return undefined;
}

function planned(gitDir: string, wanted: Uint8Array, known: readonly ReadPack[]): CensusPlan {
  const store = openStore(gitDir);
  if (store.foreign !== undefined) throw new Foreign(store.foreign);
  const packs: Numbered[] = [];
  const jobs: CensusJob[] = [];
  const firsts: number[] = [];
  let next = 0;
  for (const paths of store.packs) {
    const { idx, headers, forest } = known.find(({ path: one }) => one === paths.pack) ?? readAnew(paths);
    const { offsets, names } = headers;
    const { children, siblings, ground } = forest;
    const places = new Uint32Array(new SharedArrayBuffer(names.length * 4));
    for (let i = 0; i < names.length; i++) places[names[i] ?? 0] = i;
    const pack = {
      path: paths.pack,
      offsets,
      names,
      ...idx,
      children,
      siblings,
      roots: ground.roots,
      places,
    };
    packs.push({ pack, first: next });
    for (const [from, to] of cut(ground)) {
      jobs.push({ kind: 'pack', pack, from, to, wanted });
      firsts.push(next);
    }
    next += names.length;
  }
  const loose = new Map<string, number>();
  for (const [folder, names] of listLoose(
    store.loose,
    packs.map(({ pack }) => pack),
  )) {
    for (let at = 0; at < names.length; at += LOOSE_STEP) {
      const some = names.slice(at, at + LOOSE_STEP);
      jobs.push({ kind: 'loose', folder, names: some, wanted });
      firsts.push(next);
      for (const name of some) loose.set(path.basename(folder) + name, next++);
    }
  }
  const registry = new Registry(packs, loose, next);
  return { packs, registry, jobs, firsts };
}

function readAnew({ idx: file, pack }: PackPaths): ReadPack {
  const idx = readIdx(file);
  const headers = readHeaders(pack, idx);
  return readPack(pack, idx, headers, growForest(headers));
}

function* cut({ weights }: Roots): Generator<[from: number, to: number]> {
  const share = Math.max(LEAST, weights.reduce((sum, weight) => sum + weight, 0) / MOST_JOBS);
  let from = 0;
  let work = 0;
  for (let to = 1; to <= weights.length; to++) {
    work += weights[to - 1] ?? 0;
    if (work < share && to < weights.length) continue;
    yield [from, to];
    from = to;
    work = 0;
  }
}

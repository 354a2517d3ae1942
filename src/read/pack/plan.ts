// What there is to read, cut into jobs. A plan is plain data over shared memory: it goes to worker threads as it is, and
// how it is cut depends on nothing but the repository.

import type { Skipped } from '../../model/index.ts';
import { Foreign, isGone, wordsOf } from './damage.ts';
import { type Forest, growForest } from './forest.ts';
import { type Headers, readHeaders } from './headers.ts';
import { type Idx, type Names, OID, readIdx } from './idx.ts';
import { Known } from './known.ts';
import { listLoose } from './loose.ts';
import { openStore, type Store } from './store.ts';

/** One pack, as far as workers need it. */
export interface PackTable {
  readonly path: string;
  readonly offsets: Float64Array;
  readonly names: Uint32Array;
  readonly oids: Uint8Array;
  readonly children: Int32Array;
  readonly siblings: Int32Array;
  readonly roots: Int32Array;
  /** By position in the pack: 1 where another pack has shown the object; empty where there is no other pack. */
  readonly shown: Uint8Array;
}

/** A part of the work, about as large as any other. */
export type Job =
  | { readonly kind: 'pack'; readonly pack: PackTable; readonly from: number; readonly to: number }
  | { readonly kind: 'loose'; readonly folder: string; readonly names: readonly string[] };

/** An object that only git may still be able to read. */
export interface Unread {
  readonly oid: string;
  readonly why: string;
}

export type Plan =
  | {
      readonly kind: 'ready';
      readonly jobs: readonly Job[];
      readonly unread: readonly Unread[];
      readonly skipped: readonly Skipped[];
    }
  /** Nothing here is for this reader. */
  | { readonly kind: 'fallback'; readonly why: string; readonly skipped: readonly Skipped[] };

/** At least so much work a job (see Forest.weights), and at most so many jobs a pack. */
const LEAST = 1024 * 1024;
const MOST_JOBS = 96;
const LOOSE_STEP = 512;

/** How often a plan starts again because something has gone meanwhile. */
const TRIES = 3;

/** @param gitDir a git folder: `.git`, a bare repository, or one of a worktree */
export function plan(gitDir: string, environment: NodeJS.ProcessEnv = process.env): Plan {
  for (let tries = 1; ; tries++) {
    const store = openStore(gitDir, environment);
    if (store.foreign !== undefined) return { kind: 'fallback', why: store.foreign, skipped: store.skipped };
    const made = planStore(store);
    if (made !== 'gone') return made;
    if (tries === TRIES) return { kind: 'fallback', why: 'its packs come and go', skipped: store.skipped };
  }
}

function planStore(store: Store): Plan | 'gone' {
  const indexes: Names[] = [];
  const jobs: Job[] = [];
  const unread: Unread[] = [];
  const known = store.packs.length > 1 ? new Known() : undefined;
  for (const { idx: idxPath, pack: path } of store.packs) {
    try {
      const idx = readIdx(idxPath);
      const headers = readHeaders(path, idx);
      const forest = growForest(headers);
      const shown = known ? known.add(idx, headers) : new Uint8Array(0);
      indexes.push({ oids: idx.oids, fanout: idx.fanout });
      for (const i of forest.lost)
        if (shown[i] !== 1)
          unread.push({
            oid: oidOf(idx.oids, headers.names[i] ?? 0),
            why: 'its chain of deltas has no beginning',
          });
      jobs.push(...cut(tableOf(path, idx, headers, forest, shown), forest.weights));
    } catch (error) {
      if (isGone(error)) return 'gone';
      const why = wordsOf(error);
      const skipped = error instanceof Foreign ? store.skipped : [...store.skipped, { path, why }];
      return { kind: 'fallback', why: `${path}: ${why}`, skipped };
    }
  }
  for (const [folder, names] of listLoose(store.loose, indexes))
    for (let at = 0; at < names.length; at += LOOSE_STEP)
      jobs.push({ kind: 'loose', folder, names: names.slice(at, at + LOOSE_STEP) });
  return { kind: 'ready', jobs, unread, skipped: store.skipped };
}

function tableOf(path: string, idx: Idx, headers: Headers, forest: Forest, shown: Uint8Array): PackTable {
  const { offsets, names } = headers;
  const { children, siblings, roots } = forest;
  return { path, offsets, names, oids: idx.oids, children, siblings, roots, shown };
}

function cut(pack: PackTable, weights: Float64Array): Job[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const share = Math.max(LEAST, total / MOST_JOBS);
  const jobs: Job[] = [];
  let from = 0;
  let work = 0;
  for (let to = 1; to <= weights.length; to++) {
    work += weights[to - 1] ?? 0;
    if (work < share && to < weights.length) continue;
    jobs.push({ kind: 'pack', pack, from, to });
    from = to;
    work = 0;
  }
  return jobs;
}

/** 40 hex digits of the name at a position. */
export function oidOf(oids: Uint8Array, name: number): string {
  return Buffer.from(oids.buffer, oids.byteOffset + name * OID, OID).toString('hex');
}

// What there is to read, cut into jobs. A plan is plain data over shared memory: it goes to worker threads as it is, and
// how it is cut depends on nothing but the repository.

import { statSync } from 'node:fs';
import type { Skipped } from '../../model/index.ts';
import { Foreign, isGone, wordsOf } from './damage.ts';
import { type Forest, growForest } from './forest.ts';
import { type Headers, readHeaders } from './headers.ts';
import { type Idx, type Names, OID, readIdx } from './idx.ts';
import { Known } from './known.ts';
import { listLoose } from './loose.ts';
import { openStore, type Store } from './store.ts';
import { inOrder, looseUnit, type Recall, type Survey, survey } from './units.ts';

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

/** All that headers and index of a pack say, as far as it takes no more room than it must. */
export interface ReadPack {
  readonly path: string;
  readonly idx: Names;
  readonly headers: Pick<Headers, 'offsets' | 'names'>;
  readonly forest: Forest;
}

/** A part of the work, about as large as any other; `unit` is what it is a part of (see units.ts). */
export type Job = { readonly unit?: string } & (
  | { readonly kind: 'pack'; readonly pack: PackTable; readonly from: number; readonly to: number }
  | { readonly kind: 'loose'; readonly folder: string; readonly names: readonly string[] }
);

/** An object that only git may still be able to read. */
export interface Unread {
  readonly oid: string;
  readonly why: string;
}

/** One that no job reads, and the unit that it is in. */
interface Lost extends Unread {
  readonly unit?: string;
}

export type Plan =
  | {
      readonly kind: 'ready';
      readonly jobs: readonly Job[];
      readonly unread: readonly Lost[];
      readonly skipped: readonly Skipped[];
      /** Units that are not read, as an earlier run has shown them. */
      readonly remembered: readonly string[];
      /** All units, with those that each stands behind. */
      readonly units: ReadonlyMap<string, readonly string[]>;
      /** What is known of packs, for who asks next. */
      readonly read: readonly ReadPack[];
      /** Changes with anything that is in the store; empty where nothing is to be remembered. */
      readonly digest: string;
    }
  /** Nothing here is for this reader. */
  | { readonly kind: 'fallback'; readonly why: string; readonly skipped: readonly Skipped[] };

export interface PlanOptions {
  readonly recall?: Recall | undefined;
  /** Told the bytes of the packs that will be read, before they are looked into. */
  readonly expectJobs?: ((bytes: number) => void) | undefined;
}

/** At least so much work a job (see Forest.weights), and at most so many jobs a pack. */
const LEAST = 1024 * 1024;
const MOST_JOBS = 96;
const LOOSE_STEP = 512;

/** How often a plan starts again because something has gone meanwhile. */
const TRIES = 3;

/** @param gitDir a git folder: `.git`, a bare repository, or one of a worktree */
export function plan(
  gitDir: string,
  { recall, expectJobs }: PlanOptions = {},
  environment: NodeJS.ProcessEnv = process.env,
): Plan {
  for (let tries = 1; ; tries++) {
    const store = openStore(gitDir, environment);
    if (store.foreign !== undefined) return { kind: 'fallback', why: store.foreign, skipped: store.skipped };
    const made = planStore(store, recall, expectJobs);
    if (made !== 'gone') return made;
    if (tries === TRIES) return { kind: 'fallback', why: 'its packs come and go', skipped: store.skipped };
  }
}

function planStore(
  store: Store,
  recall: Recall | undefined,
  expectJobs: PlanOptions['expectJobs'],
): Plan | 'gone' {
  const { skipped } = store;
  let surveyed: Survey | undefined;
  try {
    surveyed = recall && survey(store);
  } catch (error) {
    if (isGone(error)) return 'gone';
    return { kind: 'fallback', why: wordsOf(error), skipped };
  }
  const digest = surveyed?.digest ?? '';
  const whole = recall?.whole(digest);
  const units = new Map<string, readonly string[]>();
  if (whole)
    return { kind: 'ready', jobs: [], unread: [], skipped, remembered: whole, units, digest, read: [] };

  const indexes: Names[] = [];
  const jobs: Job[] = [];
  const unread: Lost[] = [];
  const read: ReadPack[] = [];
  const remembered = new Set<string>();
  const packs =
    recall && surveyed
      ? inOrder(surveyed.packs, recall.order)
      : store.packs.map((paths) => ({ ...paths, unit: paths.pack }));
  const known = packs.length > 1 ? new Known() : undefined;
  const fresh = packs.filter(({ unit }) => !(recall?.knows(unit, remembered) && remembered.add(unit)));
  expectJobs?.(fresh.reduce((sum, { pack }) => sum + sizeOf(pack), 0));
  for (const { idx: idxPath, pack: path, unit } of [
    ...packs.filter((pack) => remembered.has(pack.unit)),
    ...fresh,
  ]) {
    try {
      const idx = readIdx(idxPath);
      if (remembered.has(unit)) {
        indexes.push(idx);
        known?.add(idx, undefined);
        units.set(unit, []);
        continue;
      }
      const headers = readHeaders(path, idx);
      const forest = growForest(headers);
      const shown = known ? known.add(idx, headers) : new Uint8Array(0);
      indexes.push({ oids: idx.oids, fanout: idx.fanout });
      units.set(unit, shown.includes(1) ? [...units.keys()] : []);
      for (const i of forest.lost)
        if (shown[i] !== 1)
          unread.push({
            unit,
            oid: oidOf(idx.oids, headers.names[i] ?? 0),
            why: 'its chain of deltas has no beginning',
          });
      jobs.push(...cut(tableOf(path, idx, headers, forest, shown), forest.texts.weights, unit));
      read.push(readPack(path, idx, headers, forest));
    } catch (error) {
      if (isGone(error)) return 'gone';
      const why = wordsOf(error);
      return {
        kind: 'fallback',
        why: `${path}: ${why}`,
        skipped: error instanceof Foreign ? skipped : [...skipped, { path, why }],
      };
    }
  }
  for (const [folder, names] of listLoose(store.loose, indexes)) {
    const unit = looseUnit(folder, names);
    units.set(unit, []);
    if (recall?.knows(unit, remembered)) remembered.add(unit);
    else
      for (let at = 0; at < names.length; at += LOOSE_STEP)
        jobs.push({ unit, kind: 'loose', folder, names: names.slice(at, at + LOOSE_STEP) });
  }
  return { kind: 'ready', jobs, unread, skipped, remembered: [...remembered], units, digest, read };
}

/** What cannot be read counts for nothing here: its reader says why. */
function sizeOf(pack: string): number {
  try {
    return statSync(pack).size;
  } catch {
    return 0;
  }
}

function tableOf(path: string, idx: Idx, headers: Headers, forest: Forest, shown: Uint8Array): PackTable {
  const { offsets, names } = headers;
  const { children, siblings, texts } = forest;
  return { path, offsets, names, oids: idx.oids, children, siblings, roots: texts.roots, shown };
}

export function readPack(path: string, idx: Idx, headers: Headers, forest: Forest): ReadPack {
  const { oids, fanout } = idx;
  const { offsets, names } = headers;
  return { path, idx: { oids, fanout }, headers: { offsets, names }, forest };
}

function cut(pack: PackTable, weights: Float64Array, unit: string): Job[] {
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += weights[i] ?? 0;
  const share = Math.max(LEAST, total / MOST_JOBS);
  const jobs: Job[] = [];
  let from = 0;
  let work = 0;
  for (let to = 1; to <= weights.length; to++) {
    work += weights[to - 1] ?? 0;
    if (work < share && to < weights.length) continue;
    jobs.push({ unit, kind: 'pack', pack, from, to });
    from = to;
    work = 0;
  }
  return jobs;
}

/** 40 hex digits of the name at a position. */
export function oidOf(oids: Uint8Array, name: number): string {
  return Buffer.from(oids.buffer, oids.byteOffset + name * OID, OID).toString('hex');
}

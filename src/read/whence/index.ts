// Who brought a blob, without git: all trees and commits are read once, as they lie in their packs, and of the trees only what they
// have that the ones they were made of have not. From each commit, the oldest first, only folders that may lead to a blob that is
// looked for are walked, each once under each path.
//
// The oldest commit that has a blob at a path is the last one in the log's order that has it: its parents come later there, so
// none of them has it, and the log names it as the one that brought it. This is where a walk of trees can take a log's place.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Attribution } from '../../model/index.ts';
import { cutOff } from '../commits.ts';
import { answer, faultOf, feed, GitError, git, split } from '../git.ts';
import type { Appearances, Told } from '../log.ts';
import {
  type CensusPlan,
  GONE,
  planCensus,
  type ReadPack,
  type RunCensus,
  runCensusHere,
} from '../pack/index.ts';
import { showPath } from '../path.ts';
import type { Repository } from '../repository.ts';
import { Commits } from './commits.ts';
import { blobOf, type Folder, Folders, HOLE, rowsOf } from './folders.ts';
import { Paths } from './paths.ts';

/** Steps of one walk. A few trees can be nested so that they have more paths than there are atoms. */
const MOST_STEPS = 20_000_000;

export interface Whence {
  /** What commits that a ref or a reflog reaches have brought; undefined where only git can tell. */
  reachable(missing: ReadonlySet<string>): Promise<Told | undefined>;
  /** The same for commits that nothing reaches any more. */
  lost(missing: ReadonlySet<string>): Promise<Told | undefined>;
}

export interface WhenceOptions {
  readonly runCensus?: RunCensus | undefined;
  readonly packs?: readonly ReadPack[] | undefined;
}

/** Reads when it is first asked, and then no more. */
export function whence(
  repository: Repository,
  wanted: ReadonlySet<string>,
  options: WhenceOptions = {},
): Whence {
  let made: Promise<Ground | undefined> | undefined;
  const ground = () => {
    made ??= groundOf(repository, wanted, options);
    return made;
  };
  return {
    async reachable(missing) {
      const found = await ground();
      return found && (await tell(repository, found, found.reached, missing));
    },
    async lost(missing) {
      const found = await ground();
      return found && (await tell(repository, found, found.commits.others(found.reached), missing));
    },
  };
}

interface Ground {
  readonly plan: CensusPlan;
  readonly commits: Commits;
  readonly folders: Folders;
  /** Those that are looked for. */
  readonly blobs: readonly string[];
  /** As latin1. */
  readonly names: readonly string[];
  /** Commits that something reaches, the newest first. */
  readonly reached: Int32Array;
}

async function groundOf(
  repository: Repository,
  wanted: ReadonlySet<string>,
  { runCensus = runCensusHere(repository.signal), packs = [] }: WhenceOptions,
): Promise<Ground | undefined> {
  if (repository.format !== 'sha1' || (await isRewritten(repository))) return undefined;
  // Git answers while the census is taken.
  const asked = tipsOf(repository);
  asked.catch(() => undefined);
  const plan = planCensus(repository.gitDir, wanted, packs);
  const parts = plan && (await runCensus(plan.jobs));
  const tips = await asked;
  if (!tips || !plan || !parts) return undefined;
  if (parts.length !== plan.jobs.length || parts.some(({ unread }) => unread.length > 0)) return undefined;

  const { registry } = plan;
  const blobs = [...wanted];
  const numbers = new Map(blobs.map((oid, number) => [oid, number]));
  const counted = parts.map((part, at) => {
    const first = plan.firsts[at] ?? 0;
    const others = part.others.map((oid) => (numbers.has(oid) ? GONE : registry.find(oid)));
    return {
      part,
      first,
      numberOf: (target: number) =>
        target >= 0 ? registry.one(first + target) : (others[GONE - 1 - target] ?? GONE),
      blobOf: (target: number) => numbers.get(part.others[GONE - 1 - target] ?? '') ?? 0,
    };
  });
  const commits = new Commits(counted, registry);
  const names = new Map<string, number>();
  const numberOf = (name: string): number => {
    const number = names.get(name) ?? names.size;
    names.set(name, number);
    return number;
  };
  const rows = rowsOf(counted, numberOf);
  const cut = new Set([...cutOff(repository)].map((oid) => registry.find(oid)));
  const reached = commits.reached(
    tips.map((oid) => registry.find(oid)),
    cut,
  );
  if (reached === undefined) return undefined;
  return { plan, commits, folders: new Folders(plan, rows), blobs, names: [...names.keys()], reached };
}

/** @param order commits, the newest first */
async function tell(
  repository: Repository,
  ground: Ground,
  order: Int32Array,
  missing: ReadonlySet<string>,
): Promise<Told | undefined> {
  const { commits, folders, blobs, names, plan } = ground;
  const paths = new Paths();
  // For each blob its paths, each with the oldest commit, the oldest first.
  const found = new Map<number, Map<number, number>>();
  const walked = new Map<Folder, Set<number>>();
  // By path, what was walked there last: mostly all but one entry is the same again.
  const lasts: (Folder | undefined)[] = [];
  // Trees and their paths, of one commit at a time.
  const trees: number[] = [];
  const above: number[] = [];
  let steps = 0;
  for (let at = order.length - 1; at >= 0 && steps < MOST_STEPS; at--) {
    const commit = order[at] ?? 0;
    const tree = commits.treeOf(commit);
    if (tree === GONE) return undefined;
    trees.push(tree);
    above.push(0);
    for (let one = trees.pop(); one !== undefined && steps < MOST_STEPS; one = trees.pop()) {
      const here = above.pop() ?? 0;
      const folder = folders.of(one);
      if (folder === undefined) continue;
      const seen = walked.get(folder) ?? new Set();
      if (seen.has(here)) continue;
      walked.set(folder, seen.add(here));
      const { keys, targets } = folder;
      const last = lasts[here];
      lasts[here] = folder;
      steps += keys.length;
      for (let i = 0; i < keys.length; i++) {
        const target = targets[i] ?? HOLE;
        if (target === HOLE) return undefined;
        if (last !== undefined && last.targets[i] === target && last.keys[i] === keys[i]) continue;
        const path = paths.in(here, (keys[i] ?? 0) >> 1);
        const blob = blobOf(target);
        if (blob < 0) {
          trees.push(target);
          above.push(path);
        } else if (missing.has(blobs[blob] ?? '')) {
          const known = found.get(blob) ?? new Map<number, number>();
          if (!known.has(path)) known.set(path, commit);
          found.set(blob, known);
        }
      }
    }
  }
  const hexOf = (commit: number): string => plan.registry.nameOf(commits.numberOf(commit));
  const asked = new Map<number, string>();
  for (const known of found.values()) for (const commit of known.values()) asked.set(commit, hexOf(commit));
  const people = await peopleOf(repository, new Set(asked.values()));
  if (people === undefined) return undefined;
  const told = new Map<string, Appearances>();
  for (const [blob, known] of found) {
    const places: Appearances = new Map();
    for (const [path, commit] of [...known].reverse()) {
      const who = people.get(asked.get(commit) ?? '');
      if (who === undefined) return undefined;
      places.set(showPath(paths.bytesOf(path, (name) => names[name] ?? '')), who);
    }
    told.set(blobs[blob] ?? '', places);
  }
  return { blobs: told, whole: steps < MOST_STEPS };
}

/** Whether commits may have other parents than they say, or git does not tell. */
async function isRewritten(repository: Repository): Promise<boolean> {
  const grafts = join(repository.commonDir, 'info/grafts');
  if (existsSync(grafts) && readFileSync(grafts).length > 0) return true;
  try {
    return (await answer(repository, ['for-each-ref', '--count=1', 'refs/replace'])) !== '';
  } catch (error) {
    if (error instanceof GitError) return true;
    throw error;
  }
}

/** What refs and reflogs point to, in git's order; undefined where it says no. */
async function tipsOf(repository: Repository): Promise<string[] | undefined> {
  try {
    const tips: string[] = [];
    const listing = git(repository, ['rev-list', '--no-walk=unsorted', '--all', '--reflog']);
    for await (const line of split(listing.stdout, 0x0a)) tips.push(line.toString('latin1'));
    return (await faultOf(listing)) === undefined ? tips : undefined;
  } catch (error) {
    if (error instanceof GitError) return undefined;
    throw error;
  }
}

/** Names and dates as git shows them, whatever a commit's encoding is. */
async function peopleOf(
  repository: Repository,
  commits: ReadonlySet<string>,
): Promise<Map<string, Attribution> | undefined> {
  const people = new Map<string, Attribution>();
  if (commits.size === 0) return people;
  const format = '--format=%H%x00%an%x00%ae%x00%aI';
  const log = git(repository, [
    'log',
    '--no-walk=unsorted',
    '-s',
    '-z',
    '--encoding=UTF-8',
    format,
    '--stdin',
  ]);
  feed(log, commits);
  let told: string[] = [];
  for await (const token of split(log.stdout, 0)) {
    told.push(token.toString('utf8').trimEnd());
    const [commit = '', author = '', email = '', date] = told;
    if (date === undefined) continue;
    people.set(commit, { commit, author, email, date });
    told = [];
  }
  return (await faultOf(log)) === undefined ? people : undefined;
}

// Who, when and where, for hits alone, by git's own word: for a range of commits, and for repositories that only git can read.
// One pass of `git log` whose output is read as it streams and kept only where it names a wanted blob. Merges are shown
// combined (`-c`): a blob that equals one of a merge's parents was brought by that side, one that differs from all of them is
// the merge's own.

import type { Attribution } from '../model/index.ts';
import { faultOf, feed, git, split } from './git.ts';
import { showPath } from './path.ts';
import type { Repository } from './repository.ts';

/** Where a blob first stood: the oldest commit for each path. */
export type Appearances = Map<string, Attribution>;

export interface Told {
  /** For each wanted blob that a commit brought, its paths, the oldest commit first. */
  readonly blobs: Map<string, Appearances>;
  /** The log came to its end: what it does not name, no commit brought. */
  readonly whole: boolean;
}

const FORMAT = '--format=%x01%H%x00%an%x00%ae%x00%aI';
const SHAPE = [
  '--raw',
  '-z',
  '-c',
  '--no-abbrev',
  '--no-renames',
  '--root',
  '--date-order',
  '--encoding=UTF-8',
  '-O/dev/null',
  FORMAT,
];
const MARK = 0x01;

/** Commits that a ref or a reflog still reaches. */
export const REACHABLE = ['--all', '--reflog'];

/** @param revisions as `git log` takes them */
export async function appearances(
  repository: Repository,
  wanted: ReadonlySet<string>,
  revisions: readonly string[],
): Promise<Told> {
  // Ends by stdin, options by argv: there may be ten thousands of the first.
  const [options, ends] = [true, false].map((is) => revisions.filter((one) => one.startsWith('-') === is));
  const stdin = ends !== undefined && ends.length > 0 ? ['--stdin'] : [];
  return await readLog(repository, wanted, ['log', ...SHAPE, ...(options ?? []), ...stdin, '--'], ends);
}

/** The same for commits that nothing reaches any more, among them what a forced push left behind. */
export async function lostAppearances(repository: Repository, wanted: ReadonlySet<string>): Promise<Told> {
  const lost = ['log', ...SHAPE, '--stdin', '--not', ...REACHABLE];
  return await readLog(repository, wanted, lost, everyCommit(repository));
}

async function readLog(
  repository: Repository,
  wanted: ReadonlySet<string>,
  args: readonly string[],
  input: AsyncIterable<string> | Iterable<string> = [],
): Promise<Told> {
  const log = git(repository, args);
  feed(log, input);
  const blobs = await readBlobs(log.stdout, wanted);
  // A damaged commit or tree ends the log early: what is known by then stands, the rest stays without an author.
  return { blobs, whole: (await faultOf(log)) === undefined };
}

async function readBlobs(
  printed: AsyncIterable<Buffer>,
  wanted: ReadonlySet<string>,
): Promise<Map<string, Appearances>> {
  const found = new Map<string, Appearances>();
  let commit: Buffer | undefined;
  let people: Buffer[] = [];
  let hits: string[] | undefined;
  for await (const token of split(printed, 0)) {
    if (hits !== undefined) {
      for (const oid of hits) remember(found, oid, showPath(token), commit, people);
      hits = undefined;
    } else if (token[0] === MARK) {
      commit = Buffer.from(token.subarray(1));
      people = [];
    } else if (commit && people.length < 3) people.push(Buffer.from(token));
    else if (token.length > 1) hits = blobsOf(token, wanted);
  }
  return found;
}

/** `:mode mode old new status`, with one more colon, mode and old for each further parent of a merge. */
function blobsOf(token: Buffer, wanted: ReadonlySet<string>): string[] {
  const header = token.toString('latin1').trimStart();
  const parents = header.lastIndexOf(':') + 1;
  const oid = header.slice(parents).split(' ')[2 * parents + 1] ?? '';
  return wanted.has(oid) ? [oid] : [];
}

/** Newest first comes in, so the last one stays; deleting keeps the oldest at the end, which `oldestFirst` turns round. */
function remember(
  found: Map<string, Appearances>,
  oid: string,
  path: string,
  commit: Buffer | undefined,
  people: readonly Buffer[],
): void {
  if (!commit) return;
  const [author, email, date] = people.map((part) => part.toString('utf8').trimEnd());
  const paths: Appearances = found.get(oid) ?? new Map();
  paths.delete(path);
  paths.set(path, {
    commit: commit.toString('latin1'),
    author: author ?? '',
    email: email ?? '',
    date: date ?? '',
  });
  found.set(oid, paths);
}

/** Paths in the order in which they came to be; those of one commit by name. */
export function oldestFirst(paths: Appearances): [string, Attribution][] {
  const entries = [...paths].reverse();
  const rank = new Map<string, number>();
  for (const [, { commit }] of entries) if (!rank.has(commit)) rank.set(commit, rank.size);
  const byName = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return entries.sort(
    ([pathA, a], [pathB, b]) => (rank.get(a.commit) ?? 0) - (rank.get(b.commit) ?? 0) || byName(pathA, pathB),
  );
}

async function* everyCommit(repository: Repository): AsyncGenerator<string> {
  const check = [
    'cat-file',
    '--batch-check=%(objecttype) %(objectname)',
    '--batch-all-objects',
    '--unordered',
  ];
  const listing = git(repository, check);
  for await (const line of split(listing.stdout, 0x0a)) {
    const [type, oid = ''] = line.toString('latin1').split(' ');
    if (type === 'commit') yield oid;
  }
}

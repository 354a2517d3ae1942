import { faultOf, feed, git, split } from './git.ts';
import { remoteOf } from './remote.ts';
import type { Repository } from './repository.ts';

/** Whether things of a repository have left this machine. */
export interface Reach {
  readonly remote?: string;
  /** Whether the commit stands on the remote, as far as the remote-tracking refs tell. */
  pushed(commit: string): boolean | 'unknown';
  /** The same for what no commit holds: an object that nothing reaches. */
  readonly stray: boolean | 'unknown';
}

/** Asks git once for all the commits. */
export async function reachOf(repository: Repository, commits: ReadonlySet<string>): Promise<Reach> {
  const { url, any } = await remoteOf(repository);
  const remote = url === undefined ? {} : { remote: url };
  if (repository.clonedFrom !== undefined) return { ...remote, pushed: () => true, stray: true };
  // A bare repository without a remote is one that others push to.
  if (!any) return repository.bare ? sure('unknown', remote) : sure(false, remote);
  // A mirror has no remote-tracking refs: all that it holds came from its remote.
  if (repository.bare) return { ...remote, pushed: () => true, stray: 'unknown' };
  const tracked = await trackingTips(repository);
  if (tracked.size === 0) return sure('unknown', remote);
  // A force push takes commits off the remote that stood there: the reflogs of its branches still know them.
  const tips = new Set([...tracked.values(), ...(await formerTips(repository, [...tracked.keys()]))]);
  const away = await walked(repository, commits, tips);
  // Only what a branch here holds, and the remote never had, is surely local. A commit that no branch holds may have been
  // thrown away after a push, and so may one of a branch whose upstream is gone.
  const heads = await localTips(repository, tracked);
  const here = away === undefined || away.size === 0 ? away : await walked(repository, away, tips, heads);
  return {
    ...remote,
    pushed: (commit) =>
      away === undefined || here === undefined
        ? 'unknown'
        : !away.has(commit)
          ? true
          : here.has(commit)
            ? false
            : 'unknown',
    stray: 'unknown',
  };
}

function sure(answer: false | 'unknown', remote: { remote?: string }): Reach {
  return { ...remote, pushed: () => answer, stray: answer };
}

/** Remote-tracking refs by name. */
async function trackingTips(repository: Repository): Promise<Map<string, string>> {
  const tips = new Map<string, string>();
  for (const [oid = '', name = ''] of await refs(repository, '%(objectname) %(refname)', 'refs/remotes'))
    tips.set(name, oid);
  return tips;
}

/** Where remote-tracking refs have stood before; empty where no reflogs are kept. */
async function formerTips(repository: Repository, names: readonly string[]): Promise<string[]> {
  const walk = git(repository, ['log', '--walk-reflogs', '--format=%H', '--stdin', '--']);
  feed(walk, names);
  const tips: string[] = [];
  for await (const line of split(walk.stdout, 0x0a)) tips.push(line.toString('latin1'));
  return (await faultOf(walk)) === undefined ? tips : [];
}

/** Ends of branches and of the stash; without branches whose upstream was there and is gone. */
async function localTips(
  repository: Repository,
  tracked: ReadonlyMap<string, string>,
): Promise<ReadonlySet<string>> {
  const tips = new Set<string>();
  const ends = await refs(repository, '%(objectname) %(upstream)', 'refs/heads', 'refs/stash');
  for (const [oid = '', upstream = ''] of ends)
    if (!upstream.startsWith('refs/remotes/') || tracked.has(upstream)) tips.add(oid);
  return tips;
}

async function refs(
  repository: Repository,
  format: string,
  ...patterns: readonly string[]
): Promise<string[][]> {
  const listing = git(repository, ['for-each-ref', `--format=${format}`, ...patterns]);
  const rows: string[][] = [];
  for await (const line of split(listing.stdout, 0x0a)) rows.push(line.toString('utf8').split(' '));
  await listing.done();
  return rows;
}

/**
 * Those of the commits that can be reached from the given ends (the commits themselves where left out) and not from the tips.
 * Undefined where git cannot walk that far.
 */
async function walked(
  repository: Repository,
  commits: ReadonlySet<string>,
  tips: ReadonlySet<string>,
  ends: ReadonlySet<string> = commits,
): Promise<Set<string> | undefined> {
  const found = new Set<string>();
  if (commits.size === 0 || ends.size === 0) return found;
  const walk = git(repository, ['rev-list', '--stdin']);
  feed(walk, [...ends, ...[...tips].map((tip) => `^${tip}`)]);
  for await (const line of split(walk.stdout, 0x0a)) {
    const oid = line.toString('latin1');
    if (commits.has(oid)) found.add(oid);
  }
  return (await faultOf(walk)) === undefined ? found : undefined;
}

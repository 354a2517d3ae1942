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
  const tips = await trackingTips(repository);
  if (tips.length === 0) return sure('unknown', remote);
  const here = await unpushed(repository, commits, tips);
  return {
    ...remote,
    pushed: (commit) => (here === undefined ? 'unknown' : !here.has(commit)),
    stray: 'unknown',
  };
}

function sure(answer: false | 'unknown', remote: { remote?: string }): Reach {
  return { ...remote, pushed: () => answer, stray: answer };
}

async function trackingTips(repository: Repository): Promise<string[]> {
  const listing = git(repository, ['for-each-ref', '--format=%(objectname)', 'refs/remotes']);
  const tips = new Set<string>();
  for await (const line of split(listing.stdout, 0x0a)) tips.add(line.toString('latin1'));
  await listing.done();
  return [...tips];
}

/** Those of the commits that no remote-tracking ref reaches; undefined where git cannot walk that far. */
async function unpushed(
  repository: Repository,
  commits: ReadonlySet<string>,
  tips: readonly string[],
): Promise<Set<string> | undefined> {
  const found = new Set<string>();
  if (commits.size === 0) return found;
  const walk = git(repository, ['rev-list', '--stdin']);
  feed(walk, [...commits, ...tips.map((tip) => `^${tip}`)]);
  for await (const line of split(walk.stdout, 0x0a)) {
    const oid = line.toString('latin1');
    if (commits.has(oid)) found.add(oid);
  }
  return (await faultOf(walk)) === undefined ? found : undefined;
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError, type Sink } from '../model/index.ts';
import { listen, lookBehind } from './every-object.ts';
import { answer, faultOf, feed, GitError, type GitProcess, git, split } from './git.ts';
import { ObjectLooker } from './object-looker.ts';
import type { Mode } from './options.ts';
import { nameOf, type Repository } from './repository.ts';

const NEWLINE = 0x0a;
const OBJECTS = ['--objects', '--no-object-names', '--missing=print'];

/** The two ends of a range as `rev-list` takes them, all resolved: nothing that a user typed reaches git as an option. */
export async function resolveRange(
  repository: Repository,
  mode: Mode & { kind: 'since' | 'range' },
): Promise<string[]> {
  const typed = mode.kind === 'since' ? `${mode.rev}..` : mode.range;
  const parts = /^(.*?)(\.{2,3})(.*)$/.exec(typed);
  if (!parts) throw new SetupError(`${typed}: not a range of commits`, { hint: 'write it as A..B' });
  const [, from = '', dots = '..', to = ''] = parts;
  const start = await commitOf(repository, from || 'HEAD');
  const end = await commitOf(repository, to || 'HEAD');
  return dots === '...' ? [`${start}...${end}`] : [end, `^${start}`];
}

/** @throws RangeError for what is no whole object id: nothing else reaches git */
export function rangeOf({ tips, not, objects = [] }: Mode & { kind: 'commits' }): string[] {
  const wrong = [...tips, ...not, ...objects].find((oid) => !/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(oid));
  if (wrong !== undefined) throw new RangeError(`${wrong}: not an object id`);
  return [...tips, ...not.map((oid) => `^${oid}`)];
}

/**
 * What a range of commits brought: every new blob whole, so that a merge hides nothing, and the messages. Where a shallow
 * clone ends inside the range, the rest of it is named to `sink.skip`.
 */
export async function lookCommits(
  sink: Sink,
  repository: Repository,
  range: readonly string[],
): Promise<void> {
  const looker = new ObjectLooker(sink, nameOf(repository));
  const cut = cutOff(repository);
  let incomplete = false;
  const listing = list(repository, range);
  const batch = git(repository, ['cat-file', '--batch', '--buffer']);
  async function* oids(): AsyncGenerator<string> {
    for await (const oid of oidsOf(listing)) {
      incomplete ||= cut.has(oid);
      yield oid;
    }
  }
  feed(batch, oids());
  const { through, fault } = await listen(repository, batch, looker);
  if (fault !== undefined) listing.stop();
  const all = fault === undefined ? listing : list(repository, range);
  if (fault !== undefined) await lookBehind(repository, sink, looker, oidsOf(all), through);
  const unlisted = await faultOf(all);
  if (unlisted !== undefined)
    sink.skip({ path: nameOf(repository), why: `git cannot list the whole range: ${unlisted}` });
  if (incomplete)
    sink.skip({
      path: nameOf(repository),
      why: 'the range is incomplete: this shallow clone ends inside it (git fetch --unshallow brings the rest)',
    });
}

/** The ends go by stdin: a repository with ten thousand refs has more of them than a command line holds. */
function list(repository: Repository, range: readonly string[]): GitProcess {
  const listing = git(repository, ['rev-list', ...OBJECTS, '--stdin', '--']);
  feed(listing, range);
  return listing;
}

/** What is missing comes with a question mark, and is asked for all the same: `cat-file` then names it. */
async function* oidsOf(listing: GitProcess): AsyncGenerator<string> {
  for await (const line of split(listing.stdout, NEWLINE)) {
    const oid = line.toString('latin1');
    yield oid.startsWith('?') ? oid.slice(1) : oid;
  }
}

async function commitOf(repository: Repository, rev: string): Promise<string> {
  try {
    return (
      await answer(repository, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${rev}^{commit}`])
    ).trim();
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    const hint = repository.shallow
      ? 'this clone is shallow: git fetch --unshallow'
      : 'git log shows what there is';
    throw new SetupError(`${rev}: no such commit in ${nameOf(repository)}`, { hint, cause: error });
  }
}

/** Commits whose parents a shallow clone leaves out. */
export function cutOff(repository: Repository): ReadonlySet<string> {
  const file = join(repository.commonDir, 'shallow');
  if (!repository.shallow || !existsSync(file)) return new Set();
  return new Set(readFileSync(file, 'latin1').split('\n').filter(Boolean));
}

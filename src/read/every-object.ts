// The exhaustive path: git itself reads every object and this file only listens. It is the reference for faster ways.
// One `cat-file` prints all objects. Where a damaged one kills it, the listing (same order, so that what is through can
// be counted off) is asked for in blocks, and a new process starts behind each object that kills the last.

import type { Sink } from '../model/index.ts';
import { faultOf, feed, type GitProcess, git, split } from './git.ts';
import { ObjectLooker } from './object-looker.ts';
import { ObjectParser } from './objects.ts';
import { nameOf, type Repository } from './repository.ts';

const ALL = ['--batch-all-objects', '--unordered'];
const BLOCK = 4096;

export async function readEveryObject(repository: Repository, sink: Sink): Promise<void> {
  const looker = new ObjectLooker(sink, nameOf(repository));
  const batch = git(repository, ['cat-file', '--batch', '--buffer', ...ALL]);
  const { through, fault } = await listen(repository, batch, looker);
  // A pack without its index, say: git leaves it out, says so, and goes on.
  for (const why of batch.complaints().filter((line) => /\b(pack|packfile|index|alternates)\b/i.test(line)))
    sink.skip({ path: nameOf(repository), why: `git left something out: ${why}` });
  if (fault !== undefined) await lookBehind(repository, sink, looker, listAll(repository), through);
}

/** Reads the objects of a listing, without its first `through`: another process has shown those. */
export async function lookBehind(
  repository: Repository,
  sink: Sink,
  looker: ObjectLooker,
  oids: AsyncIterable<string>,
  through: number,
): Promise<void> {
  let seen = 0;
  let block: string[] = [];
  for await (const oid of oids) {
    seen += 1;
    if (seen > through && oid !== '') block.push(oid);
    if (block.length < BLOCK) continue;
    await lookNamed(repository, sink, looker, block);
    block = [];
  }
  await lookNamed(repository, sink, looker, block);
}

/** Reads the named objects, each at its own risk: one that git dies of is named to `sink.skip`. */
export async function lookNamed(
  repository: Repository,
  sink: Sink,
  looker: ObjectLooker,
  oids: readonly string[],
): Promise<void> {
  let rest = oids;
  while (rest.length > 0) {
    const { through, fault } = await ask(repository, looker, rest);
    if (fault === undefined) return;
    const suspect = rest[through];
    rest = rest.slice(through + 1);
    if (suspect === undefined) return;
    // Alone, so that the blame falls on the right one.
    const alone = await ask(repository, looker, [suspect]);
    if (alone.through === 0)
      sink.skip({ path: `object ${suspect}`, why: `git cannot read it: ${alone.fault ?? 'no answer'}` });
  }
}

interface Listened {
  /** Objects that were shown whole, or named as missing. */
  readonly through: number;
  /** Git's word on why it died. */
  readonly fault: string | undefined;
}

async function ask(repository: Repository, looker: ObjectLooker, oids: readonly string[]): Promise<Listened> {
  const batch = git(repository, ['cat-file', '--batch', '--buffer']);
  feed(batch, oids);
  return await listen(repository, batch, looker);
}

/** Shows all that a `cat-file --batch` prints. */
export async function listen(
  repository: Repository,
  batch: GitProcess,
  looker: ObjectLooker,
): Promise<Listened> {
  const parser = new ObjectParser(looker);
  for await (const bytes of batch.stdout) {
    parser.push(bytes);
    repository.signal?.throwIfAborted();
  }
  return { through: parser.count, fault: await faultOf(batch) };
}

async function* listAll(repository: Repository): AsyncGenerator<string> {
  const listing = git(repository, ['cat-file', '--batch-check=%(objectname) %(objecttype)', ...ALL]);
  try {
    for await (const line of split(listing.stdout, 0x0a)) {
      const [oid = '', type] = line.toString('latin1').split(' ');
      yield type === 'tree' ? '' : oid;
    }
    await listing.done();
  } finally {
    listing.stop();
  }
}

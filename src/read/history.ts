import type { Sink } from '../model/index.ts';
import { lookNamed, readEveryObject } from './every-object.ts';
import { answer, git, split } from './git.ts';
import type { Memory } from './memory.ts';
import { ObjectLooker } from './object-looker.ts';
import { type ExpectJobs, type ReadPack, type RunJobs, readObjects, runJobsHere } from './pack/index.ts';
import { nameOf, type Repository } from './repository.ts';

export interface HistoryOptions {
  /** Read through git alone. */
  readonly exhaustive: boolean;
  readonly runJobs?: RunJobs;
  readonly expectJobs?: ExpectJobs;
  readonly memory?: Memory;
  /** Called with the packs that have been looked into: they are known to who asks whose a finding is. */
  readonly onPacks?: (packs: readonly ReadPack[]) => void;
}

/**
 * All that a repository remembers: every blob once, whether a commit still reaches it or not, and the messages of commits
 * and tags. What is not here (a shallow or partial clone) or cannot be read is named to `sink.skip`.
 */
export async function history(repository: Repository, sink: Sink, options: HistoryOptions): Promise<void> {
  if (options.exhaustive) await readEveryObject(repository, sink);
  else await readInProcess(repository, sink, options);
  await nameWhatIsNotHere(repository, sink);
}

/** Packs and loose objects without git; what this reader does not know or cannot read, git tries: never silence. */
async function readInProcess(
  repository: Repository,
  sink: Sink,
  { runJobs = runJobsHere(repository.signal), expectJobs, memory, onPacks }: HistoryOptions,
): Promise<void> {
  const name = nameOf(repository);
  const recall = await memory?.recall({
    repository: name,
    store: repository.clonedFrom ?? repository.commonDir,
    reread: (oids, into) => lookNamed(repository, into, new ObjectLooker(into, name), oids),
  });
  const outcome = await readObjects(repository.gitDir, sink, {
    repository: name,
    ...(repository.signal === undefined ? {} : { signal: repository.signal }),
    runJobs,
    expectJobs,
    ...(onPacks === undefined ? {} : { onPacks }),
    ...(recall === undefined ? {} : { recall }),
  });
  switch (outcome.kind) {
    case 'complete':
      return;
    case 'objects': {
      const oids = outcome.objects.map((object) => object.oid);
      return lookNamed(repository, sink, new ObjectLooker(sink, name), oids);
    }
    case 'repository':
      return readEveryObject(repository, sink);
  }
}

/** The same gaps stand whichever way the objects are read, and git lists none of them among all objects. */
async function nameWhatIsNotHere(repository: Repository, sink: Sink): Promise<void> {
  if (repository.shallow)
    sink.skip({
      path: nameOf(repository),
      why: 'a shallow clone: older history is not here (git fetch --unshallow brings it, --no-history leaves history out)',
    });
  const promised = await countPromised(repository);
  if (promised > 0)
    sink.skip({
      path: nameOf(repository),
      why: `a partial clone: ${promised} objects are not here (git fetch --refetch --no-filter brings them)`,
    });
}

async function countPromised(repository: Repository): Promise<number> {
  if (repository.whole === true) return 0;
  const config = await answer(repository, ['config', '--name-only', '--list']);
  if (!/^(extensions\.partialclone|remote\..*\.(promisor|partialclonefilter))$/im.test(config)) return 0;
  const listing = git(repository, ['rev-list', '--objects', '--all', '--missing=print', '--no-object-names']);
  let missing = 0;
  for await (const line of split(listing.stdout, 0x0a)) if (line[0] === 0x3f) missing += 1; // '?'
  await listing.done();
  return missing;
}

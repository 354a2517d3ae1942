import type { Sink } from '../model/index.ts';
import { readEveryObject } from './every-object.ts';
import { answer, git, split } from './git.ts';
import type { Repository } from './repository.ts';
import { nameOf } from './repository.ts';

export interface HistoryOptions {
  /** Read through git alone. */
  readonly exhaustive: boolean;
}

/**
 * All that a repository remembers: every blob once, whether a commit still reaches it or not, and the messages of commits
 * and tags. What is not here (a shallow or partial clone) or cannot be read is named to `sink.skip`.
 */
export async function history(repository: Repository, sink: Sink, _options: HistoryOptions): Promise<void> {
  await readEveryObject(repository, sink);
  await nameWhatIsNotHere(repository, sink);
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
  const config = await answer(repository, ['config', '--name-only', '--list']);
  if (!/^(extensions\.partialclone|remote\..*\.(promisor|partialclonefilter))$/im.test(config)) return 0;
  const listing = git(repository, ['rev-list', '--objects', '--all', '--missing=print', '--no-object-names']);
  let missing = 0;
  for await (const line of split(listing.stdout, 0x0a)) if (line[0] === 0x3f) missing += 1; // '?'
  await listing.done();
  return missing;
}

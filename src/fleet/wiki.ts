// A wiki is a repository of git beside its repository, with a mirror of its own.

import { SetupError } from '../model/index.ts';
import type { KnownRepository } from '../record/index.ts';
import { GitFault, listRefs, runGit } from './git.ts';
import type { Reading, SourceTools } from './source.ts';

/** All its refs, as one text. A wiki that nobody has begun is not there: that is for the reader to say. */
export async function tipsOfWiki(address: string, { github, signal }: SourceTools): Promise<string> {
  const header = await github.gitHeader();
  try {
    return await listRefs(address, { signal, header });
  } catch (error) {
    if (!(error instanceof GitFault) || error.trouble !== 'missing') throw error;
    throw new SetupError(`${address}: not found`);
  }
}

export async function copyOfWiki(
  repository: KnownRepository,
  address: string,
  { github, mirrors, signal }: SourceTools,
): ReturnType<NonNullable<Reading['copyOf']>> {
  const mirror = await mirrors.take(`${repository.key.replace(/[^\w.-]/g, '_')}.wiki`);
  try {
    const header = await github.gitHeader();
    await mirrors.guarded(mirror, 0, (stop) =>
      runGit(['fetch', '-q', '--prune', '--no-tags', '--no-write-fetch-head', address, '+refs/*:refs/*'], {
        cwd: mirror.folder,
        signal: AbortSignal.any([signal, stop]),
        header,
      }),
    );
  } catch (error) {
    if (error instanceof GitFault && (error.trouble === 'damaged' || error.trouble === 'too-large'))
      await mirrors.drop(mirror);
    await mirror.release();
    throw error;
  }
  return { folder: mirror.folder, url: address, remove: () => mirror.release() };
}

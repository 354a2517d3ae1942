import { realpathSync } from 'node:fs';
import { SetupError, type Sink } from '../model/index.ts';
import type { FileLooker } from './files.ts';
import { lookFolder } from './folder.ts';
import { answer, GitError, git, split } from './git.ts';
import { showPath } from './path.ts';
import { findRepository, hasGit, type Repository } from './repository.ts';

/**
 * The files of a working tree as they are now: tracked ones (ignored or not) and untracked ones that are not ignored.
 * Repositories inside it (submodules, clones) are read the same way, their files and not their history: each is a target
 * of its own.
 * @param below folder from the top, empty or ending in a slash
 * @param prefix put before every path
 * @returns the repositories inside it
 */
export async function lookWorktree(
  sink: Sink,
  repository: Repository,
  below: string,
  prefix: string,
  files: FileLooker,
): Promise<readonly Repository[]> {
  const { top, signal } = repository;
  if (top === undefined) return [];
  const folder = below === '' ? Buffer.from(`${top}/`) : Buffer.from(`${top}/${below}`);
  if (below !== '' && (await isIgnored(repository, below))) {
    await lookFolder(sink, folder.subarray(0, -1), {
      signal,
      repository: top,
      prefix,
      files,
      nested: async () => false,
    });
    return [];
  }
  const where = { ...repository, cwd: folder.toString() };
  const listing = git(where, [
    'ls-files',
    '-z',
    '--cached',
    '--others',
    '--exclude-standard',
    '--deduplicate',
  ]);
  const inside: Buffer[] = [];
  const real = new RealFolders();
  for await (const token of split(listing.stdout, 0)) {
    const name = token.at(-1) === 0x2f ? token.subarray(0, -1) : token;
    const path = prefix + showPath(name);
    const full = Buffer.concat([folder, name]);
    if (!real.holds(full)) continue;
    await files.look({ kind: 'file', path, repository: top }, full, (kind) => {
      if (kind === 'folder') inside.push(full.subarray(folder.length));
    });
  }
  await listing.done();
  await files.end();
  inside.sort((a, b) => Buffer.compare(a, b));
  for (const complaint of listing.complaints()) {
    const closed = /^could not open directory '(.*?)\/?': (.*)$/.exec(complaint);
    if (closed) sink.skip({ path: prefix + (closed[1] ?? ''), why: (closed[2] ?? '').toLowerCase() });
  }
  const nested: Repository[] = [];
  for (const name of inside) {
    const full = Buffer.concat([folder, name]);
    nested.push(...(await lookNested(sink, full, `${prefix}${showPath(name)}/`, files, signal)));
  }
  return nested;
}

/**
 * A repository inside the target: its files. Without a readable repository, all that lies there.
 * @returns the repository, and those inside it
 */
export async function lookNested(
  sink: Sink,
  folder: Buffer,
  path: string,
  files: FileLooker,
  signal: AbortSignal | undefined,
): Promise<readonly Repository[]> {
  const name = folder.toString();
  const found = hasGit(name) ? await findNested(sink, path, name, signal) : undefined;
  if (found?.top !== undefined && found.prefix === '')
    return [found, ...(await lookWorktree(sink, found, '', path, files))];
  await lookFolder(sink, folder, {
    signal,
    repository: name,
    prefix: path,
    files,
    nested: async () => false,
  });
  return [];
}

/** The repository at a folder inside the target; one that git refuses to read is named. */
export async function findNested(
  sink: Sink,
  path: string,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<Repository | undefined> {
  try {
    return await findRepository(folder, signal);
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof GitError || error instanceof SetupError)) throw error;
    sink.skip({ path, why: error.message });
    return undefined;
  }
}

/** Tells whether a path's folder can be reached without a symlink: behind one, git sees the file as deleted. */
class RealFolders {
  #last = Buffer.alloc(0);
  #real = false;

  holds(path: Buffer): boolean {
    const folder = path.subarray(0, path.lastIndexOf(0x2f));
    if (folder.equals(this.#last)) return this.#real;
    this.#last = Buffer.from(folder);
    try {
      this.#real = realpathSync.native(folder, { encoding: 'buffer' }).equals(folder);
    } catch {
      this.#real = false;
    }
    return this.#real;
  }
}

/** A folder that git ignores, named as the target: then the user means what git does not list. */
async function isIgnored(repository: Repository, below: string): Promise<boolean> {
  try {
    await answer(repository, ['check-ignore', '-q', '--', below]);
    return true;
  } catch (error) {
    if (error instanceof GitError) return false;
    throw error;
  }
}

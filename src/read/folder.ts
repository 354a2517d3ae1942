import { type Dirent, readdirSync } from 'node:fs';
import type { Sink } from '../model/index.ts';
import { whyNot } from './file.ts';
import type { FileLooker } from './files.ts';
import { showPath } from './path.ts';

const SLASH = Buffer.from('/');
export interface FolderOptions {
  readonly signal?: AbortSignal | undefined;
  /** Absolute path that origins name as their repository or folder. */
  readonly repository: string;
  /** Put before every path. */
  readonly prefix: string;
  readonly files: FileLooker;
  /** A folder that is left out: a git folder under another name. */
  readonly except?: string;
  /** Called for a folder that looks like a repository; true when it has been taken care of. */
  readonly nested: (folder: Buffer, path: string) => Promise<boolean>;
}

/**
 * Every regular file below a folder, in the order of names; `.git` is left to the history. Symlinks are not followed and
 * devices not opened.
 */
export async function lookFolder(sink: Sink, folder: Buffer, options: FolderOptions): Promise<void> {
  const except = Buffer.from(options.except ?? '');
  const { files, repository, signal } = options;
  const list = (at: Buffer, path: string): Dirent<Buffer>[] => {
    try {
      return readdirSync(at, { withFileTypes: true, encoding: 'buffer' });
    } catch (error) {
      sink.skip({ path: path.replace(/\/$/, '') || '.', why: whyNot(error) });
      return [];
    }
  };
  const walk = async (at: Buffer, path: string, entries: Dirent<Buffer>[]): Promise<void> => {
    signal?.throwIfAborted();
    entries.sort((a, b) => Buffer.compare(a.name, b.name));
    for (const entry of entries) {
      const full = Buffer.concat([at, SLASH, entry.name]);
      const shown = path + showPath(entry.name);
      if (entry.isDirectory()) {
        if (entry.name.equals(GIT) || full.equals(except)) continue;
        const inside = list(full, `${shown}/`);
        if (hasGit(inside) && (await options.nested(full, `${shown}/`))) continue;
        await walk(full, `${shown}/`, inside);
      } else if (entry.isFile()) {
        await files.look({ kind: 'file', path: shown, repository }, full);
      }
    }
  };
  await walk(folder, options.prefix, list(folder, options.prefix));
  await files.end();
}

const GIT = Buffer.from('.git');
const BARE = ['HEAD', 'objects', 'refs'].map((name) => Buffer.from(name));

/** A working tree, or a bare repository. */
function hasGit(entries: readonly Dirent<Buffer>[]): boolean {
  let bare = 0;
  for (const { name } of entries) {
    if (name.equals(GIT)) return true;
    if (BARE.some((one) => name.equals(one))) bare += 1;
  }
  return bare === BARE.length;
}

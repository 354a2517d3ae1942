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
  const walk = async (at: Buffer, path: string): Promise<void> => {
    signal?.throwIfAborted();
    let entries: Dirent<Buffer>[];
    try {
      entries = readdirSync(at, { withFileTypes: true, encoding: 'buffer' });
    } catch (error) {
      sink.skip({ path: path.replace(/\/$/, '') || '.', why: whyNot(error) });
      return;
    }
    entries.sort((a, b) => Buffer.compare(a.name, b.name));
    for (const entry of entries) {
      const full = Buffer.concat([at, SLASH, entry.name]);
      const shown = path + showPath(entry.name);
      if (entry.isDirectory()) {
        if (entry.name.equals(GIT) || full.equals(except)) continue;
        if (!(hasGitInside(full) && (await options.nested(full, `${shown}/`)))) await walk(full, `${shown}/`);
      } else if (entry.isFile()) {
        await files.look({ kind: 'file', path: shown, repository }, full);
      }
    }
  };
  await walk(folder, options.prefix);
  await files.end();
}

const GIT = Buffer.from('.git');

/** A working tree, or a bare repository. */
function hasGitInside(folder: Buffer): boolean {
  try {
    const names = new Set(readdirSync(folder, { encoding: 'latin1' }));
    return names.has('.git') || (names.has('HEAD') && names.has('objects') && names.has('refs'));
  } catch {
    return false;
  }
}

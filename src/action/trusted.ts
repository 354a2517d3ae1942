// The law of this file: what is judged does not write the law. keyburn.toml, the ignore file and the operator's own rules are
// taken from the trusted side by their object ids, never from the files of the checkout.

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, posix, relative, sep } from 'node:path';
import { SetupError } from '../model/index.ts';
import type { Copy } from './copy.ts';

/** The trusted side of a repository as files: each is written out when it is asked for. */
export class TrustedFiles {
  readonly folder: string;
  readonly #copy: Copy;
  readonly #oid: string;

  /** @param folder where they are written to, at their own paths */
  constructor(copy: Copy, oid: string, folder: string) {
    this.#copy = copy;
    this.#oid = oid;
    this.folder = folder;
  }

  /** A file, as a path of this machine; undefined where the trusted side has none. */
  async file(path: string): Promise<string | undefined> {
    const inside = this.#inside(path);
    const written = await this.#write(inside);
    return written.includes(inside) ? join(this.folder, ...inside.split('/')) : undefined;
  }

  /** A file, or all files of a folder, by the path that it will have on this machine. */
  async below(path: string): Promise<void> {
    await this.#write(this.#inside(relative(this.folder, path).split(sep).join('/')));
  }

  #inside(path: string): string {
    const inside = posix.normalize(path).replace(/\/+$/, '');
    if (isAbsolute(path) || inside === '..' || inside.startsWith('../'))
      throw new SetupError(`${path}: leads out of the repository`, {
        hint: 'name a file of the repository; it is read from the base branch',
      });
    return inside;
  }

  async #write(path: string): Promise<string[]> {
    const listed = (
      await this.#copy.ask([
        '--literal-pathspecs',
        'ls-tree',
        '-r',
        '-z',
        '--full-tree',
        this.#oid,
        '--',
        path,
      ])
    ).toString('utf8');
    const files = listed.split('\0').flatMap((entry) => {
      // A symlink (120000) could lead anywhere.
      const [, oid, name] = /^100(?:644|755) blob ([0-9a-f]+)\t(.+)$/s.exec(entry) ?? [];
      return oid === undefined || name === undefined ? [] : [{ oid, name }];
    });
    await this.#copy.fill(await this.#copy.lacking(files.map(({ oid }) => oid)));
    for (const { oid, name } of files) {
      const file = join(this.folder, ...name.split('/'));
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, await this.#copy.ask(['cat-file', 'blob', oid]));
    }
    return files.map(({ name }) => name);
  }
}

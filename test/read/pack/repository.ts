import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { git } from './reference.ts';

/** A bare repository. Commits wait until somebody asks for `directory` or `git`, then one `fast-import` writes them, loose. */
export interface Repository extends Disposable {
  readonly directory: string;
  git(args: readonly string[], input?: string | Uint8Array): Buffer;
  /** One more commit on main; file name to content. */
  commit(files: Readonly<Record<string, Uint8Array>>, message?: string): void;
}

export function makeRepository(options: readonly string[] = []): Repository {
  const directory = mkdtempSync(path.join(tmpdir(), 'keyburn-pack-'));
  git(directory, ['init', '-q', '--bare', '-b', 'main', ...options, '.']);
  let commits = 0;
  let waiting: Buffer[] = [];
  const line = (text: string): void => {
    waiting.push(Buffer.from(`${text}\n`));
  };
  const write = (): string => {
    const input = Buffer.concat(waiting);
    waiting = [];
    if (input.length > 0)
      git(directory, ['-c', 'fastimport.unpackLimit=100000', 'fast-import', '--quiet'], input);
    return directory;
  };
  return {
    get directory() {
      return write();
    },
    git: (args, input) => git(write(), args, input),
    commit(files, message = `commit ${commits} with a key in it`) {
      line('commit refs/heads/main');
      line(`committer A <a@example.invalid> ${1_700_000_000 + commits} +0000`);
      line(`data ${Buffer.byteLength(message)}`);
      line(message);
      if (commits > 0 && waiting.length === 4) line('from refs/heads/main^0');
      for (const [name, content] of Object.entries(files)) {
        line(`M 100644 inline ${name}`);
        line(`data ${content.length}`);
        waiting.push(Buffer.from(content));
        line('');
      }
      commits += 1;
    },
    [Symbol.dispose]: () => rmSync(directory, { recursive: true, force: true }),
  };
}

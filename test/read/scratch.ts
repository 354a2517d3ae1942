import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder of the test's own, gone when the test is over. */
export function scratch(): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'keyburn-read-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function write(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

/** A real git repository. Time moves on by a minute with each command, so that order in time is certain. */
export class Repo {
  readonly path: string;
  #minute = 0;

  constructor(path: string) {
    this.path = path;
  }

  static make(path: string = scratch(), ...args: string[]): Repo {
    mkdirSync(path, { recursive: true });
    const repo = new Repo(path);
    repo.git('init', '-q', '-b', 'main', ...args);
    return repo;
  }

  git(...args: string[]): string {
    return this.gitWith('', ...args);
  }

  gitWith(input: string | Uint8Array, ...args: string[]): string {
    const date = new Date(Date.UTC(2026, 0, 1, 0, this.#minute++)).toISOString();
    const env = {
      PATH: process.env.PATH,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'Ada',
      GIT_AUTHOR_EMAIL: 'ada@example.com',
      GIT_COMMITTER_NAME: 'Bob',
      GIT_COMMITTER_EMAIL: 'bob@example.com',
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_DATE: date,
      GIT_ALLOW_PROTOCOL: 'file',
    };
    return execFileSync('git', args, { cwd: this.path, env, input, stdio: ['pipe', 'pipe', 'pipe'] })
      .toString()
      .trim();
  }

  /** Writes, stages and commits. @returns the commit's object id */
  commit(files: Readonly<Record<string, string | Uint8Array>>, message = 'change'): string {
    write(this.path, files);
    this.git('add', '-A', '--force');
    this.git('commit', '-q', '--allow-empty', '-m', message);
    return this.git('rev-parse', 'HEAD');
  }

  oid(name: string): string {
    return this.git('rev-parse', name);
  }
}

// Bare repositories made quickly: one `git fast-import` each, no working tree.

import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

export interface Commit {
  readonly files: Readonly<Record<string, string>>;
  readonly message?: string;
  /** Full name of the ref; `refs/heads/main` where it is left out. */
  readonly ref?: string;
  /** Ref that the commit stands on, where it is not the same one: a forced push, a branch. Null: on nothing. */
  readonly from?: string | null;
}

const ENVIRONMENT = {
  PATH: process.env.PATH,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
};

export function git(folder: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd: folder, env: ENVIRONMENT, stdio: ['ignore', 'pipe', 'pipe'] })
    .toString()
    .trim();
}

export function makeBare(root: string, id: number): string {
  const folder = join(root, `${id}.git`);
  mkdirSync(folder, { recursive: true });
  git(folder, 'init', '-q', '--bare', '-b', 'main');
  return folder;
}

let clock = Date.UTC(2026, 0, 1) / 1_000;

/** Adds commits. @returns the tip of the last one's ref */
export function commit(folder: string, commits: readonly Commit[]): string {
  const stream: string[] = [];
  const started = new Set<string>();
  let last = 'refs/heads/main';
  for (const { files, message = 'work', ref = 'refs/heads/main', from } of commits) {
    last = ref;
    stream.push(`commit ${ref}\n`);
    stream.push(`committer Ada Example <ada@example.com> ${clock++} +0000\n`);
    stream.push(`data ${Buffer.byteLength(message)}\n${message}\n`);
    if (from !== undefined && from !== null) stream.push(`from ${from}\n`);
    else if (from === undefined && !started.has(ref) && has(folder, ref)) stream.push(`from ${ref}^0\n`);
    started.add(ref);
    for (const [path, text] of Object.entries(files))
      stream.push(`M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`);
  }
  execFileSync('git', ['fast-import', '--quiet', '--force'], {
    cwd: folder,
    env: ENVIRONMENT,
    input: stream.join(''),
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  return git(folder, 'rev-parse', last);
}

function has(folder: string, ref: string): boolean {
  return git(folder, 'for-each-ref', '--format=%(objectname)', ref) !== '';
}

/** A fork: the same objects, shared on this disk as a code host shares them. */
export function fork(root: string, from: number, id: number): string {
  const folder = join(root, `${id}.git`);
  git(root, 'clone', '-q', '--bare', '--shared', join(root, `${from}.git`), folder);
  return folder;
}

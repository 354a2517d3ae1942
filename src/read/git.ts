// The only door to git. The repository under scan may be hostile, so nothing that its config names is ever run: no
// hooks, no monitors, no filters, no external diffs, no pagers, and no network (GIT_ALLOW_PROTOCOL), which also keeps
// a partial clone from being filled behind the user's back. Content is streamed and never gathered.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { isAbsolute, relative, resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { SetupError } from '../model/index.ts';

const SAFE = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'protocol.ext.allow=never',
  'log.showSignature=false',
  // A pack of any size takes no more memory than this; by itself git keeps all of it mapped.
  'core.packedGitWindowSize=4m',
  'core.packedGitLimit=64m',
].flatMap((setting) => ['-c', setting]);

/** The user's own set-up, which may stay. Everything else called GIT_* would point git at another repository. */
const KEPT = new Set(['GIT_CONFIG_GLOBAL', 'GIT_CEILING_DIRECTORIES', 'GIT_EXEC_PATH']);
/** Settings that a user hands over in the environment: `safe.directory` in a container, say. Ours, by `-c`, win over them. */
const SETTING = /^GIT_CONFIG_(COUNT|KEY_\d+|VALUE_\d+)$/;
/** What git sets for its hooks: the next commit's own index, or objects in quarantine. Kept where it is this repository's. */
const IN_GIT_DIR = ['GIT_INDEX_FILE', 'GIT_OBJECT_DIRECTORY', 'GIT_QUARANTINE_PATH'];
const WITH_OBJECTS = 'GIT_ALTERNATE_OBJECT_DIRECTORIES';
const STDERR_KEPT = 8192;
/** Characters that are gathered for one write. */
const BLOCK = 16 * 1024;

/** Environment for any git command, clones included. */
export function gitEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_') || KEPT.has(name));
  return {
    ...Object.fromEntries(kept),
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_OPTIONAL_LOCKS: '0',
    LC_ALL: 'C',
  };
}

/** Where a git command runs: in a repository, whose folders are missing while it is still being looked for. */
export interface Where {
  readonly cwd: string;
  readonly gitDir?: string;
  readonly commonDir?: string;
  readonly signal?: AbortSignal | undefined;
}

/** Git said no. `said` is its own last word. */
export class GitError extends Error {
  override readonly name = 'GitError';
  readonly said: string;
  constructor(args: readonly string[], said: string) {
    super(`git ${args[0] ?? ''}: ${said}`);
    this.said = said;
  }
}

export interface GitProcess {
  readonly stdin: Writable;
  readonly stdout: AsyncIterable<Buffer>;
  /** Resolves when the process has ended; rejects with a GitError when it did not end well. */
  done(): Promise<void>;
  /** What git found wrong and lived through: something may have been left out. Complete after `done`. */
  complaints(): string[];
  /** Ends it early; `done` need not be awaited then. */
  stop(): void;
  /** Ends it because of an error, which `done` then throws. What it has printed can still be read. */
  fail(error: unknown): void;
}

/** Starts git. Its output must be read to the end, or `stop` called. */
export function git(where: Where, args: readonly string[]): GitProcess {
  const env = {
    ...gitEnvironment(),
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => SETTING.test(name))),
    ...ownOf(where),
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_NO_LAZY_FETCH: '1',
  };
  const child = spawn('git', [...SAFE, ...args], {
    cwd: where.cwd,
    env,
    stdio: 'pipe',
    ...(where.signal ? { signal: where.signal } : {}),
  });
  const { stdin, stdout, stderr } = child;
  let said = '';
  let failure: { readonly error: unknown } | undefined;
  stderr.on('data', (piece: Buffer) => {
    said = (said + piece.toString('utf8')).slice(-STDERR_KEPT);
  });
  // A git that died early closes its stdin under us; its exit code tells the story.
  stdin.on('error', () => {});
  const ended = once(child, 'close').then(
    () => undefined,
    (error: unknown) => error,
  );
  return {
    stdin,
    stdout,
    async done() {
      const error = await ended;
      where.signal?.throwIfAborted();
      if (failure) throw failure.error;
      if (error) throw notStarted(error, where.cwd);
      if (child.exitCode !== 0) throw trouble(args, said, where.cwd);
    },
    complaints() {
      return said.split('\n').flatMap((line) => /^(?:error|warning): (.*)$/.exec(line)?.[1] ?? []);
    },
    stop() {
      stdout.destroy();
      child.kill();
    },
    fail(error) {
      failure ??= { error };
      child.kill();
    },
  };
}

/** A short answer in one string. Throws a GitError. Only for output that is bounded by the question. */
export async function answer(where: Where, args: readonly string[]): Promise<string> {
  return (await answerBytes(where, args)).toString('utf8');
}

export async function answerBytes(
  where: Where,
  args: readonly string[],
  input: Iterable<string> = [],
): Promise<Buffer> {
  const process = git(where, args);
  feed(process, input);
  const pieces: Buffer[] = [];
  for await (const piece of process.stdout) pieces.push(piece);
  await process.done();
  return Buffer.concat(pieces);
}

/** Waits for the end. @returns git's word on what went wrong, undefined where nothing did */
export async function faultOf(process: GitProcess): Promise<string | undefined> {
  try {
    await process.done();
    return undefined;
  } catch (error) {
    if (error instanceof GitError) return error.said;
    throw error;
  }
}

/**
 * Writes lines to git and closes its stdin, at the pace at which git reads. A git that stops reading is no error here: how
 * it ended says more. An error of the lines themselves ends git, and `done` throws it.
 */
export function feed(process: GitProcess, lines: Iterable<string> | AsyncIterable<string>): void {
  const { stdin } = process;
  const write = async () => {
    let block = '';
    for await (const line of lines) {
      block += `${line}\n`;
      if (block.length < BLOCK) continue;
      if (!stdin.writable) return;
      if (!stdin.write(block)) await drained(stdin);
      block = '';
    }
    stdin.end(block);
  };
  write().catch((error: unknown) => process.fail(error));
}

/** Waits until more can be written, or nothing ever can. */
async function drained(stdin: Writable): Promise<void> {
  if (stdin.destroyed) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  stdin.once('drain', resolve).once('close', resolve);
  await promise;
  stdin.off('drain', resolve).off('close', resolve);
}

/** Splits a stream at a byte and gives every token without it. A token is held whole: bounded by what git prints. */
export async function* split(stream: AsyncIterable<Buffer>, separator: number): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  for await (const piece of stream) {
    let from = 0;
    for (let at = piece.indexOf(separator); at >= 0; at = piece.indexOf(separator, from)) {
      const token = piece.subarray(from, at);
      yield rest.length > 0 ? Buffer.concat([...rest, token]) : token;
      rest = [];
      from = at + 1;
    }
    if (from < piece.length) rest.push(piece.subarray(from));
  }
  if (rest.length > 0) yield Buffer.concat(rest);
}

function ownOf(where: Where): NodeJS.ProcessEnv {
  const own: NodeJS.ProcessEnv = {};
  const folders = [where.gitDir, where.commonDir].filter((folder) => folder !== undefined);
  for (const name of IN_GIT_DIR) {
    const value = process.env[name];
    if (value && folders.some((folder) => isInside(folder, resolve(value)))) own[name] = resolve(value);
  }
  const others = process.env[WITH_OBJECTS];
  if (own.GIT_OBJECT_DIRECTORY !== undefined && others) own[WITH_OBJECTS] = others;
  return own;
}

/** Whether a path is a folder or lies below it; both absolute. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return !way.startsWith('..') && !isAbsolute(way);
}

function notStarted(error: unknown, cwd: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EACCES')
    return new SetupError(`${cwd}: permission denied`, {
      hint: 'run keyburn as a user who may read it',
      cause: error,
    });
  if (code !== 'ENOENT') return error;
  return new SetupError('git was not found', {
    hint: 'install git 2.31 or newer, or put it on the PATH',
    cause: error,
  });
}

function trouble(args: readonly string[], said: string, cwd: string): Error {
  const owner = /detected dubious ownership in repository at '([^']*)'/.exec(said);
  if (owner) {
    const path = owner[1] ?? cwd;
    return new SetupError(`${path}: the repository belongs to another user, so git will not read it`, {
      hint: `if you trust it: git config --global --add safe.directory '${path}'`,
    });
  }
  const lines = said.trim().split('\n');
  const fatal = lines.findLast((line) => /^(fatal|error):/.test(line)) ?? lines.at(-1) ?? '';
  return new GitError(args, fatal.replace(/^(fatal|error): /, '') || 'it ended without a word');
}

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { SetupError } from '../model/index.ts';
import { answer, GitError, type Where } from './git.ts';

export interface Repository extends Where {
  /** Where commands run: the top of the working tree, or the git folder. */
  readonly cwd: string;
  /** Absolute; of this working tree. */
  readonly gitDir: string;
  /** Absolute; shared by all working trees of the repository. Objects and refs live here. */
  readonly commonDir: string;
  /** Absolute path of the top of the working tree, where there is one. */
  readonly top?: string;
  /** From the top to the folder that was asked for: empty or ending in a slash. */
  readonly prefix: string;
  readonly bare: boolean;
  readonly shallow: boolean;
  readonly format: 'sha1' | 'sha256';
  /** The URL that it was cloned from, without credentials. */
  readonly clonedFrom?: string;
  /** Known to be no partial clone: git need not be asked. */
  readonly whole?: boolean;
}

/** How the repository is named in origins and places: the folder of a temporary clone means nothing to anybody. */
export function nameOf(repository: Repository): string {
  return repository.clonedFrom ?? repository.top ?? repository.gitDir;
}

const QUESTIONS = [
  '--is-bare-repository',
  '--is-inside-work-tree',
  '--is-shallow-repository',
  '--show-object-format',
  '--absolute-git-dir',
  '--git-common-dir',
];
/** Git fails where there is no working tree. */
const OF_TREE = ['--show-prefix', '--show-toplevel'];

/** The repository that a folder is in; undefined where it is in none. Throws SetupError when git refuses to read it. */
export async function findRepository(folder: string, signal?: AbortSignal): Promise<Repository | undefined> {
  const where: Where = { cwd: folder, signal };
  let lines: string[];
  try {
    lines = await answers(where);
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    if (/not a git repository/i.test(error.said)) return undefined;
    throw new SetupError(`${folder}: git cannot read this repository: ${error.said}`, {
      hint: 'git status there says the same',
      cause: error,
    });
  }
  const [bare, inside, shallow, format, gitDir = '', common = ''] = lines;
  const shared = {
    gitDir,
    commonDir: resolve(folder, common),
    shallow: shallow === 'true',
    format: format === 'sha256' ? 'sha256' : 'sha1',
    signal,
  } as const;
  if (inside !== 'true') return { ...shared, cwd: gitDir, prefix: '', bare: bare === 'true' };
  const [prefix, top] = await treeOf(where, lines);
  return { ...shared, cwd: top, top, prefix, bare: false };
}

/** Lines, the last of them empty. */
async function answers(where: Where): Promise<string[]> {
  const lines = (questions: readonly string[]) =>
    answer(where, ['rev-parse', ...questions]).then((text) => text.split('\n'));
  try {
    return await lines([...QUESTIONS, ...OF_TREE]);
  } catch (error) {
    if (error instanceof GitError && /must be run in a work tree/.test(error.said))
      return await lines(QUESTIONS);
    throw error;
  }
}

async function treeOf(where: Where, lines: readonly string[]): Promise<[prefix: string, top: string]> {
  const [prefix = '', top = ''] = lines.slice(QUESTIONS.length);
  if (lines.length === QUESTIONS.length + OF_TREE.length + 1) return [prefix, top];
  // A path has line ends in it: each on its own.
  const [one = '', other = ''] = await Promise.all(
    OF_TREE.map(async (what) => stripEnd(await answer(where, ['rev-parse', what]))),
  );
  return [one, other];
}

/** A bare repository that keyburn itself has made and fetched whole: what git would say of it is known. */
export function bareWhole(folder: string, signal?: AbortSignal): Repository | undefined {
  if (existsSync(resolve(folder, 'shallow'))) return undefined;
  return {
    cwd: folder,
    gitDir: folder,
    commonDir: folder,
    prefix: '',
    bare: true,
    shallow: false,
    format: 'sha1',
    whole: true,
    ...(signal === undefined ? {} : { signal }),
  };
}

/** Whether a folder looks like the top of a repository, without asking git. */
export function hasGit(folder: string): boolean {
  return existsSync(resolve(folder, '.git'));
}

function stripEnd(text: string): string {
  return text.endsWith('\n') ? text.slice(0, -1) : text;
}

import { createReadStream, realpathSync, type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { SetupError } from '../model/index.ts';
import { clone, isAddress, tipsOf } from './clone.ts';
import { isGitHubTarget, openGitHub } from './github/index.ts';
import type { Reader, ReadOptions } from './options.ts';
import { fileReader, folderReader, streamReader } from './plain-reader.ts';
import { withoutCredentials } from './remote.ts';
import { bareWhole, findRepository } from './repository.ts';
import { RepositoryReader } from './repository-reader.ts';

/**
 * Finds out what a target is. `-` is stdin; an address is cloned first; a path may be a folder, a git repository of any
 * kind, a file, or a pipe. Throws SetupError when it is none of these or does not fit the options.
 */
export async function open(target: string, options: ReadOptions): Promise<Reader> {
  const { signal } = options;
  if (target === '-') {
    if (!options.stdin) throw new SetupError('-: there is no stdin to read');
    return streamReader(target, options.stdin, plainOnly(target, options));
  }
  const stat = statOf(target);
  if (!stat && isGitHubTarget(target)) return await openHosted(target, options);
  if (!stat && isAddress(target)) return await openAddress(target, options);
  if (!stat)
    throw new SetupError(`${target}: no such file or folder`, {
      hint: 'give a path, a git address, or - for stdin',
    });
  const path = realpathSync(target);
  if (stat.isDirectory()) {
    const repository = await findRepository(path, signal);
    if (repository) return new RepositoryReader(target, path, repository, options);
    return folderReader(target, path, plainOnly(target, options));
  }
  if (stat.isFile()) {
    const plain = plainOnly(target, options, 'file');
    return fileReader(target, path, await repositoryAround(dirname(path), options), plain);
  }
  return streamReader(target, createReadStream(path), plainOnly(target, options));
}

/** What a code host keeps beside the code. A clone that is made on the way is read whole, whatever part of this target is wanted. */
async function openHosted(target: string, options: ReadOptions): Promise<Reader> {
  const { hosted, mode, signal } = options;
  if (hosted === undefined)
    throw new SetupError(`${target}: GitHub cannot be asked`, { hint: 'leave --offline out' });
  if (mode.kind !== 'all' && mode.kind !== 'since') plainOnly(target, options);
  const since = mode.kind === 'since' ? dateOf(mode.rev, target) : undefined;
  const whole: ReadOptions = { ...options, history: 'auto', mode: { kind: 'all' } };
  const wanted = since === undefined ? hosted : { ...hosted, since };
  return await openGitHub(target, wanted, signal, {
    open: (address) => openAddress(address, whole),
    tips: (address) => tipsOf(address, signal),
  });
}

function dateOf(text: string, target: string): string {
  if (!/^\d{4}-\d\d-\d\d/.test(text) || Number.isNaN(Date.parse(text)))
    throw new SetupError(`--since ${text}: ${target} needs a date`, { hint: 'write it as 2026-11-21' });
  return new Date(text).toISOString().replace('.000Z', 'Z');
}

async function openAddress(target: string, options: ReadOptions): Promise<Reader> {
  if (options.offline === true && !target.toLowerCase().startsWith('file:'))
    throw new SetupError(`${withoutCredentials(target)}: cannot be cloned without the network`, {
      hint: 'leave --offline out, or clone it first and name the folder',
    });
  const made = await (options.copyOf?.(target) ?? clone(target, options.signal));
  try {
    const known = made.whole === true ? bareWhole(made.folder, options.signal) : undefined;
    const repository = known ?? (await findRepository(made.folder, options.signal));
    if (!repository) throw new SetupError(`${made.url}: the clone is not a git repository`);
    return new RepositoryReader(target, made.folder, { ...repository, clonedFrom: made.url }, options, () =>
      made.remove(),
    );
  } catch (error) {
    await made.remove();
    throw error;
  }
}

/** A file is read whether or not git would read the repository around it; that is only asked for its author. */
async function repositoryAround(folder: string, options: ReadOptions) {
  if (!options.attribution) return undefined;
  try {
    return await findRepository(folder, options.signal);
  } catch (error) {
    if (error instanceof SetupError) return undefined;
    throw error;
  }
}

function plainOnly(target: string, options: ReadOptions, what = 'target'): ReadOptions {
  const wantsGit = options.mode.kind !== 'all' || (options.history === 'yes' && what !== 'file');
  if (wantsGit)
    throw new SetupError(`${target}: not a git repository`, {
      hint: '--history, --staged, --since and --range need one; leave them out to read what is there',
    });
  return options;
}

function statOf(target: string): Stats | undefined {
  try {
    return statSync(target);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return undefined;
    throw new SetupError(`${target}: cannot be read (${String(code)})`, {
      hint: code === 'ELOOP' ? 'its symlinks run in a circle' : 'check its permissions',
      cause: error,
    });
  }
}

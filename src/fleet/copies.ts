// Copies of repositories for commands that read a key again: the mirrors of org-wide scans, with their credentials.

import { join } from 'node:path';
import type { Base, Surroundings } from '../equip/index.ts';
import { clone, type ReadOptions } from '../read/index.ts';
import type { Ledger } from '../record/index.ts';
import { apiOf, credentialsOf, isShared } from './equipment.ts';
import { createGitHub, type GitHub } from './github.ts';
import { fetchAll, mirrorName } from './history.ts';
import { createMirrors } from './mirrors.ts';

const DISK = 20e9;
const MOST = 5e9;

/** Undefined where the ledger knows of no org-wide scan: then addresses are cloned as always. */
export async function copiesOf(
  around: Surroundings,
  made: Base,
  ledger: Ledger,
  baseUrl: string | undefined,
): Promise<ReadOptions['copyOf'] | undefined> {
  const { known } = await ledger.fleet.counts('');
  if (known === 0) return undefined;
  const { signal } = around;
  const api = apiOf(baseUrl);
  const mirrors = createMirrors({
    folder: join(made.home, 'mirrors'),
    mostBytes: DISK,
    mostOfOne: MOST,
    signal,
  });
  let github: Promise<GitHub> | undefined;
  return async (address) => {
    const repository = await ledger.fleet.repositoryAt(address);
    if (repository === undefined) return await clone(address, signal);
    github ??= createGitHub({
      api,
      credentials: credentialsOf(api, made, around.env),
      owner: repository.name.split('/')[0],
      store: ledger.fleet,
      signal,
      shared: isShared(around, made),
      waiting: () => undefined,
      count: () => undefined,
    });
    const tools = { github: await github, mirrors };
    const mirror = await mirrors.take(mirrorName(repository));
    try {
      await fetchAll(repository, mirror, tools);
    } catch (error) {
      await mirror.release();
      throw error;
    }
    return { folder: mirror.folder, url: repository.url, whole: true, remove: () => mirror.release() };
  };
}

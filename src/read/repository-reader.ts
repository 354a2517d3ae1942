import { relative } from 'node:path';
import { SetupError, type Sink } from '../model/index.ts';
import { lookCommits, rangeOf, resolveRange } from './commits.ts';
import { lookNamed } from './every-object.ts';
import { lookFilesHere } from './files.ts';
import { lookFolder } from './folder.ts';
import { GitError, isInside } from './git.ts';
import { history } from './history.ts';
import type { LocateOptions } from './locate.ts';
import { Locator } from './locator.ts';
import { ObjectLooker } from './object-looker.ts';
import {
  type Located,
  type Mode,
  type Reader,
  type ReadOptions,
  type Sighting,
  wantsArchives,
} from './options.ts';
import type { ReadPack } from './pack/index.ts';
import { nameOf, type Repository } from './repository.ts';
import { lookStaged } from './staged.ts';
import { lookNested, lookWorktree } from './worktree.ts';

/** A git repository: its working tree at or below the target, and what it remembers. */
export class RepositoryReader implements Reader {
  readonly target: string;
  readonly #path: string;
  readonly #repository: Repository;
  readonly #options: ReadOptions;
  readonly #locator: Locator;
  readonly #remove: () => Promise<void>;
  readonly #packs: ReadPack[] = [];

  /** @param path absolute, without symlinks: paths of files count from here */
  constructor(
    target: string,
    path: string,
    repository: Repository,
    options: ReadOptions,
    remove: () => Promise<void> = async () => {},
  ) {
    if (options.mode.kind === 'staged' && repository.top === undefined)
      throw new SetupError(`${target}: nothing can be staged in a bare repository`);
    this.target = target;
    this.#path = path;
    this.#repository = repository;
    this.#options = options;
    this.#locator = new Locator(options);
    this.#remove = remove;
    this.#know(repository, { packs: () => this.#packs });
  }

  async run(sink: Sink): Promise<void> {
    const { mode, history: wanted } = this.#options;
    const repository = this.#repository;
    switch (mode.kind) {
      case 'all': {
        await this.#soFarAsGitCan(sink, 'the files', () => this.#lookFiles(sink));
        if (wanted === 'no') return;
        await this.#soFarAsGitCan(sink, 'the history', () =>
          history(repository, sink, { ...this.#options, onPacks: (packs) => this.#packs.push(...packs) }),
        );
        return;
      }
      case 'staged':
        this.#know(repository, { staged: await lookStaged(sink, repository) });
        return;
      case 'since':
      case 'range':
        return await this.#lookRange(sink, await resolveRange(repository, mode));
      case 'commits':
        return await this.#lookCommits(sink, mode);
    }
  }

  async locate(sightings: readonly Sighting[]): Promise<readonly Located[]> {
    return await this.#locator.locate(sightings);
  }

  async close(): Promise<void> {
    await this.#remove();
  }

  /** A repository that is damaged beyond what its readers get around is a gap, and what was found is not lost. */
  async #soFarAsGitCan(sink: Sink, what: string, look: () => Promise<void>): Promise<void> {
    try {
      await look();
    } catch (error) {
      if (!(error instanceof GitError)) throw error;
      sink.skip({ path: nameOf(this.#repository), why: `git cannot read ${what}: ${error.said}` });
    }
  }

  async #lookRange(sink: Sink, range: readonly string[]): Promise<void> {
    this.#know(this.#repository, { range });
    await lookCommits(sink, this.#repository, range);
  }

  async #lookCommits(sink: Sink, mode: Mode & { kind: 'commits' }): Promise<void> {
    const range = rangeOf(mode);
    if (mode.objects === undefined) return await this.#lookRange(sink, range);
    const repository = this.#repository;
    if (mode.tips.length > 0) await lookCommits(sink, repository, range);
    const looker = new ObjectLooker(sink, nameOf(repository));
    await lookNamed(repository, sink, looker, mode.objects);
  }

  async #lookFiles(sink: Sink): Promise<void> {
    const repository = this.#repository;
    const know = (nested: readonly Repository[]) => {
      for (const inside of nested) this.#know(inside);
      return nested.length > 0;
    };
    const { signal, openFiles = lookFilesHere } = this.#options;
    const files = openFiles(sink, signal, wantsArchives(this.#options));
    if (repository.top !== undefined)
      know(await lookWorktree(sink, repository, repository.prefix, '', files));
    else if (!isInside(repository.gitDir, this.#path) && !isInside(repository.commonDir, this.#path)) {
      // Beside a git folder that says it is bare: working trees may stand here, and whatever else does is not git's.
      const nested = async (folder: Buffer, path: string) =>
        know(await lookNested(sink, folder, path, files, signal));
      const folder = Buffer.from(this.#path);
      await lookFolder(sink, folder, {
        signal,
        repository: this.#path,
        prefix: '',
        files,
        except: repository.commonDir,
        nested,
      });
    }
  }

  #know(repository: Repository, more: Pick<LocateOptions, 'range' | 'staged' | 'packs'> = {}): void {
    const top = repository.top ?? this.#path;
    this.#locator.add(
      repository,
      (path) => relative(top, `${this.#path}/${path}`).replaceAll('\\', '/'),
      more,
    );
  }
}

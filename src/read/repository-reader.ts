import { relative } from 'node:path';
import { SetupError, type Sink } from '../model/index.ts';
import { lookCommits, resolveRange } from './commits.ts';
import { history } from './history.ts';
import { Locator } from './locator.ts';
import type { Located, Reader, ReadOptions, Sighting } from './options.ts';
import type { Repository } from './repository.ts';
import { lookStaged } from './staged.ts';
import { lookWorktree } from './worktree.ts';

/** A git repository: its working tree at or below the target, and what it remembers. */
export class RepositoryReader implements Reader {
  readonly target: string;
  readonly #path: string;
  readonly #repository: Repository;
  readonly #options: ReadOptions;
  readonly #locator: Locator;
  readonly #remove: () => Promise<void>;

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
    this.#know(repository, {});
  }

  async run(sink: Sink): Promise<void> {
    const { mode, history: wanted } = this.#options;
    const repository = this.#repository;
    switch (mode.kind) {
      case 'all': {
        const nested = await lookWorktree(sink, repository, repository.prefix, '');
        for (const inside of nested) this.#know(inside, {});
        if (wanted !== 'no') await history(repository, sink, this.#options);
        return;
      }
      case 'staged':
        this.#know(repository, { staged: await lookStaged(sink, repository) });
        return;
      case 'since':
      case 'range': {
        const range = await resolveRange(repository, mode);
        this.#know(repository, { range });
        await lookCommits(sink, repository, range);
      }
    }
  }

  async locate(sightings: readonly Sighting[]): Promise<readonly Located[]> {
    return await this.#locator.locate(sightings);
  }

  async close(): Promise<void> {
    await this.#remove();
  }

  #know(
    repository: Repository,
    more: { range?: readonly string[]; staged?: ReadonlyMap<string, readonly string[]> },
  ): void {
    const top = repository.top ?? this.#path;
    this.#locator.add(
      repository,
      (path) => relative(top, `${this.#path}/${path}`).replaceAll('\\', '/'),
      more,
    );
  }
}

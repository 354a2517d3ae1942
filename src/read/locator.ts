import { GitError } from './git.ts';
import { type LocateOptions, locateIn, plainPlace } from './locate.ts';
import type { Located, ReadOptions, Sighting } from './options.ts';
import { nameOf, type Repository } from './repository.ts';

type Shared = Pick<LocateOptions, 'attribution' | 'exhaustive' | 'shelf' | 'runCensus'>;
type Own = Omit<LocateOptions, keyof Shared>;

/** Sends every sighting to the repository that it comes from. */
export class Locator {
  readonly #shared: Shared;
  readonly #known = new Map<string, { repository: Repository; own: Own }>();

  constructor(options: ReadOptions) {
    const { attribution, exhaustive, memory, runCensus } = options;
    this.#shared = {
      attribution,
      exhaustive,
      ...(memory === undefined ? {} : { shelf: memory.shelf }),
      ...(runCensus === undefined ? {} : { runCensus }),
    };
  }

  /** @param inRepository from the path of a file origin to the path from the repository's top */
  add(
    repository: Repository,
    inRepository: (path: string) => string | undefined,
    own: Omit<Own, 'inRepository'> = {},
  ): void {
    this.#known.set(nameOf(repository), { repository, own: { ...own, inRepository } });
  }

  async locate(sightings: readonly Sighting[]): Promise<Located[]> {
    const groups = Map.groupBy(sightings, ({ origin }) =>
      origin.kind === 'stream' ? undefined : origin.repository,
    );
    const located = new Map<Sighting, Located>();
    for (const [name, group] of groups) {
      const found = await this.#locateGroup(name, group);
      for (const [index, sighting] of group.entries())
        located.set(sighting, found[index] ?? nowhere(sighting));
    }
    return sightings.map((sighting) => located.get(sighting) ?? nowhere(sighting));
  }

  async #locateGroup(name: string | undefined, group: readonly Sighting[]): Promise<Located[]> {
    const known = name === undefined ? undefined : this.#known.get(name);
    if (!known) return group.map(nowhere);
    try {
      return await locateIn(known.repository, group, { ...known.own, ...this.#shared });
    } catch (error) {
      // A repository that cannot be asked any more must not lose what was found in it.
      if (error instanceof GitError) return group.map(nowhere);
      throw error;
    }
  }
}

function nowhere(sighting: Sighting): Located {
  return { places: [{ place: plainPlace(sighting), pushed: 'unknown' }] };
}

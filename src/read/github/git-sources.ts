// What GitHub keeps in repositories of their own: wikis and gists, with their history.

import { createHash } from 'node:crypto';
import { SetupError } from '../../model/index.ts';
import type { Located, PlaceWithReach, Reader, Sighting } from '../options.ts';
import { web } from './prose.ts';
import { type Item, isItem, type ReadSource, type SourceTools, textOf } from './source.ts';

/** Told when a clone has been read. */
type Opened = (reader: Reader) => Promise<void>;

/** A wiki is there once somebody has written its first page. */
export function wiki(opened: Opened): ReadSource {
  return async (tools, given, keep) => {
    const address = `${web(tools)}.wiki.git`;
    const page = (path: string, commit: string | undefined): string =>
      `${web(tools)}/wiki/${encodeURIComponent(path.replace(/\.[^./]+$/, '').replace(/^.*\//, ''))}${commit === undefined ? '' : `/${commit}`}`;
    let tips: string;
    try {
      tips = await tools.tipsOf(address);
    } catch (error) {
      tools.signal?.throwIfAborted();
      if (error instanceof SetupError && isMissing(error)) return 'none';
      throw error;
    }
    const cursor = { tips: createHash('sha256').update(tips).digest('hex') };
    if (isItem(given) && given.tips === cursor.tips) return 'unchanged';
    const reader = await tools.openGit(address);
    const placed = placedBy(reader, (one) => ({
      ...one,
      place: { ...one.place, url: page(one.place.path, one.place.commit) },
    }));
    try {
      await reader.run(tools.sink);
    } finally {
      await opened(placed);
    }
    keep(cursor);
    return 'read';
  };
}

/** Public and secret gists of a user; a secret one can be read by whoever has its address. */
export async function readGist(tools: SourceTools, gist: Item, opened: Opened): Promise<void> {
  const id = textOf(gist, 'id');
  const url = textOf(gist, 'html_url');
  const isPublic = gist.public === true;
  const reader = await tools.openGit(textOf(gist, 'git_pull_url'));
  const owner = isItem(gist.owner) ? textOf(gist.owner, 'login') : '';
  const placed = placedBy(reader, (one) => {
    const { commit, line, path } = one.place;
    const anchor = `#file-${path.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-L${line}`;
    return {
      ...one,
      exposure: isPublic ? ('public' as const) : ('unknown' as const),
      place: {
        ...one.place,
        url: `${url === '' ? `https://gist.github.com/${owner}/${id}` : url}${commit === undefined ? '' : `/${commit}`}${anchor}`,
      },
    };
  });
  try {
    await reader.run(tools.sink);
  } finally {
    await opened(placed);
  }
}

function placedBy(reader: Reader, change: (place: PlaceWithReach) => PlaceWithReach): Reader {
  return {
    target: reader.target,
    run: (sink) => reader.run(sink),
    close: () => reader.close(),
    async locate(sightings: readonly Sighting[]): Promise<readonly Located[]> {
      const located = await reader.locate(sightings);
      return located.map(({ places }) => ({ places: places.map(change) }));
    },
  };
}

/** What git and GitHub say of a repository that is not there. */
function isMissing({ message }: SetupError): boolean {
  return /not found|does not exist|could not read from remote repository/i.test(message);
}

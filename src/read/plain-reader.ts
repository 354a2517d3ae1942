import { relative } from 'node:path';
import type { Sink } from '../model/index.ts';
import { type FileLooker, lookFilesHere } from './files.ts';
import { lookFolder } from './folder.ts';
import { history } from './history.ts';
import { Locator } from './locator.ts';
import { type Reader, type ReadOptions, wantsArchives } from './options.ts';
import type { Repository } from './repository.ts';
import { lookStream } from './stream.ts';
import { findNested, lookWorktree } from './worktree.ts';

const nothing = async (): Promise<void> => {};

/** Stdin, or a pipe that was named as the target. */
export function streamReader(
  target: string,
  stream: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): Reader {
  const locator = new Locator(options);
  return {
    target,
    run: (sink) => lookStream(sink, { kind: 'stream', path: target }, stream, options.signal),
    locate: (sightings) => locator.locate(sightings),
    close: nothing,
  };
}

/** @param path absolute, without symlinks */
export function fileReader(
  target: string,
  path: string,
  around: Repository | undefined,
  options: ReadOptions,
): Reader {
  const locator = new Locator(options);
  const repository = around?.top;
  if (around && repository !== undefined) locator.add(around, () => slashes(relative(repository, path)));
  const origin = {
    kind: 'file',
    path: slashes(target),
    ...(repository === undefined ? {} : { repository }),
  } as const;
  return {
    target,
    async run(sink) {
      const { signal, openFiles = lookFilesHere } = options;
      const files = openFiles(sink, signal, { archives: true });
      await files.look(origin, Buffer.from(path), (kind) => {
        if (kind === 'missing') sink.skip({ path: target, why: 'it went away before it was read' });
      });
      await files.end();
    },
    locate: (sightings) => locator.locate(sightings),
    close: nothing,
  };
}

/** A folder outside any repository; repositories inside it, bare ones too, are read as such, history and all. */
export function folderReader(target: string, path: string, options: ReadOptions): Reader {
  const { signal, openFiles = lookFilesHere } = options;
  const locator = new Locator(options);
  const remembered = new Set<string>();
  const know = (repository: Repository) =>
    locator.add(repository, (file) => slashes(relative(repository.top ?? path, `${path}/${file}`)));
  const nestedIn = (sink: Sink, files: FileLooker) => async (folder: Buffer, prefix: string) => {
    const found = await findNested(sink, prefix, folder.toString(), signal);
    if (found === undefined || ![found.top, found.gitDir].includes(folder.toString())) return false;
    know(found);
    for (const inside of await lookWorktree(sink, found, '', prefix, files)) know(inside);
    // Two working trees of one repository have one history.
    if (options.history === 'no' || remembered.has(found.commonDir)) return true;
    remembered.add(found.commonDir);
    await history(found, sink, options);
    return true;
  };
  return {
    target,
    async run(sink) {
      const files = openFiles(sink, signal, wantsArchives(options));
      const nested = nestedIn(sink, files);
      await lookFolder(sink, Buffer.from(path), { signal, repository: path, prefix: '', files, nested });
    },
    locate: (sightings) => locator.locate(sightings),
    close: nothing,
  };
}

function slashes(path: string): string {
  return path.replaceAll('\\', '/');
}

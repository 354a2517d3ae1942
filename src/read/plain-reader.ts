import { relative } from 'node:path';
import type { Sink } from '../model/index.ts';
import { lookFile } from './file.ts';
import { lookFolder } from './folder.ts';
import { history } from './history.ts';
import { Locator } from './locator.ts';
import type { Reader, ReadOptions } from './options.ts';
import { findRepository, type Repository } from './repository.ts';
import { lookStream } from './stream.ts';
import { lookWorktree } from './worktree.ts';

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
      const kind = await lookFile(sink, origin, path, options.signal);
      if (kind === 'missing') sink.skip({ path: target, why: 'it went away before it was read' });
    },
    locate: (sightings) => locator.locate(sightings),
    close: nothing,
  };
}

/** A folder outside any repository; repositories inside it are read as such, history and all. */
export function folderReader(target: string, path: string, options: ReadOptions): Reader {
  const locator = new Locator(options);
  const nestedIn = (sink: Sink) => async (folder: Buffer, prefix: string) => {
    const found = await findRepository(folder.toString(), options.signal).catch(() => undefined);
    if (found?.top === undefined || found.prefix !== '') return false;
    for (const inside of [found, ...(await lookWorktree(sink, found, '', prefix))]) {
      locator.add(inside, (file) => slashes(relative(inside.top ?? path, `${path}/${file}`)));
    }
    if (options.history !== 'no') await history(found, sink, options);
    return true;
  };
  return {
    target,
    run: (sink) =>
      lookFolder(sink, Buffer.from(path), {
        signal: options.signal,
        repository: path,
        prefix: '',
        nested: nestedIn(sink),
      }),
    locate: (sightings) => locator.locate(sightings),
    close: nothing,
  };
}

function slashes(path: string): string {
  return path.replaceAll('\\', '/');
}

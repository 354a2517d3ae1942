// Files in the storage that GitHub refers to, and listings of them that are done with page by page.

import { Exhausted, Refusal } from './ask.ts';
import { TRIED_AGAIN } from './names.ts';
import { openRemoteFile } from './remote-file.ts';
import { isItem, type SourceTools, type Spot, textOf } from './source.ts';

/** Larger files are named and left alone. */
const LARGEST = 4 * 1024 ** 3;

/** What is not there any more is counted, and said once for each answer: no later scan can do better. */
export class Gone {
  readonly #why = new Map<string, string[]>();

  add(path: string, refusal: Refusal): void {
    this.#why.set(refusal.message, [...(this.#why.get(refusal.message) ?? []), path]);
  }

  say(tools: SourceTools): void {
    if (tools.lasting) return;
    for (const [why, [first = '', ...others]] of this.#why)
      tools.skip(others.length === 0 ? first : `${first} and ${others.length} more`, why);
  }
}

/** One page of a listing that was done with as it stood: while its tag holds there is nothing to do on it, and asking is free. */
export interface Tagged {
  readonly etag: string;
  readonly more: boolean;
}

export function taggedOf(given: unknown): readonly Tagged[] {
  const pages = isItem(given) && Array.isArray(given.pages) ? given.pages.filter(isItem) : [];
  return pages.map((page) => ({ etag: textOf(page, 'etag'), more: page.more === true }));
}

/** @returns whether it is done with: read, or gone for good */
export async function lookRemote(
  tools: SourceTools,
  spot: Spot,
  path: string,
  gone: Gone,
  { zip = false, accept, size = 0 }: { zip?: boolean; accept?: string; size?: number },
): Promise<boolean> {
  if (size > LARGEST) {
    tools.skip(spot.path, `it has ${size} bytes, more than ${LARGEST}: get it and scan it as a file`);
    return true;
  }
  try {
    const file = await openRemoteFile(tools.ask, path, accept);
    await tools.shown.file(tools, spot, file, zip || isZip(file));
    return true;
  } catch (error) {
    tools.signal?.throwIfAborted();
    if (error instanceof Exhausted) throw error;
    if (error instanceof Refusal) {
      if (error.status === 404 || error.status === 410) {
        gone.add(spot.path, error);
        return true;
      }
      // The others would be refused just the same.
      if (error.status === 401 || error.status === 403 || error.status === 429) throw error;
    }
    tools.skip(spot.path, `${error instanceof Error ? error.message : String(error)}; ${TRIED_AGAIN}`);
    return false;
  }
}

function isZip(file: Awaited<ReturnType<typeof openRemoteFile>>): boolean {
  return file.head.subarray(0, 2).toString('latin1') === 'PK';
}

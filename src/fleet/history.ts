// The git history of a repository, as far as it is new. The laws: tips are taken from the mirror after the fetch, so that nothing
// between two questions is lost; a commit that another repository of the fork network showed to as many readers is not read twice;
// an old tip that a forced push took away still bounds what is new.

import type { KnownRepository } from '../record/index.ts';
import { GitFault, listRefs, runGit } from './git.ts';
import type { Mirror } from './mirrors.ts';
import { digestOf, parseRefs, type Refs, tipsOf } from './refs.ts';
import type { Reading, Source, SourceTools } from './source.ts';

interface HistoryCursor {
  /** Of all refs. */
  readonly digest: string;
  /** Object ids that have been read, with all that they reach. */
  readonly tips: readonly string[];
}

export const history: Source = {
  name: 'git',
  async scan(repository, last, tools) {
    const known = cursorOf(last);
    // Where something was pushed the refs are others, and a fetch says which.
    if (known !== undefined && !tools.whole && repository.scannedPush === repository.pushedAt) {
      const refs = await remoteRefs(repository, tools);
      if (digestOf(refs) === known.digest) return { cursor: encode(known), changed: false, whole: false };
    }
    return await withMirror(repository, tools, async (mirror) => {
      await fetchAll(repository, mirror, tools);
      const all = await localRefs(mirror, tools);
      const refs = refsOf(repository, all);
      const cursor = { digest: digestOf(refs), tips: tipsOf(refs) };
      if (!tools.whole && cursor.digest === known?.digest)
        return { cursor: encode(known), changed: false, whole: false };
      const fresh = known === undefined || tools.whole;
      const { network } = await tools.cursorsOf('git');
      const behind = tools.whole
        ? []
        : await present(
            [...(known?.tips ?? []), ...network.flatMap((one) => cursorOf(one)?.tips ?? [])],
            mirror,
            tools,
          );
      const reached = new Set(behind);
      const tips = cursor.tips.filter((oid) => !reached.has(oid));
      const alone = fresh && behind.length === 0 && isAlone(repository, all);
      const mode: Reading['mode'] = alone ? { kind: 'all' } : { kind: 'commits', tips, not: behind };
      if (tips.length > 0)
        await tools.run(repository.url, { history: 'yes', mode, copyOf: copyOf(repository, mirror) });
      return { cursor: encode(cursor), changed: true, whole: fresh };
    });
  },
};

/** The mirror of the repository's fork network, in hand for one source. One that is damaged is made anew, once. */
export async function withMirror<T>(
  repository: KnownRepository,
  tools: SourceTools,
  work: (mirror: Mirror) => Promise<T>,
): Promise<T> {
  const name = mirrorName(repository);
  for (const again of [true, false]) {
    const mirror = await tools.mirrors.take(name);
    try {
      return await work(mirror);
    } catch (error) {
      if (!(error instanceof GitFault)) throw error;
      // What was fetched of one that is too large is in nobody's way.
      if (error.trouble === 'damaged' || error.trouble === 'too-large') await tools.mirrors.drop(mirror);
      if (error.trouble !== 'damaged' || !again) throw error;
    } finally {
      await mirror.release();
    }
  }
  throw new GitFault('damaged', 'it comes damaged');
}

export function mirrorName({ network, key }: KnownRepository): string {
  return (network ?? key).replace(/[^\w.-]/g, '_');
}

export function copyOf(repository: KnownRepository, mirror: Mirror): NonNullable<Reading['copyOf']> {
  return async () => ({
    folder: mirror.folder,
    url: repository.url,
    whole: true,
    remove: async () => undefined,
  });
}

/** Those object ids that the mirror has: an id that is unknown there would end git's walk. */
export async function present(
  oids: readonly string[],
  mirror: Mirror,
  { signal }: SourceTools,
): Promise<string[]> {
  const input = [...new Set(oids)];
  if (input.length === 0) return [];
  const told = await runGit(['cat-file', '--batch-check=%(objectname)'], {
    cwd: mirror.folder,
    signal,
    input,
  });
  return told.split('\n').filter((line) => line !== '' && !line.endsWith(' missing'));
}

/** Where a repository's refs stand in the mirror that it shares with its forks. */
export function place(repository: KnownRepository): string {
  return `refs/repositories/${repository.key.split('/').at(-1) ?? ''}/`;
}

async function remoteRefs(repository: KnownRepository, tools: SourceTools): Promise<Refs> {
  const header = await tools.github.gitHeader();
  const told = await listRefs(repository.url, { signal: tools.signal, header });
  return parseRefs(told, { from: 'refs/', to: 'refs/' });
}

/** All refs of the mirror, by their names there. */
async function localRefs(mirror: Mirror, { signal }: SourceTools): Promise<Refs> {
  const told = await runGit(['for-each-ref', '--format=%(objectname) %(refname)'], {
    cwd: mirror.folder,
    signal,
  });
  return parseRefs(told, { from: 'refs/', to: 'refs/' });
}

/** Those of the repository, as it names them itself. */
function refsOf(repository: KnownRepository, all: Refs): Refs {
  const from = place(repository);
  const own = [...all].filter(([name]) => name.startsWith(from));
  return new Map(own.map(([name, oid]) => [`refs/${name.slice(from.length)}`, oid]));
}

export async function fetchAll(
  repository: KnownRepository,
  mirror: Mirror,
  tools: Pick<SourceTools, 'github' | 'mirrors'>,
): Promise<void> {
  const header = await tools.github.gitHeader();
  await tools.mirrors.guarded(mirror, repository.sizeKb, (signal) =>
    runGit(
      [
        'fetch',
        '-q',
        '--prune',
        '--no-tags',
        '--no-write-fetch-head',
        repository.url,
        `+refs/*:${place(repository)}*`,
      ],
      { cwd: mirror.folder, signal, header },
    ),
  );
}

/** Whether the mirror holds nothing but this repository: then its packs can be read as they are. */
function isAlone(repository: KnownRepository, all: Refs): boolean {
  const mine = [place(repository), place(repository).replace('refs/repositories/', 'refs/lost/')];
  return [...all.keys()].every((name) => mine.some((prefix) => name.startsWith(prefix)));
}

function cursorOf(text: string | undefined): HistoryCursor | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as HistoryCursor);
}

/** What the history's cursor says has been read. */
export function readTips(cursor: string | undefined): readonly string[] {
  return cursorOf(cursor)?.tips ?? [];
}

function encode(cursor: HistoryCursor): string {
  return JSON.stringify(cursor);
}

// What a source is: one kind of thing that GitHub keeps beside a repository.

import type { Exposure, Looked, Place, Sink } from '../../model/index.ts';
import { type Limits, Spent, untilTooMuch, type Walk, walkPieces, walkZip } from '../archive/index.ts';
import { plainPlace } from '../locate.ts';
import { lookLog } from '../logs/index.ts';
import type { Located, Reader, Sighting } from '../options.ts';
import type { Ask, Page } from './ask.ts';
import type { RemoteFile } from './remote-file.ts';

export interface GitHubRepository {
  readonly owner: string;
  readonly name: string;
  readonly exposure: Exposure;
}

/** Where a text stands, as a person finds it. */
export interface Spot {
  /** Within its repository: `issues/12`. */
  readonly path: string;
  readonly url: string;
  readonly author?: string;
  readonly date?: string;
  /** Where not everybody who can read the repository can read it. */
  readonly exposure?: Exposure;
  /** Of a run's log: what `DELETE` takes away. */
  readonly run?: number;
}

/** What a source works with. */
export interface SourceTools {
  readonly ask: Ask;
  readonly repository: GitHubRepository;
  readonly shown: Shown;
  readonly sink: Sink;
  readonly signal: AbortSignal | undefined;
  readonly now: () => Date;
  readonly limits: Limits;
  /** What its host has thrown away is no gap. */
  readonly lasting: boolean;
  /** Whoever comes again wants to know the workflows, so as to ask whether they have run. */
  readonly workflows: boolean;
  /** Something of it could not be read. */
  skip(what: string, why: string): void;
  /** Clones and reads; rejects with a SetupError where it cannot be cloned. */
  openGit(address: string): Promise<Reader>;
  /** All refs of an address, as a text; rejects like `openGit`. */
  tipsOf(address: string): Promise<string>;
}

/**
 * Reads on from where an earlier run stopped. `keep` is called with each point up to which all has been shown or named, so that a
 * source that breaks loses nothing and repeats little.
 */
export type ReadSource = (
  tools: SourceTools,
  cursor: unknown,
  keep: (cursor: unknown) => void,
) => Promise<'read' | 'unchanged' | 'none'>;

/** Shows texts to a sink, and remembers where they stand if something was found in them. */
export class Shown {
  readonly #target: string;
  readonly #exposure: Exposure;
  readonly #remote: string;
  readonly #spots = new Map<string, Spot>();

  constructor(target: string, exposure: Exposure, remote: string) {
    this.#target = target;
    this.#exposure = exposure;
    this.#remote = remote;
  }

  /** Something a person wrote: what a log pasted into it looks like does not matter. */
  text(sink: Sink, spot: Spot, text: string): void {
    if (text === '') return;
    const bytes = Buffer.from(text, 'utf8');
    sink.advance({ files: 1, bytes: bytes.length });
    lookLog(
      this.#remembering(sink, () => spot),
      this.#origin(spot.path),
      bytes,
    );
  }

  /** A file that may be an archive; `name` is its last part, by which logs are known. */
  async file(
    { sink, signal, limits }: Pick<SourceTools, 'sink' | 'signal' | 'limits'>,
    spot: Spot,
    file: RemoteFile,
    isZip: boolean,
  ): Promise<void> {
    const walk: Walk = {
      sink: this.#remembering(sink, () => spot),
      signal,
      spent: new Spent(file.size, limits),
      origin: (path) => this.#origin(path),
    };
    await untilTooMuch(walk, spot.path, async () => {
      if (isZip) await walkZip(walk, spot.path, file, 0);
      else await walkPieces(walk, spot.path, all(file), 0);
    });
  }

  locate(sightings: readonly Sighting[]): Located[] {
    return sightings.map((sighting) => {
      const spot = 'path' in sighting.origin ? this.#spots.get(sighting.origin.path) : undefined;
      const { url, author, date, exposure = this.#exposure, run } = spot ?? {};
      const extra: Partial<Place> = {
        ...(url === undefined ? {} : { url }),
        ...(author === undefined ? {} : { author }),
        ...(date === undefined ? {} : { date }),
      };
      const place = plainPlace(sighting, extra);
      const log = run === undefined ? {} : { log: { target: this.#target, run } };
      return { places: [{ place, pushed: true, remote: this.#remote, exposure, ...log }] };
    });
  }

  #origin(path: string) {
    return { kind: 'hosted', repository: this.#target, path } as const;
  }

  #remembering(sink: Sink, spotOf: () => Spot): Sink {
    return {
      look: (chunk): Looked => {
        const looked = sink.look(chunk);
        if (looked.findings.length > 0 && 'path' in chunk.origin)
          this.#spots.set(chunk.origin.path, spotOf());
        return looked;
      },
      inherit: (finding, origin, span) => sink.inherit(finding, origin, span),
      skip: (skipped) => sink.skip({ ...skipped, path: `${this.#target} ${skipped.path}` }),
      advance: (step) => sink.advance(step),
    };
  }
}

async function* all(file: RemoteFile): AsyncGenerator<Uint8Array> {
  if (file.kind === 'bytes') yield file.bytes;
  else yield* file.read(0, file.size);
}

/** Reads a listing to its end. */
export async function* pages(
  ask: Ask,
  path: string,
  query: Readonly<Record<string, string | number | undefined>>,
): AsyncGenerator<readonly Item[]> {
  for (let page = 1; ; page++) {
    const reply = await ask.page(path, { ...query, per_page: PER_PAGE, page });
    const items = itemsOf(reply);
    yield items;
    if (reply?.more !== true) return;
  }
}

export const PER_PAGE = 100;

/** One entry of a listing, with whatever GitHub says of it. */
export type Item = Readonly<Record<string, unknown>>;

/** Some listings are a list, and some have it under a name. */
export function itemsOf(page: Page | undefined, name?: string): readonly Item[] {
  const data = page?.data;
  const list = name !== undefined && isItem(data) ? data[name] : data;
  return Array.isArray(list) ? list.filter(isItem) : [];
}

export function isItem(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function textOf(item: Item, name: string): string {
  const value = item[name];
  return typeof value === 'string' ? value : '';
}

export function numberOf(item: Item, name: string): number {
  const value = item[name];
  return typeof value === 'number' ? value : 0;
}

export function loginOf(item: Item): { author?: string } {
  const { user } = item;
  const login = isItem(user) ? textOf(user, 'login') : '';
  return login === '' ? {} : { author: login };
}

/** Nothing of an address that people open may be left out, and none may lead elsewhere. */
export function webUrl(item: Item, fallback: string, name = 'html_url'): string {
  const url = textOf(item, name);
  return /^https?:\/\//.test(url) ? url : fallback;
}

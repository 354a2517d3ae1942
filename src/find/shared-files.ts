// The files of a tree: the first of them in this thread, as most trees are small, the others by the crew while this thread
// lists on. A large text is cut, and its parts are put together in their order.

import type { Sink } from '../model/index.ts';
import {
  type FileKind,
  type FileLooker,
  type FileOrigin,
  joined,
  lookFilesHere,
  NO_WAY,
  type RangeJob,
} from '../read/index.ts';
import { moveBatch, pushBatch } from './batch.ts';
import type { Threads } from './threads.ts';

export interface SharedFilesOptions {
  /** So much is done in this thread before the crew is called: files, and bytes. */
  readonly few?: { readonly files: number; readonly bytes: number };
  /** Files in one order. */
  readonly batch?: number;
  /** A text of more than this is cut into parts of this size. */
  readonly part?: number;
}

/** A worker's start takes about as long as this. */
const FEW = { files: 500, bytes: 4 * 1024 * 1024 };
/** Where files are tiny, opening them is the work. */
const MANY_FILES = 4000;
const BATCH = 200;
const PART = 32 * 1024 * 1024;
/** Orders that wait: a tree of millions of files is not listed into memory. */
const MOST_OPEN = 32;

interface Told {
  readonly origin: FileOrigin;
  readonly path: Buffer;
  readonly told: ((kind: FileKind) => void) | undefined;
}

export class SharedFiles implements FileLooker {
  readonly #sink: Sink;
  readonly #here: FileLooker;
  readonly #threads: Threads;
  readonly #few: { readonly files: number; readonly bytes: number };
  readonly #batchSize: number;
  readonly #part: number;
  #files = 0;
  #bytes = 0;
  #batch: Told[] = [];
  readonly #open = new Set<Promise<void>>();

  constructor(
    sink: Sink,
    signal: AbortSignal | undefined,
    threads: Threads,
    options: SharedFilesOptions & { readonly alone: boolean },
  ) {
    this.#sink = sink;
    this.#threads = threads;
    this.#few = options.alone ? { files: Number.POSITIVE_INFINITY, bytes: 0 } : (options.few ?? FEW);
    this.#batchSize = options.batch ?? BATCH;
    this.#part = options.alone ? Number.POSITIVE_INFINITY : (options.part ?? PART);
    const counting: Sink = {
      look: (chunk) => sink.look(chunk),
      inherit: (finding, origin, span) => sink.inherit(finding, origin, span),
      skip: (skipped) => sink.skip(skipped),
      advance: (step) => {
        this.#bytes += step.bytes ?? 0;
        sink.advance(step);
      },
    };
    this.#here = lookFilesHere(counting, signal, { large: 2 * this.#part });
  }

  async look(origin: FileOrigin, path: Buffer, told?: (kind: FileKind) => void): Promise<void> {
    const one = { origin, path, told };
    this.#files += 1;
    const { files, bytes } = this.#few;
    if (this.#files <= files || (this.#bytes < bytes && this.#files <= MANY_FILES)) {
      await this.#here.look(origin, path, (kind) => this.#tell(one, kind));
      return;
    }
    this.#batch.push(one);
    if (this.#batch.length < this.#batchSize && this.#batch[0]?.origin.repository === origin.repository)
      return;
    this.#send();
    while (this.#open.size > MOST_OPEN) await Promise.race(this.#open);
  }

  async end(): Promise<void> {
    this.#send();
    while (this.#open.size > 0) await Promise.all(this.#open);
  }

  #send(): void {
    const batch = this.#batch;
    this.#batch = [];
    for (const files of Map.groupBy(batch, ({ origin }) => origin.repository).values())
      this.#keep(this.#ask(files));
  }

  async #ask(files: readonly Told[]): Promise<void> {
    const task = {
      kind: 'files',
      repository: files[0]?.origin.repository,
      names: files.map(({ origin }) => origin.path),
      paths: new Uint8Array(Buffer.concat(files.flatMap(({ path }) => [path, NUL]))),
      large: 2 * this.#part,
    } as const;
    const batch = await this.#threads.ask(task);
    pushBatch(batch, this.#sink);
    if (batch.told?.kind !== 'files') throw new Error('a worker told nothing of its files');
    for (const [at, kind] of batch.told.kinds.entries()) {
      const one = files[at];
      if (one) this.#tell(one, kind);
    }
  }

  #tell(one: Told, kind: FileKind): void {
    one.told?.(kind);
    if (typeof kind === 'object') this.#keep(this.#ranges(one, kind.large));
  }

  /** Each part is moved behind the one before, as soon as that is known. */
  async #ranges({ origin, path }: Told, size: number): Promise<void> {
    const jobs: RangeJob[] = [];
    for (let from = 0; from < size; from += this.#part) {
      const last = from + this.#part >= size;
      const to = last ? Number.POSITIVE_INFINITY : from + this.#part;
      jobs.push({ kind: 'range', origin, path: new Uint8Array(path), from, to });
    }
    const answers = jobs.map((job) => this.#threads.ask(job));
    for (const answer of answers) answer.catch(() => undefined);
    let way = NO_WAY;
    for (const answer of answers) {
      const batch = await answer;
      if (batch.told?.kind !== 'range') throw new Error('a worker told nothing of its range');
      pushBatch(moveBatch(batch, way), this.#sink);
      way = joined(way, batch.told.way);
    }
  }

  /** A failure is told by `end`, or by the next `look` that has to wait. */
  #keep(work: Promise<void>): void {
    const kept = work.then(() => {
      this.#open.delete(kept);
    });
    kept.catch(() => undefined);
    this.#open.add(kept);
  }
}

const NUL = Buffer.from([0]);

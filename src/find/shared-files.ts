// The files of a tree: the first of them in this thread, as most trees are small, the others by this thread and the crew. A
// large text is cut for the crew, and its parts are put together in their order.

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
  /** So much is done in this thread before the crew is called: files, or bytes. */
  readonly few?: { readonly files: number; readonly bytes: number };
  /** Files in one order. */
  readonly batch?: number;
  /** A text of more than `large` is cut into parts. */
  readonly part?: number;
  readonly large?: number;
  readonly archives?: boolean;
}

/** A worker's start takes about as long as this, and another half of it of the other core. */
const FEW = { files: 1000, bytes: 16 * 1024 * 1024 };
const BATCH = 200;
const PART = 32 * 1024 * 1024;
const LARGE = 192 * 1024 * 1024;
/** Orders that wait for each worker: enough that none is idle while this thread is at work itself. */
const WAITING = 2;

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
  readonly #large: number;
  readonly #archives: boolean;
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
    const without = Number.POSITIVE_INFINITY;
    this.#sink = sink;
    this.#threads = threads;
    this.#few = options.alone ? { files: without, bytes: without } : (options.few ?? FEW);
    this.#batchSize = options.batch ?? BATCH;
    this.#part = options.part ?? PART;
    this.#large = options.alone ? without : (options.large ?? LARGE);
    this.#archives = options.archives ?? false;
    const counting: Sink = {
      look: (chunk) => sink.look(chunk),
      inherit: (finding, origin, span) => sink.inherit(finding, origin, span),
      skip: (skipped) => sink.skip(skipped),
      advance: (step) => {
        this.#bytes += step.bytes ?? 0;
        sink.advance(step);
      },
    };
    this.#here = lookFilesHere(counting, signal, { large: this.#large, archives: this.#archives });
  }

  async look(origin: FileOrigin, path: Buffer, told?: (kind: FileKind) => void): Promise<void> {
    const one = { origin, path, told };
    this.#files += 1;
    const { files, bytes } = this.#few;
    if (this.#files <= files && this.#bytes <= bytes) {
      await this.#lookHere(one);
      return;
    }
    this.#batch.push(one);
    const same = this.#batch[0]?.origin.repository === origin.repository;
    if (same && this.#batch.length < this.#batchSize) return;
    await this.#send();
  }

  async end(): Promise<void> {
    await this.#send();
    while (this.#open.size > 0) await Promise.all(this.#open);
  }

  /** To the crew, or, where that has enough to do, here. */
  async #send(): Promise<void> {
    const batch = this.#batch;
    this.#batch = [];
    for (const files of Map.groupBy(batch, ({ origin }) => origin.repository).values()) {
      if (this.#threads.open < WAITING * this.#threads.helpers) this.#keep(this.#ask(files));
      else for (const one of files) await this.#lookHere(one);
    }
    // A failure must not wait for the end.
    if (this.#threads.failed) await Promise.all(this.#open);
  }

  #lookHere(one: Told): Promise<void> {
    return this.#here.look(one.origin, one.path, (kind) => this.#tell(one, kind));
  }

  async #ask(files: readonly Told[]): Promise<void> {
    const task = {
      kind: 'files',
      repository: files[0]?.origin.repository,
      names: files.map(({ origin }) => origin.path),
      paths: new Uint8Array(Buffer.concat(files.flatMap(({ path }) => [path, NUL]))),
      large: this.#large,
      archives: this.#archives,
    } as const;
    const batch = await this.#threads.ask(task, this.#threads.helpers);
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

  #keep(work: Promise<void>): void {
    const kept = work.then(() => {
      this.#open.delete(kept);
    });
    kept.catch(() => undefined);
    this.#open.add(kept);
  }
}

const NUL = Buffer.from([0]);

// Does jobs of a plan. One reader serves one thread: it has a fixed block of memory, whatever the packs are like.

import path from 'node:path';
import type { Sink } from '../../model/index.ts';
import { type CensusPart, takeCensus } from './census.ts';
import type { CensusJob } from './census-plan.ts';
import { wordsOf } from './damage.ts';
import { createEngine, type Engine } from './engine.ts';
import { AROUND } from './follow.ts';
import { readLoose } from './loose.ts';
import type { Job, Unread } from './plan.ts';
import { Showing } from './showing.ts';
import { TextOf } from './text-of.ts';
import { Trees } from './trees.ts';
import { Window, windowBytes } from './window.ts';

export interface JobReaderOptions {
  /** Absolute path that origins name. */
  readonly repository: string;
  readonly sink: Sink;
  readonly signal?: AbortSignal;
  /** Bytes for objects; 96 MiB. */
  readonly arena?: number;
  /** Pages of the window, 20 KiB each; 2400. */
  readonly pages?: number;
  /** `plain` does without WebAssembly. */
  readonly engine?: 'wasm' | 'plain';
}

const ARENA = 96 * 1024 * 1024;
const PAGES = 2400;

export class JobReader {
  readonly #engine: Engine;
  readonly #window: Window;
  readonly #options: JobReaderOptions;

  constructor(options: JobReaderOptions) {
    this.#options = options;
    this.#engine = createEngine({
      arena: options.arena ?? ARENA,
      pages: windowBytes(options.pages ?? PAGES),
      near: AROUND,
      ...(options.engine === undefined ? {} : { kind: options.engine }),
    });
    this.#window = new Window(this.#engine.memory, this.#engine.pages);
  }

  /** Shows the job's objects to the sink; gives those that only git may still be able to read. */
  run(job: Job): Unread[] {
    const unread: Unread[] = [];
    const showing = new Showing(this.#engine, this.#options.sink, this.#options.repository);
    switch (job.kind) {
      case 'pack':
        this.#pack(job, showing, unread);
        break;
      case 'loose':
        this.#loose(job, showing, unread);
    }
    showing.flush();
    return unread;
  }

  /** Reads trees and commits. */
  census(job: CensusJob): CensusPart {
    this.#options.signal?.throwIfAborted();
    return takeCensus(this.#engine, this.#window, job);
  }

  close(): void {
    this.#window.close();
  }

  #pack({ pack, from, to }: Job & { kind: 'pack' }, showing: Showing, unread: Unread[]): void {
    const text = new TextOf(this.#engine, pack, showing);
    const trees = new Trees(this.#engine, this.#window, pack, text, unread);
    text.delta = trees.delta;
    let fault: string | undefined;
    try {
      this.#window.open(pack.path, (pack.offsets.at(-1) ?? 0) + 1);
    } catch (error) {
      fault = wordsOf(error);
    }
    for (let i = from; i < to; i++) {
      const root = pack.roots[i] ?? 0;
      this.#options.signal?.throwIfAborted();
      if (fault === undefined) trees.walk(root);
      else trees.giveUp(root, fault);
    }
  }

  #loose({ folder, names }: Job & { kind: 'loose' }, showing: Showing, unread: Unread[]): void {
    for (const name of names) {
      this.#options.signal?.throwIfAborted();
      const oid = path.basename(folder) + name;
      try {
        const loose = readLoose(path.join(folder, name), this.#engine);
        if (loose) showing.show(loose.kind, () => oid, loose.at, loose.size, undefined);
      } catch (error) {
        unread.push({ oid, why: wordsOf(error) });
      }
    }
  }
}

// How an object is shown to the sink: text whole, or where it changed; binary not at all; UTF-16 as UTF-8.

import { randomBytes } from 'node:crypto';
import {
  type Chunk,
  type Finding,
  FingerprintKey,
  type Origin,
  type Range,
  type Sink,
} from '../../model/index.ts';
import { decodeWhole, HEAD, kindOf } from '../text.ts';
import type { Copied } from './delta.ts';
import type { Engine } from './engine.ts';
import { type Followed, follow, type Kept, NOTHING, type Seen, seenOf } from './follow.ts';
import { BLOB, COMMIT } from './headers.ts';
import { spansIn } from './spans.ts';

/** What has been shown of a parent: undefined where its descendants have to be shown whole. */
export type Shown = Seen | undefined;

/** The version that an object is a delta of. */
export interface Before {
  readonly seen: Seen;
  readonly size: number;
  /** Number of ranges that the engine left. */
  readonly changes: number;
  /** Those that reach into this part of it, at least. */
  copied(from: number, to: number): Copied[];
}

/** Says where a text stands once it is asked: nothing is found in most, and to write their names out takes longer than it seems. */
type OriginOf = () => Origin;

/** Steps are handed on so many objects at a time. */
const STEP = 128;
const NEWLINE = 10;

export class Showing {
  readonly #engine: Engine;
  readonly #sink: Sink;
  readonly #repository: string;
  readonly #key = new FingerprintKey(randomBytes(16));
  readonly #newlines: (bytes: Buffer) => number;
  #bytes = 0;
  #blobs = 0;
  #commits = 0;
  #binary = 0;
  #steps = 0;

  constructor(engine: Engine, sink: Sink, repository: string) {
    this.#engine = engine;
    this.#sink = sink;
    this.#repository = repository;
    this.#newlines = (bytes) => engine.newlines(bytes.byteOffset - engine.memory.byteOffset, bytes.length);
  }

  /** Counts an object that was read, and hands the count on now and then. */
  #count(kind: number, size: number): void {
    this.#bytes += size;
    if (kind === BLOB) this.#blobs += 1;
    else if (kind === COMMIT) this.#commits += 1;
    this.#steps += 1;
    if (this.#steps >= STEP) this.flush();
  }

  flush(): void {
    if (this.#steps === 0) return;
    const step = { bytes: this.#bytes, blobs: this.#blobs, commits: this.#commits, binary: this.#binary };
    this.#bytes = 0;
    this.#blobs = 0;
    this.#commits = 0;
    this.#binary = 0;
    this.#steps = 0;
    this.#sink.advance(step);
  }

  /** A blob that its first bytes show to be binary. */
  binary(size: number): void {
    this.#binary += 1;
    this.#count(BLOB, size);
  }

  /**
   * The object at an address; gives what its descendants may build on.
   * @param nameOf gives its 40 hex digits
   */
  show(kind: number, nameOf: () => string, at: number, size: number, before: Before | undefined): Shown {
    this.#count(kind, size);
    if (kind !== BLOB) {
      this.#message(kind, nameOf, at, size);
      return undefined;
    }
    const originOf = once(() => ({ kind: 'blob', repository: this.#repository, oid: nameOf() }));
    return this.#text(originOf, at, size, before);
  }

  /** What stands behind the headers of a commit or a tag; a signature is a header. */
  #message(kind: number, nameOf: () => string, at: number, size: number): void {
    const { memory } = this.#engine;
    let head = memory.indexOf(NEWLINE, at);
    while (head >= 0 && head < at + size && memory[head + 1] !== NEWLINE)
      head = memory.indexOf(NEWLINE, head + 1);
    if (head < 0 || head + 2 >= at + size) return;
    const of = kind === COMMIT ? 'commit' : 'tag';
    const originOf = once(() => ({ kind: 'message', repository: this.#repository, oid: nameOf(), of }));
    this.#text(originOf, head + 2, at + size - head - 2, undefined);
  }

  #text(originOf: OriginOf, at: number, size: number, before: Before | undefined): Shown {
    if (size === 0) return NOTHING;
    const { memory } = this.#engine;
    // Plain text, nearly always: no NUL and no byte order mark.
    if ((memory[at] ?? 0) >= 0xfe || this.#engine.nul(at, Math.min(HEAD, size))) {
      const bytes = memory.subarray(at, at + size);
      const kind = kindOf(bytes);
      switch (kind) {
        case 'binary':
          this.#binary += 1;
          return undefined;
        case 'utf-16le':
        case 'utf-16be':
          this.#whole(originOf, decodeWhole(bytes, kind));
          return undefined;
        case 'text':
      }
    }
    const bytes = new Uint8Array(memory.buffer, memory.byteOffset + at, size);
    return before ? this.#changes(originOf, bytes, before) : this.#whole(originOf, bytes);
  }

  #whole(originOf: OriginOf, bytes: Uint8Array): Seen {
    if (bytes.length === 0) return NOTHING;
    return this.#look(originOf, bytes, [{ from: 0, to: bytes.length }]);
  }

  #look(originOf: OriginOf, bytes: Uint8Array, ranges: readonly Range[]): Seen {
    const { findings, far, beaten } = this.#sink.look(new ObjectChunk(originOf, bytes, ranges));
    if (findings.length === 0 && far.length === 0 && beaten === undefined) return NOTHING;
    const kept = findings.map((finding) => ({ finding, start: finding.span.start, end: finding.span.end }));
    return seenOf(kept.sort(byStart), far, beaten ?? []);
  }

  #changes(originOf: OriginOf, bytes: Uint8Array, before: Before): Seen {
    const changed: Range[] = [];
    const { ranges } = this.#engine;
    for (let i = 0; i < 2 * before.changes; i += 2)
      changed.push({ from: ranges[i] ?? 0, to: ranges[i + 1] ?? 0 });
    const { seen } = before;
    if (seen === NOTHING) return changed.length > 0 ? this.#look(originOf, bytes, changed) : NOTHING;
    const sizes = { base: before.size, made: bytes.length };
    return this.#inherit(originOf, bytes, follow(seen, before.copied(seen.from, seen.to), changed, sizes));
  }

  #inherit(originOf: OriginOf, bytes: Uint8Array, { ranges, inherited, far, beaten }: Followed): Seen {
    const looked = ranges.length > 0 ? this.#look(originOf, bytes, ranges) : NOTHING;
    const spanOf = spansIn(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), this.#newlines);
    const again = Map.groupBy(looked.kept, placeOf);
    const kept: Kept[] = [];
    for (const one of inherited) {
      // Ranges reach beyond what changed: what the look found there is not inherited as well.
      if (again.get(placeOf(one))?.some((other) => this.#equal(one.finding, other.finding))) continue;
      kept.push(one);
      this.#sink.inherit(one.finding, originOf(), spanOf(one));
    }
    if (kept.length === 0 && far.length === 0 && beaten.length === 0) return looked;
    return seenOf(
      [...looked.kept, ...kept].sort(byStart),
      [...looked.far, ...far].sort((a, b) => a - b),
      [...looked.beaten, ...beaten].sort((a, b) => a - b),
    );
  }

  #equal(a: Finding, b: Finding): boolean {
    return this.#key.fingerprint(a.secret) === this.#key.fingerprint(b.secret);
  }
}

/** The same origin for all that is found in one text. */
function once(make: OriginOf): OriginOf {
  let made: Origin | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** A whole object. No object literal: V8 would make a hidden class for each with a getter of its own. */
class ObjectChunk implements Chunk {
  readonly bytes: Uint8Array;
  readonly ranges: readonly Range[];
  readonly offset = 0;
  readonly line = 1;
  readonly column = 1;
  readonly #originOf: OriginOf;

  constructor(originOf: OriginOf, bytes: Uint8Array, ranges: readonly Range[]) {
    this.#originOf = originOf;
    this.bytes = bytes;
    this.ranges = ranges;
  }

  get origin(): Origin {
    return this.#originOf();
  }
}

function placeOf({ finding, start, end }: Kept): string {
  return `${start} ${end} ${finding.rule.id}`;
}

function byStart(a: Kept, b: Kept): number {
  return a.start - b.start || a.end - b.end;
}

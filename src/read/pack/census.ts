// Trees and commits as they are walked: of each tree what it has that the one it was made of has not, of each commit its tree,
// parents and date. Names of blobs are looked at only as far as they may be wanted.

import path from 'node:path';
import type { CensusJob, CensusPack } from './census-plan.ts';
import { Damage, wordsOf } from './damage.ts';
import { type Engine, reason } from './engine.ts';
import { BLOB_THERE, GONE_TREE, MOST_ENTRIES, TREE_THERE } from './entries.ts';
import { GROUND } from './forest.ts';
import { COMMIT, TREE } from './headers.ts';
import { findOid, OID } from './idx.ts';
import { readLoose } from './loose.ts';
import type { Unread } from './plan.ts';
import { type Base, type Taker, Trees } from './trees.ts';
import type { Window } from './window.ts';

/** Something that is no longer where it was. */
export const GONE = -1;

/**
 * What a job has read. Objects are numbered as they lie in its pack, or in its list of names. A number of GONE - 1 and below is another object,
 * in `others`: one of another pack, or a blob that is looked for.
 */
export interface CensusPart {
  /** Of each tree, in threes: the tree; twice the number of a name, and one more where it is a tree's; what stands there now, or GONE. */
  readonly entries: Int32Array;
  /** Names as latin1. */
  readonly names: readonly string[];
  /** Of each commit: the commit, its tree, how many parents, the parents. */
  readonly commits: Int32Array;
  /** Committer's date of each commit, in seconds. */
  readonly dates: Float64Array;
  /** 40 hex digits each. */
  readonly others: readonly string[];
  readonly unread: readonly Unread[];
}

export function takeCensus(engine: Engine, window: Window, job: CensusJob): CensusPart {
  const wanted = new Set<string>();
  engine.wanted.fill(0);
  for (let at = 0; at < job.wanted.length; at += OID) {
    const oid = Buffer.from(job.wanted.buffer, job.wanted.byteOffset + at, OID);
    const bit = oid.readUInt16LE(0);
    engine.wanted[bit >> 3] = (engine.wanted[bit >> 3] ?? 0) | (1 << (bit & 7));
    wanted.add(oid.toString('latin1'));
  }
  const unread: Unread[] = [];
  const taker = new CensusTaker(engine, wanted, job.kind === 'pack' ? job.pack : undefined);
  if (job.kind === 'pack') {
    const trees = new Trees(engine, window, job.pack, taker, unread);
    try {
      window.open(job.pack.path, (job.pack.offsets.at(-1) ?? 0) + 1);
      for (let i = job.from; i < job.to; i++) trees.walk(job.pack.roots[i] ?? 0);
    } catch (error) {
      unread.push({ oid: '', why: wordsOf(error) });
    }
  } else {
    for (const [index, name] of job.names.entries()) {
      try {
        const loose = readLoose(path.join(job.folder, name), engine, GROUND);
        if (loose) taker.take(loose.kind, index, loose.at, loose.size, undefined);
      } catch (error) {
        unread.push({ oid: path.basename(job.folder) + name, why: wordsOf(error) });
      }
    }
  }
  return taker.part(unread);
}

class CensusTaker implements Taker<true> {
  readonly #engine: Engine;
  readonly #wanted: ReadonlySet<string>;
  readonly #pack: CensusPack | undefined;
  readonly #entries = new Numbers();
  readonly #commits = new Numbers();
  readonly #dates: number[] = [];
  readonly #names = new Map<string, number>();
  readonly #others = new Map<string, number>();
  readonly #oid = Buffer.alloc(OID);

  /** @param wanted names as latin1 */
  constructor(engine: Engine, wanted: ReadonlySet<string>, pack: CensusPack | undefined) {
    this.#engine = engine;
    this.#wanted = wanted;
    this.#pack = pack;
  }

  takes(kind: number): boolean {
    return kind === TREE || kind === COMMIT;
  }

  done(): boolean {
    return false;
  }

  binary(): void {}

  take(kind: number, index: number, at: number, size: number, base: Base<true> | undefined): true {
    if (kind === COMMIT) this.#commit(index, at, size);
    else this.#tree(index, at, size, base);
    return true;
  }

  part(unread: readonly Unread[]): CensusPart {
    return {
      entries: this.#entries.all(),
      names: [...this.#names.keys()],
      commits: this.#commits.all(),
      dates: new Float64Array(this.#dates),
      others: [...this.#others.keys()],
      unread,
    };
  }

  #tree(index: number, at: number, size: number, base: Base<true> | undefined): void {
    const engine = this.#engine;
    const { entries, memory } = engine;
    engine.differ(base?.at ?? at, base?.size ?? 0, at, size);
    for (let count = MOST_ENTRIES; count >= MOST_ENTRIES; ) {
      count = engine.differences();
      if (count < 0) throw new Damage(reason(count));
      for (let i = 0; i < 4 * count; i += 4) {
        const kind = entries[i + 3] ?? 0;
        const oid = entries[i + 2] ?? 0;
        const tree = kind === TREE_THERE || kind === GONE_TREE;
        if (!tree && !this.#wanted.has(memory.toString('latin1', oid, oid + OID))) continue;
        const from = entries[i] ?? 0;
        const name = numberIn(this.#names, memory.toString('latin1', from, from + (entries[i + 1] ?? 0)));
        const target =
          kind === TREE_THERE
            ? this.#find(memory, oid)
            : kind === BLOB_THERE
              ? this.#other(this.#hex(oid))
              : GONE;
        this.#entries.add(index, 2 * name + Number(tree), target);
      }
    }
  }

  /** The headers come in this order and no other (git's commit.c). */
  #commit(index: number, at: number, size: number): void {
    const { memory } = this.#engine;
    const end = at + size;
    const first = at + 'tree '.length + 2 * OID + 1;
    if (first > end || memory.readUInt32BE(at) !== TREE_LINE) throw new Damage('its tree is not named');
    const step = 'parent '.length + 2 * OID + 1;
    let from = first;
    while (from + step <= end && memory.readUInt32BE(from) === PARENT_LINE) from += step;
    this.#commits.add(index, this.#named(at + 'tree '.length), (from - first) / step);
    for (let parent = first; parent < from; parent += step)
      this.#commits.push(this.#named(parent + 'parent '.length));
    this.#dates.push(this.#date(from, end));
  }

  /** Seconds of the committer's line, as git reads them: 0 where they are none. */
  #date(from: number, end: number): number {
    const { memory } = this.#engine;
    if (memory.toString('latin1', from, from + 6) !== 'author') return 0;
    const line = memory.indexOf('\n', from) + 1;
    if (line === 0 || line >= end || memory.toString('latin1', line, line + 9) !== 'committer') return 0;
    const close = memory.indexOf('\n', line);
    if (close < 0 || close >= end) return 0;
    const [, seconds] = /> *([0-9]+)/.exec(memory.toString('latin1', line, close)) ?? [];
    return seconds === undefined ? 0 : Number(seconds);
  }

  /** The object that 40 hex digits at an address name. */
  #named(at: number): number {
    const { memory } = this.#engine;
    let wrong = 0;
    for (let i = 0; i < OID; i++) {
      const high = DIGITS[memory[at + 2 * i] as number] as number;
      const low = DIGITS[memory[at + 2 * i + 1] as number] as number;
      wrong |= high | low;
      this.#oid[i] = (high << 4) | low;
    }
    if (wrong > 15) throw new Damage('it names no object where one is due');
    return this.#find(this.#oid, 0);
  }

  /** The object whose name stands at an address. */
  #find(bytes: Uint8Array, at: number): number {
    const found = this.#pack === undefined ? -1 : findOid(this.#pack, bytes, at);
    if (found >= 0) return this.#pack?.places[found] ?? 0;
    return this.#other(Buffer.from(bytes.buffer, bytes.byteOffset + at, OID).toString('hex'));
  }

  #other(hex: string): number {
    return GONE - 1 - numberIn(this.#others, hex);
  }

  #hex(at: number): string {
    return this.#engine.memory.toString('hex', at, at + OID);
  }
}

/** `tree` and `pare`, as numbers. */
const TREE_LINE = 0x74726565;
const PARENT_LINE = 0x70617265;

/** Of hex digits in lower case, as git writes them; above 15 for anything else. */
const DIGITS = Uint8Array.from({ length: 256 }, (_, byte) => {
  const digit = '0123456789abcdef'.indexOf(String.fromCharCode(byte));
  return digit < 0 ? 255 : digit;
});

function numberIn(map: Map<string, number>, text: string): number {
  const known = map.get(text);
  if (known !== undefined) return known;
  map.set(text, map.size);
  return map.size - 1;
}

/** Grows. */
class Numbers {
  #room = new Int32Array(4096);
  #length = 0;

  push(one: number): void {
    if (this.#length === this.#room.length) this.#grow();
    this.#room[this.#length++] = one;
  }

  add(a: number, b: number, c: number): void {
    if (this.#length + 3 > this.#room.length) this.#grow();
    this.#room[this.#length++] = a;
    this.#room[this.#length++] = b;
    this.#room[this.#length++] = c;
  }

  all(): Int32Array {
    return this.#room.slice(0, this.#length);
  }

  #grow(): void {
    const grown = new Int32Array(2 * this.#room.length);
    grown.set(this.#room);
    this.#room = grown;
  }
}

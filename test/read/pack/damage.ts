// Damaged object stores from a seed, and what has to hold for each: no crash, no hang, no endless memory, and every object
// either shown or named as unread.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import type { Looked, Sink } from '../../../src/model/index.ts';
import { JobReader, plan } from '../../../src/read/pack/index.ts';
import {
  deltaOf,
  type Entry,
  type Instruction,
  sha1,
  sized,
  type Written,
  writePack,
} from './pack-writer.ts';
import { dice, words } from './texts.ts';

type Roll = (below: number) => number;

export interface Fate {
  /** What came of it. */
  readonly kind: 'complete' | 'objects' | 'repository';
  readonly elapsedMs: number;
}

const NOTHING: Looked = { findings: [], far: [] };
/** Room that is small enough to run out of. */
const ARENA = 400_000;

/** Takes damaged repositories, one after the other, in a folder of its own. */
export class Patient {
  readonly #directory: string;
  readonly #reader: JobReader;
  #shown = new Map<string, number>();
  #counted = 0;

  constructor(directory: string, engine: 'wasm' | 'plain' = 'wasm') {
    this.#directory = directory;
    mkdirSync(path.join(directory, 'objects/pack'), { recursive: true });
    const sink: Sink = {
      look: ({ origin, bytes, ranges }) => {
        if ('oid' in origin) this.#shown.set(origin.oid, (this.#shown.get(origin.oid) ?? 0) + 1);
        let last = 0;
        for (const { from, to } of ranges) {
          if (!(from >= last && to > from && to <= bytes.length))
            throw new Error(`a wrong range: ${from}-${to}`);
          last = to;
        }
        return NOTHING;
      },
      inherit: () => {},
      skip: () => {},
      advance: ({ blobs = 0, commits = 0 }) => {
        this.#counted += blobs + commits;
      },
    };
    this.#reader = new JobReader({ repository: '/r', sink, arena: ARENA, pages: 2, engine });
  }

  /** Reads the damaged pack; throws where a law is broken. */
  suffer({ pack, idx }: { pack: Uint8Array; idx: Uint8Array }): Fate {
    const stem = path.join(this.#directory, 'objects/pack/pack-1');
    writeFileSync(`${stem}.pack`, pack);
    writeFileSync(`${stem}.idx`, idx);
    this.#shown = new Map();
    this.#counted = 0;
    const start = performance.now();
    const planned = plan(this.#directory);
    if (planned.kind === 'fallback') {
      if (planned.skipped.length === 0) throw new Error('a damaged pack is not named');
      return { kind: 'repository', elapsedMs: performance.now() - start };
    }
    const unread = [...planned.unread];
    for (const job of planned.jobs) unread.push(...this.#reader.run(job));
    this.#reader.close();
    const elapsedMs = performance.now() - start;
    const { wanted, tags } = census(Buffer.from(pack), Buffer.from(idx));
    const names = new Set(unread.map(({ oid }) => oid));
    if (names.size !== unread.length) throw new Error('an object is unread twice');
    const accounted = this.#counted + names.size;
    if (accounted > wanted || accounted < wanted - tags)
      throw new Error(`${wanted} objects (${tags} tags), ${this.#counted} shown, ${names.size} unread`);
    for (const [oid, times] of this.#shown) {
      if (times > 1) throw new Error(`${oid} is shown ${times} times`);
      if (names.has(oid)) throw new Error(`${oid} is shown and unread`);
    }
    return { kind: unread.length > 0 ? 'objects' : 'complete', elapsedMs };
  }

  /** Reads a damaged loose object; throws where a law is broken. */
  sufferLoose(bytes: Uint8Array): Fate {
    const folder = path.join(this.#directory, 'objects/ab');
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, '0'.repeat(38)), bytes);
    this.#shown = new Map();
    const start = performance.now();
    const unread = this.#reader.run({ kind: 'loose', folder, names: ['0'.repeat(38)] });
    rmSync(folder, { recursive: true });
    return { kind: unread.length > 0 ? 'objects' : 'complete', elapsedMs: performance.now() - start };
  }
}

/** What a pack says it has, read in the simplest way: objects whose type is not that of a tree. */
function census(pack: Buffer, idx: Buffer): { wanted: number; tags: number } {
  const count = idx.readUInt32BE(8 + 1020);
  const names = new Map<string, number>();
  const kinds = new Map<number, { type: number; base: number }>();
  const small = 1032 + 24 * count;
  const offsetOf = (i: number): number => {
    const offset = idx.readUInt32BE(small + 4 * i);
    return offset < 2 ** 31
      ? offset
      : Number(idx.readBigUInt64BE(small + 4 * count + 8 * (offset - 2 ** 31)));
  };
  for (let i = 0; i < count; i++) names.set(idx.toString('hex', 1032 + 20 * i, 1052 + 20 * i), offsetOf(i));
  for (const offset of names.values()) {
    let at = offset;
    const type = ((pack[at] ?? 0) >> 4) & 7;
    for (let more = 0; (pack[at] ?? 0) & 0x80 && more < 9; more++) at++;
    at++;
    let base = -1;
    if (type === 6) {
      let distance = (pack[at] ?? 0) & 0x7f;
      for (let more = 0; (pack[at] ?? 0) & 0x80 && more < 8; more++)
        distance = (distance + 1) * 128 + ((pack[++at] ?? 0) & 0x7f);
      base = offset - distance;
      if (base >= offset) base = -2;
    } else if (type === 7) base = names.get(pack.toString('hex', at, at + 20)) ?? -2;
    kinds.set(offset, { type, base });
  }
  // The type of the root, handed down; 0 where there is none, which circles keep.
  const types = new Map<number, number>();
  const typeOf = (offset: number): number => {
    const way: number[] = [];
    let at = offset;
    let type = types.get(at);
    for (; type === undefined; type = types.get(at)) {
      const one = kinds.get(at);
      types.set(at, one && one.type < 6 ? one.type : 0);
      way.push(at);
      if (!one || one.type < 6) break;
      at = one.base;
    }
    type = types.get(at) ?? 0;
    for (const one of way) types.set(one, type);
    return type;
  };
  const all = [...names.values()].map(typeOf);
  return { wanted: all.filter((type) => type !== 2).length, tags: all.filter((type) => type === 4).length };
}

const COMMIT = (text: string): Buffer => Buffer.from(`tree ${'0'.repeat(40)}\n\n${text}`);

/** A pack of a few trees of deltas, by offset and by name. */
export function healthy(roll: Roll): { written: Written; entries: Entry[] } {
  const entries: Entry[] = [];
  const made: Buffer[] = [];
  const count = 12 + roll(20);
  for (let i = 0; i < count; i++) {
    const kind = roll(6);
    if (kind === 0 || i === 0) {
      made.push(Buffer.from(words(roll, 50 + roll(800))));
      entries.push({ type: 'blob', data: made[i] ?? Buffer.alloc(0) });
    } else if (kind === 1) {
      made.push(COMMIT(words(roll, 10)));
      entries.push({ type: 'commit', data: made[i] ?? Buffer.alloc(0) });
    } else if (kind === 2 && roll(2) === 0) {
      made.push(Buffer.from(`100644 a\0${'x'.repeat(20)}`));
      entries.push({ type: 'tree', data: made[i] ?? Buffer.alloc(0) });
    } else {
      const base = roll(i);
      const before = made[base] ?? Buffer.alloc(0);
      const { data, result } = someDelta(roll, before);
      made.push(result);
      entries.push({ type: roll(3) === 0 ? 'name' : 'offset', base, data });
    }
  }
  return { written: writePack(entries), entries };
}

function someDelta(roll: Roll, base: Buffer): { data: Buffer; result: Buffer } {
  const instructions: Instruction[] = [];
  const parts: Buffer[] = [];
  for (let steps = 1 + roll(5); steps > 0; steps--) {
    if (roll(2) === 0 && base.length > 0) {
      const offset = roll(base.length);
      const length = 1 + roll(base.length - offset);
      instructions.push({ copy: [offset, length] });
      parts.push(base.subarray(offset, offset + length));
    } else {
      const insert = Buffer.from(words(roll, 1 + roll(20)));
      instructions.push({ insert });
      parts.push(insert);
    }
  }
  const result = Buffer.concat(parts);
  return { data: deltaOf(base.length, result.length, instructions), result };
}

function resum(idx: Buffer, pack: Buffer): void {
  pack.subarray(-20).copy(idx, idx.length - 40);
  sha1(idx.subarray(0, -20)).copy(idx, idx.length - 20);
}

/** Changes some bytes, in one of many ways. */
function spoil(roll: Roll, bytes: Buffer, from = 0): Buffer {
  const length = bytes.length - from;
  if (length <= 0) return bytes;
  const copy = Buffer.from(bytes);
  const at = from + roll(length);
  switch (roll(8)) {
    case 0:
      return copy.subarray(0, at);
    case 1:
      return Buffer.concat([copy, Buffer.alloc(1 + roll(100), roll(256))]);
    case 2:
      copy.fill(roll(2) * 255, at, Math.min(copy.length, at + 1 + roll(64)));
      return copy;
    case 3:
      copy.copy(copy, at, from + roll(length), from + roll(length) + 40);
      return copy;
    case 4:
      return Buffer.concat([copy.subarray(0, at), copy.subarray(Math.min(copy.length, at + 1 + roll(30)))]);
    default:
      for (let bits = 1 + roll(3); bits > 0; bits--) {
        const spot = from + roll(length);
        copy[spot] = (copy[spot] ?? 0) ^ (1 << roll(8));
      }
      return copy;
  }
}

/** A damaged pack from a seed: damaged files, damaged content under right sums, and packs that nobody should write. */
export function damaged(seed: number): { pack: Buffer; idx: Buffer } {
  const roll = dice(seed);
  const { written, entries } = healthy(roll);
  let pack: Buffer = Buffer.from(written.pack);
  let idx: Buffer = Buffer.from(written.idx);
  const { length } = entries;
  switch (roll(10)) {
    case 0:
      return { pack: spoil(roll, pack), idx };
    case 1:
      return { pack, idx: spoil(roll, idx) };
    case 2: {
      // An index that is wrong, with a checksum that fits.
      idx = spoil(roll, idx, 8);
      if (idx.length > 1072) resum(idx, pack);
      return { pack, idx };
    }
    case 3: {
      // Offsets.
      const at = 1032 + 24 * length + 4 * roll(length);
      idx.writeUInt32BE(roll(2) === 0 ? roll(pack.length + 50) : roll(2 ** 32), at);
      resum(idx, pack);
      return { pack, idx };
    }
    case 4:
    case 5: {
      // Headers of objects: types, sizes, bases.
      const at = written.offsets[roll(length)] ?? 12;
      const spot = at + roll(5);
      pack[spot] = roll(2) === 0 ? roll(256) : (pack[spot] ?? 0) ^ (1 << roll(8));
      return { pack, idx };
    }
    case 6: {
      // Deltas that are wrong inside, well packed.
      const which = roll(length);
      const changed = entries.map((entry, i) =>
        i === which ? { ...entry, data: spoil(roll, Buffer.from(entry.data)) } : entry,
      );
      return writePack(changed);
    }
    case 7: {
      // Bases by name anywhere: circles, and chains backwards.
      const changed = entries.map((entry): Entry => {
        if (entry.type === 'offset' || entry.type === 'name')
          return { type: 'name', base: roll(length), data: entry.data };
        return entry;
      });
      return writePack(changed);
    }
    case 8: {
      // An object that says it is larger than it is, or than anything.
      const at = written.offsets[roll(length)] ?? 12;
      const type = ((pack[at] ?? 0) >> 4) & 7;
      const lie = sized(type, roll(2) === 0 ? roll(100_000) : roll(2 ** 31) * 2 ** roll(20));
      pack = Buffer.concat([pack.subarray(0, at), lie, pack.subarray(at + 2)]);
      resum(idx, pack);
      return { pack, idx };
    }
    default: {
      // Much from little: a stream, or a delta, that swells.
      const swollen = Buffer.alloc(10_000 + roll(1_000_000), 'key ');
      const copies: Instruction[] = Array.from({ length: 1 + roll(40) }, () => ({
        copy: [0, swollen.length],
      }));
      const more: Entry = {
        type: 'name',
        base: 0,
        data: deltaOf(swollen.length, copies.length * swollen.length, copies),
      };
      return writePack([
        { type: 'blob', data: swollen },
        more,
        ...Array.from({ length: roll(5) }, (): Entry => more),
      ]);
    }
  }
}

/** A damaged loose object. */
export function damagedLoose(seed: number): Buffer {
  const roll = dice(seed);
  const content = words(roll, 1 + roll(500));
  const type = ['blob', 'commit', 'tree', 'tag', 'blub'][roll(5)];
  const size = roll(3) === 0 ? roll(2 ** 31) : Buffer.byteLength(content);
  const raw = Buffer.from(`${type} ${size}\0${content}`);
  if (roll(2) === 0) return deflateSync(spoil(roll, raw));
  return spoil(roll, deflateSync(raw));
}

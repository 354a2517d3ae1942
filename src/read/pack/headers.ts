// One pass over a pack that reads nothing but the objects' headers: what each is, and what it is a delta of.

import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { Damage } from './damage.ts';
import { findOid, type Idx, OID } from './idx.ts';

export const COMMIT = 1;
export const TREE = 2;
export const BLOB = 3;
export const TAG = 4;
export const OFS_DELTA = 6;
export const REF_DELTA = 7;

/** Answers of `base` below zero. */
export const ROOT = -1;
const LOST = -2;

export interface Headers {
  /** Offsets in ascending order; one more at the end: where the objects end. Shared memory. */
  readonly offsets: Float64Array;
  /** Position in the index's names, by position in `offsets`. Shared memory. */
  readonly names: Uint32Array;
  /** The object's own type. */
  readonly types: Uint8Array;
  /** Position of the base, ROOT, or LOST where there is none such. */
  readonly bases: Int32Array;
}

const PACK_HEAD = 12;
const STEP = 256 * 1024;
const LONE_STEP = 4096;
/** Type and size, then a base's offset or name. */
const LONGEST = 10 + Math.max(10, OID);

export function readHeaders(file: string, idx: Idx): Headers {
  const fd = openSync(file, 'r');
  try {
    const size = fstatSync(fd).size;
    checkPack(fd, size, idx);
    const { offsets, names } = inOrder(idx, size - OID);
    return { offsets, names, ...walk(new Ahead(fd, size), offsets, names, idx) };
  } finally {
    closeSync(fd);
  }
}

function checkPack(fd: number, size: number, idx: Idx): void {
  if (size < PACK_HEAD + OID) throw new Damage('the pack is too short');
  const head = Buffer.alloc(PACK_HEAD);
  const tail = Buffer.alloc(OID);
  readSync(fd, head, 0, PACK_HEAD, 0);
  readSync(fd, tail, 0, OID, size - OID);
  const version = head.readUInt32BE(4);
  if (head.toString('latin1', 0, 4) !== 'PACK' || (version !== 2 && version !== 3))
    throw new Damage('the pack is not of version 2');
  if (head.readUInt32BE(8) !== idx.count) throw new Damage('pack and index count differently');
  if (!tail.equals(idx.pack)) throw new Damage('the index belongs to another pack');
}

/** Sorts by offset: a radix sort, 11 bits a pass. */
function inOrder(idx: Idx, end: number): { offsets: Float64Array; names: Uint32Array } {
  const { count } = idx;
  const offsets = new Float64Array(new SharedArrayBuffer((count + 1) * 8));
  const names = new Uint32Array(new SharedArrayBuffer(count * 4));
  let from = new Uint32Array(count);
  for (let i = 0; i < count; i++) from[i] = i;
  let to = new Uint32Array(count);
  const digits = new Uint16Array(count);
  for (let power = 1; power <= end; power *= 2048) {
    const starts = new Uint32Array(2049);
    for (let name = 0; name < count; name++) {
      const digit = ((idx.offsets[name] ?? 0) / power) & 2047;
      digits[name] = digit;
      starts[digit + 1] = (starts[digit + 1] ?? 0) + 1;
    }
    for (let digit = 0; digit < 2048; digit++)
      starts[digit + 1] = (starts[digit + 1] ?? 0) + (starts[digit] ?? 0);
    for (let i = 0; i < count; i++) {
      const name = from[i] ?? 0;
      const digit = digits[name] ?? 0;
      const place = starts[digit] ?? 0;
      starts[digit] = place + 1;
      to[place] = name;
    }
    [from, to] = [to, from];
  }
  let last = PACK_HEAD - 1;
  for (let i = 0; i < count; i++) {
    const name = from[i] ?? 0;
    const offset = idx.offsets[name] ?? 0;
    if (!(offset > last && offset < end)) throw new Damage('the index points to a wrong place in the pack');
    offsets[i] = offset;
    names[i] = name;
    last = offset;
  }
  offsets[count] = end;
  return { offsets, names };
}

function walk(
  ahead: Ahead,
  offsets: Float64Array,
  names: Uint32Array,
  idx: Idx,
): Pick<Headers, 'types' | 'bases'> {
  const { count } = idx;
  const types = new Uint8Array(count);
  const bases = new Int32Array(count).fill(ROOT);
  const places = new Places(offsets, count);
  let byName: Uint32Array | undefined;
  const { bytes } = ahead;
  for (let i = 0; i < count; i++) {
    const offset = offsets[i] ?? 0;
    // Objects that lie far apart are not worth reading what is between.
    const dense = (offsets[Math.min(count, i + 16)] ?? 0) - offset < STEP;
    let at = ahead.at(offset, LONGEST, dense ? STEP : LONE_STEP);
    let byte = bytes[at++] ?? 0;
    const type = (byte >> 4) & 7;
    types[i] = type;
    if (type < OFS_DELTA) continue;
    for (let more = 0; byte & 0x80 && more < 9; more++) byte = bytes[at++] ?? 0;
    if (type === OFS_DELTA) {
      byte = bytes[at++] ?? 0;
      let distance = byte & 0x7f;
      for (let more = 0; byte & 0x80 && more < 8; more++) {
        byte = bytes[at++] ?? 0;
        distance = (distance + 1) * 128 + (byte & 0x7f);
      }
      const base = places.find(offset - distance);
      bases[i] = base >= 0 && base < i ? base : LOST;
    } else {
      const name = findOid(idx, bytes, at);
      byName ??= inverse(names);
      bases[i] = name < 0 ? LOST : (byName[name] ?? LOST);
    }
  }
  return { types, bases };
}

function inverse(names: Uint32Array): Uint32Array {
  const byName = new Uint32Array(names.length);
  for (let i = 0; i < names.length; i++) byName[names[i] ?? 0] = i;
  return byName;
}

/** Finds the object at an offset. */
class Places {
  readonly #offsets: Float64Array;
  readonly #count: number;
  readonly #step: number;
  /** First object at or behind each step. */
  readonly #starts: Uint32Array;

  constructor(offsets: Float64Array, count: number) {
    this.#offsets = offsets;
    this.#count = count;
    const end = offsets[count] ?? 0;
    this.#step = Math.max(64, Math.floor(end / Math.max(1, count)));
    this.#starts = new Uint32Array(Math.floor(end / this.#step) + 2);
    let step = 0;
    for (let i = 0; i < count; i++)
      while (step * this.#step <= (offsets[i] ?? 0)) {
        this.#starts[step] = i;
        step++;
      }
    this.#starts.fill(count, step);
  }

  find(offset: number): number {
    if (!(offset >= PACK_HEAD)) return LOST;
    let i = this.#starts[Math.floor(offset / this.#step)] ?? this.#count;
    while (i < this.#count && (this.#offsets[i] ?? 0) < offset) i++;
    return i < this.#count && this.#offsets[i] === offset ? i : LOST;
  }
}

/** A buffer that moves over a file. */
class Ahead {
  readonly bytes = Buffer.allocUnsafeSlow(STEP + 2 * LONGEST);
  readonly #fd: number;
  readonly #size: number;
  #from = 0;
  #to = 0;

  constructor(fd: number, size: number) {
    this.#fd = fd;
    this.#size = size;
  }

  /** Where in `bytes` the file's `offset` is, with `length` bytes behind it (zeros behind the end of the file). */
  at(offset: number, length: number, step: number): number {
    if (offset < this.#from || offset + length > this.#to) {
      const wanted = Math.min(step, this.#size - offset);
      let done = 0;
      while (done < wanted) {
        const got = readSync(this.#fd, this.bytes, done, wanted - done, offset + done);
        if (got === 0) break;
        done += got;
      }
      this.bytes.fill(0, done, done + length);
      this.#from = offset;
      this.#to = offset + Math.max(done, length);
    }
    return offset - this.#from;
  }
}

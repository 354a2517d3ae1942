// A pack's index, version 2 (git's Documentation/gitformat-pack.txt), read in pieces and held to everything it says of itself:
// a wrong index would hide objects.

import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { Damage, Foreign } from './damage.ts';

export const OID = 20;
const HEAD = 8 + 1024;
const TRAILER = 2 * OID;
const MAGIC = 0xff744f63;
const PIECE = 1024 * 1024;

export interface Names {
  /** In ascending order, 20 bytes each; shared memory. */
  readonly oids: Uint8Array;
  /** Number of names with a first byte up to i. */
  readonly fanout: Uint32Array;
}

export interface Idx extends Names {
  readonly count: number;
  /** Offset in the pack, by name. */
  readonly offsets: Float64Array;
  /** SHA-1 that stands at the pack's end. */
  readonly pack: Buffer;
}

export function readIdx(file: string): Idx {
  const fd = openSync(file, 'r');
  try {
    return parse(new Pieces(fd), fstatSync(fd).size);
  } finally {
    closeSync(fd);
  }
}

function parse(pieces: Pieces, size: number): Idx {
  if (size < HEAD + TRAILER) throw new Damage('the index is too short');
  const head = pieces.take(HEAD);
  if (head.readUInt32BE(0) !== MAGIC) {
    if (isFirstVersion(head, size)) throw new Foreign('the index is of version 1');
    throw new Damage('the index has no beginning');
  }
  if (head.readUInt32BE(4) !== 2) throw new Damage('the index is not of version 2');
  const fanout = new Uint32Array(256);
  for (let i = 0; i < 256; i++) {
    const count = head.readUInt32BE(8 + 4 * i);
    if (i > 0 && count < (fanout[i - 1] ?? 0)) throw new Damage("the index's fan-out goes down");
    fanout[i] = count;
  }
  const count = fanout[255] ?? 0;
  const large = size - HEAD - count * (OID + 8) - TRAILER;
  if (large < 0 || large % 8 !== 0 || large / 8 > count) throw new Damage('the index has a wrong size');
  const oids = new Uint8Array(new SharedArrayBuffer(count * OID));
  pieces.each(count, OID, (bytes, at) => oids.set(bytes, at * OID));
  checkOrder(oids, fanout);
  pieces.each(count, 4, () => {});
  const offsets = readOffsets(pieces, count, large / 8);
  const pack = Buffer.from(pieces.take(OID));
  const own = pieces.digest();
  if (!pieces.take(OID).equals(own)) throw new Damage("the index's checksum does not fit");
  return { count, oids, fanout, offsets, pack };
}

/** Fan-out, then offset and name of each object. */
function isFirstVersion(head: Buffer, size: number): boolean {
  for (let at = 4; at < 1024; at += 4) if (head.readUInt32BE(at) < head.readUInt32BE(at - 4)) return false;
  return size === 1024 + head.readUInt32BE(1020) * (4 + OID) + TRAILER;
}

/** Names ascend, and the fan-out counts them right. */
function checkOrder(oids: Uint8Array, fanout: Uint32Array): void {
  const view = Buffer.from(oids.buffer, oids.byteOffset, oids.length);
  let first = 0;
  for (let at = 0, index = 0; at < view.length; at += OID, index++) {
    const byte = view[at] ?? 0;
    while (index >= (fanout[first] ?? 0)) first++;
    if (byte !== first) throw new Damage("the index's fan-out does not fit");
    if (index === 0) continue;
    const order =
      view.readUInt32BE(at - OID) - view.readUInt32BE(at) || view.compare(view, at, at + OID, at - OID, at);
    if (order >= 0) throw new Damage('the names in the index are out of order');
  }
}

function readOffsets(pieces: Pieces, count: number, large: number): Float64Array {
  const offsets = new Float64Array(count);
  pieces.each(count, 4, (bytes, at) => {
    for (let i = 0; i < bytes.length; i += 4) offsets[at + i / 4] = bytes.readUInt32BE(i);
  });
  const far = new Float64Array(large);
  pieces.each(large, 8, (bytes, at) => {
    for (let i = 0; i < bytes.length; i += 8)
      far[at + i / 8] = bytes.readUInt32BE(i) * 2 ** 32 + bytes.readUInt32BE(i + 4);
  });
  for (let i = 0; i < count; i++) {
    const offset = offsets[i] ?? 0;
    if (offset < 2 ** 31) continue;
    const to = far[offset - 2 ** 31];
    if (to === undefined) throw new Damage('the index points behind its end');
    offsets[i] = to;
  }
  return offsets;
}

/** The file in order, hashed as it goes. */
class Pieces {
  readonly #fd: number;
  readonly #hash = createHash('sha1');
  readonly #buffer = Buffer.allocUnsafeSlow(PIECE);
  #at = 0;

  constructor(fd: number) {
    this.#fd = fd;
  }

  take(length: number): Buffer {
    const bytes = this.#buffer.subarray(0, length);
    let done = 0;
    while (done < length) {
      const got = readSync(this.#fd, bytes, done, length - done, this.#at + done);
      if (got === 0) throw new Damage('the index ends too early');
      done += got;
    }
    this.#at += length;
    this.#hash.update(bytes);
    return Buffer.from(bytes.buffer, bytes.byteOffset, length);
  }

  /** `count` records of `size` bytes, many at a time; the bytes are valid during the call. */
  each(count: number, size: number, take: (bytes: Buffer, at: number) => void): void {
    const step = Math.floor(PIECE / size);
    for (let at = 0; at < count; at += step) take(this.take(Math.min(step, count - at) * size), at);
  }

  digest(): Buffer {
    return this.#hash.copy().digest();
  }
}

/** A name is mostly so near to where its digits say it is. */
const NEARBY = 32;

/** Position of the name that stands at `at` of these bytes, or -1. */
export function findOid({ oids, fanout }: Names, bytes: Uint8Array, at = 0): number {
  const first = bytes[at] ?? 0;
  let low = first === 0 ? 0 : (fanout[first - 1] ?? 0);
  let high = fanout[first] ?? 0;
  // Names are spread evenly, as hashes are: one probe on each side of the place that the next digits say leaves a few to search.
  const share = (((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)) / 0x10000;
  const guess = low + Math.floor((high - low) * share);
  for (const probe of [guess - NEARBY, guess + NEARBY]) {
    if (probe < low || probe >= high) continue;
    if (compareAt(oids, probe * OID, bytes, at) <= 0) low = probe;
    else high = probe;
  }
  while (low < high) {
    const middle = (low + high) >>> 1;
    const order = compareAt(oids, middle * OID, bytes, at);
    if (order === 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return -1;
}

function compareAt(oids: Uint8Array, one: number, bytes: Uint8Array, other: number): number {
  for (let i = 0; i < OID; i++) {
    const difference = (oids[one + i] as number) - (bytes[other + i] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

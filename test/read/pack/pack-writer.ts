// Writes packs and indexes that git itself would never write: the names are made up, deltas may be anything.

import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';

export type Entry =
  | { readonly type: 'commit' | 'tree' | 'blob' | 'tag'; readonly data: Uint8Array }
  /** A delta of the entry at `base`, by its offset or by its name. */
  | { readonly type: 'offset' | 'name'; readonly base: number; readonly data: Uint8Array };

const TYPES = { commit: 1, tree: 2, blob: 3, tag: 4, offset: 6, name: 7 } as const;

export interface Written {
  readonly pack: Buffer;
  readonly idx: Buffer;
  /** By entry. */
  readonly oids: readonly Buffer[];
  readonly offsets: readonly number[];
}

export function writePack(entries: readonly Entry[], level = 6): Written {
  const oids = entries.map((_, i) => createHash('sha1').update(`name ${i}`).digest());
  const offsets: number[] = [];
  const head = Buffer.alloc(12);
  head.write('PACK', 'latin1');
  head.writeUInt32BE(2, 4);
  head.writeUInt32BE(entries.length, 8);
  const parts = [head];
  const sums: number[] = [];
  let at = head.length;
  for (const entry of entries) {
    const base = 'base' in entry ? entry.base : 0;
    const link =
      entry.type === 'offset'
        ? distance(at - (offsets[base] ?? 0))
        : entry.type === 'name'
          ? (oids[base] ?? Buffer.alloc(20))
          : Buffer.alloc(0);
    const part = Buffer.concat([
      sized(TYPES[entry.type], entry.data.length),
      link,
      deflateSync(entry.data, { level }),
    ]);
    offsets.push(at);
    sums.push(crc32(part));
    parts.push(part);
    at += part.length;
  }
  const body = Buffer.concat(parts);
  const pack = Buffer.concat([body, sha1(body)]);
  return { pack, idx: writeIdx(oids, offsets, sums, pack.subarray(-20)), oids, offsets };
}

function writeIdx(
  oids: readonly Buffer[],
  offsets: readonly number[],
  sums: readonly number[],
  packSum: Buffer,
): Buffer {
  const order = oids.map((_, i) => i).sort((a, b) => Buffer.compare(oids[a] ?? packSum, oids[b] ?? packSum));
  const fanout = Buffer.alloc(1024);
  for (let first = 0; first < 256; first++)
    fanout.writeUInt32BE(oids.filter((oid) => (oid[0] ?? 0) <= first).length, 4 * first);
  const words = (values: readonly number[]): Buffer => {
    const bytes = Buffer.alloc(4 * values.length);
    for (const [i, value] of values.entries()) bytes.writeUInt32BE(value, 4 * i);
    return bytes;
  };
  const parts = [
    Buffer.from([0xff, 0x74, 0x4f, 0x63, 0, 0, 0, 2]),
    fanout,
    ...order.map((i) => oids[i] ?? packSum),
    words(order.map((i) => sums[i] ?? 0)),
    words(order.map((i) => offsets[i] ?? 0)),
    packSum,
  ];
  const body = Buffer.concat(parts);
  return Buffer.concat([body, sha1(body)]);
}

export function sha1(bytes: Uint8Array): Buffer {
  return createHash('sha1').update(bytes).digest();
}

/** An object's header: type, and a size that may be a lie. */
export function sized(type: number, size: number): Buffer {
  const bytes = [(type << 4) | (size & 15)];
  for (let rest = Math.floor(size / 16); rest > 0; rest = Math.floor(rest / 128)) {
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) | 0x80;
    bytes.push(rest & 0x7f);
  }
  return Buffer.from(bytes);
}

function distance(value: number): Buffer {
  const bytes = [value & 0x7f];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) {
    rest -= 1;
    bytes.unshift(0x80 | (rest & 0x7f));
  }
  return Buffer.from(bytes);
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push(0x80 | (rest & 0x7f));
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
  return bytes;
}

export type Instruction =
  | { readonly copy: readonly [offset: number, length: number] }
  | { readonly insert: Uint8Array };

/** A delta; its sizes may be lies. */
export function deltaOf(base: number, made: number, instructions: readonly Instruction[]): Buffer {
  const parts: Buffer[] = [Buffer.from([...varint(base), ...varint(made)])];
  for (const instruction of instructions) {
    if ('insert' in instruction) {
      for (let at = 0; at < instruction.insert.length; at += 127) {
        const piece = instruction.insert.subarray(at, at + 127);
        parts.push(Buffer.from([piece.length]), Buffer.from(piece));
      }
    } else {
      let [offset, length] = instruction.copy;
      for (; length > 0; ) {
        const piece = Math.min(length, 0x10000);
        const bytes: number[] = [];
        let op = 0x80;
        for (let i = 0; i < 4; i++) {
          const byte = (offset / 2 ** (8 * i)) & 0xff;
          if (byte !== 0) {
            op |= 1 << i;
            bytes.push(byte);
          }
        }
        for (let i = 0; i < 3 && piece !== 0x10000; i++) {
          const byte = (piece >> (8 * i)) & 0xff;
          if (byte !== 0) {
            op |= 0x10 << i;
            bytes.push(byte);
          }
        }
        parts.push(Buffer.from([op, ...bytes]));
        offset += piece;
        length -= piece;
      }
    }
  }
  return Buffer.concat(parts);
}

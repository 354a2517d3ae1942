import { readSync } from 'node:fs';
import { Readable, type Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import type { Origin, Sink } from '../model/index.ts';
import { isLogName } from './logs/index.ts';
import { Text } from './text.ts';

export type Compression = 'gzip' | 'zstd';

const GZIP = Buffer.from([0x1f, 0x8b]);
const ZSTD = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
const PIECE = 256 * 1024;
/** A log of this size, unpacked, is read for minutes; more than that is a trap. */
const MOST = 16 * 1024 ** 3;

/** By name and by first bytes: a log that only calls itself `.gz` is read as it is. */
export function compressionOf(path: string, handle: number): Compression | undefined {
  if (!/\.(gz|tgz|zst)$/i.test(path)) return undefined;
  const head = bytesOf(handle)(0, 4);
  if (head.subarray(0, 2).equals(GZIP)) return 'gzip';
  return head.equals(ZSTD) ? 'zstd' : undefined;
}

/** Looks at what is packed in a file. Damaged or cut off: what came before is looked at, and the rest is named. */
export async function lookCompressed(
  sink: Sink,
  origin: Origin & { kind: 'file' },
  handle: number,
  compression: Compression,
  signal?: AbortSignal,
  most: number = MOST,
): Promise<void> {
  if (compression === 'zstd' && typeof zlib.createZstdDecompress !== 'function') {
    sink.skip({ path: origin.path, why: 'zstd needs Node 22.15 or newer' });
    return;
  }
  const text = new Text(sink, origin, { log: isLogName(origin.path) });
  let total = 0;
  try {
    for await (const bytes of unpack(bytesOf(handle), compression)) {
      signal?.throwIfAborted();
      total += bytes.length;
      sink.advance({ bytes: bytes.length });
      text.write(bytes);
      if (text.binary) break;
      if (total > most) throw new Error(`it unpacks to more than ${most} bytes`);
    }
  } catch (error) {
    signal?.throwIfAborted();
    sink.skip({
      path: origin.path,
      why: `${compression}: ${error instanceof Error ? error.message : String(error)}`,
    });
  }
  text.end();
}

/** Reads up to `length` bytes from a position on; fewer at the end. */
export type Bytes = (position: number, length: number) => Buffer;

export function bytesOf(handle: number): Bytes {
  return (position, length) => {
    // Fresh ones, as the unpacker may still be at work on the last.
    const piece = Buffer.allocUnsafe(length);
    return piece.subarray(0, readSync(handle, piece, 0, length, position));
  };
}

export async function* unpack(bytes: Bytes, compression: Compression): AsyncGenerator<Buffer> {
  if (compression === 'gzip') {
    yield* through(pieces(bytes, 0), zlib.createGunzip());
    return;
  }
  // Node's unpacker ends with the first zstd frame; appended logs and pzstd have many.
  for (let at = 0; ; ) {
    const head = bytes(at, 8);
    if (head.length === 0) return;
    if (head.subarray(0, 4).equals(ZSTD)) {
      const unpacker = zlib.createZstdDecompress();
      yield* through(pieces(bytes, at), unpacker);
      at += unpacker.bytesWritten;
    } else if (isSkippable(head)) at += 8 + head.readUInt32LE(4);
    else throw new Error(`no frame at byte ${at}`);
  }
}

/** RFC 8878, 3.1.2: frames of user data, 0x184D2A50 to 0x184D2A5F. */
function isSkippable(head: Buffer): boolean {
  return head.length === 8 && (head.readUInt32LE(0) & 0xfffffff0) >>> 0 === 0x184d2a50;
}

export async function* through(
  packed: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  unpacker: Transform,
): AsyncGenerator<Buffer> {
  const source = Readable.from(packed, { objectMode: false });
  source.on('error', (error) => unpacker.destroy(error));
  source.pipe(unpacker);
  try {
    for await (const bytes of unpacker as AsyncIterable<Buffer>) yield bytes;
  } finally {
    source.destroy();
    unpacker.destroy();
  }
}

function* pieces(bytes: Bytes, from: number): Generator<Buffer> {
  for (let position = from; ; ) {
    const piece = bytes(position, PIECE);
    if (piece.length === 0) return;
    position += piece.length;
    yield piece;
  }
}

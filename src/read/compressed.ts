import { readSync } from 'node:fs';
import { Readable, type Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import type { Origin, Sink } from '../model/index.ts';
import { Text } from './text.ts';

export type Compression = 'gzip' | 'zstd';

const GZIP = Buffer.from([0x1f, 0x8b]);
const ZSTD = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
const PIECE = 256 * 1024;
/** A log of this size, unpacked, is read for minutes; more than that is a trap. */
export const MOST = 16 * 1024 ** 3;

/** By name and by first bytes: a log that only calls itself `.gz` is read as it is. */
export function compressionOf(path: string, handle: number): Compression | undefined {
  const named = /\.(gz|tgz|zst)$/i.exec(path);
  if (!named) return undefined;
  const head = Buffer.alloc(4);
  readSync(handle, head, 0, head.length, 0);
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
  const unpacker = unpackerFor(compression);
  if (!unpacker) {
    sink.skip({ path: origin.path, why: 'zstd needs Node 22.15 or newer' });
    return;
  }
  const source = Readable.from(packedPieces(handle), { objectMode: false });
  source.on('error', (error) => unpacker.destroy(error));
  source.pipe(unpacker);
  const text = new Text(sink, origin);
  let total = 0;
  try {
    for await (const bytes of unpacker as AsyncIterable<Buffer>) {
      signal?.throwIfAborted();
      total += bytes.length;
      sink.advance({ bytes: bytes.length });
      text.write(bytes);
      if (text.binary) break;
      if (total > most) throw new Error(`unpacks to more than ${most} bytes`);
    }
  } catch (error) {
    signal?.throwIfAborted();
    sink.skip({
      path: origin.path,
      why: `${compression}: ${error instanceof Error ? error.message : String(error)}`,
    });
  } finally {
    source.destroy();
    unpacker.destroy();
  }
  text.end();
}

/** Fresh buffers, as the unpacker may still be at work on the last one. The handle stays its owner's. */
function* packedPieces(handle: number): Generator<Buffer> {
  for (let position = 0; ; ) {
    const piece = Buffer.allocUnsafe(PIECE);
    const length = readSync(handle, piece, 0, piece.length, position);
    if (length === 0) return;
    position += length;
    yield piece.subarray(0, length);
  }
}

function unpackerFor(compression: Compression): Transform | undefined {
  if (compression === 'gzip') return zlib.createGunzip();
  return typeof zlib.createZstdDecompress === 'function' ? zlib.createZstdDecompress() : undefined;
}

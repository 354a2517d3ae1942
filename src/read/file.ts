// Reads one file from disk, with bounded memory, never through a symlink in its last part, and never from anything but
// a regular file: opening a FIFO would wait for ever.

import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { Origin, Sink } from '../model/index.ts';
import { compressionOf, lookCompressed } from './compressed.ts';
import { lookWhole, Text } from './text.ts';

const BUFFER = 4 * 1024 * 1024;
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

export type FileKind = 'file' | 'folder' | 'other' | 'missing';

/** Buffers are shared: files are read one after another. */
let shared: Buffer | undefined;

/** Looks at a file, and says what stood at the path. Trouble goes to `sink.skip` under the origin's path. */
export async function lookFile(
  sink: Sink,
  origin: Origin & { kind: 'file' },
  path: string | Buffer,
  signal?: AbortSignal,
): Promise<FileKind> {
  let handle: number;
  try {
    handle = openSync(path, FLAGS);
  } catch (error) {
    return unopened(sink, origin, error);
  }
  try {
    const stat = fstatSync(handle);
    if (stat.isDirectory()) return 'folder';
    if (!stat.isFile()) return 'other';
    const compression = compressionOf(origin.path, handle);
    sink.advance({ files: 1 });
    if (compression) await lookCompressed(sink, origin, handle, compression, signal);
    else lookPlain(sink, origin, handle, signal);
    return 'file';
  } catch (error) {
    signal?.throwIfAborted();
    sink.skip({ path: origin.path, why: whyNot(error) });
    return 'file';
  } finally {
    closeSync(handle);
  }
}

/** The bytes of a regular file, in pieces that are valid until the next is asked for. */
export function* piecesOf(handle: number): Generator<Buffer> {
  shared ??= Buffer.allocUnsafe(BUFFER);
  for (let position = 0; ; ) {
    let length = 0;
    while (length < shared.length) {
      const got = readSync(handle, shared, length, shared.length - length, position);
      if (got === 0) break;
      length += got;
      position += got;
    }
    if (length > 0) yield shared.subarray(0, length);
    if (length < shared.length) return;
  }
}

/** A system error in words. */
export function whyNot(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  if (code === 'EIO') return 'the disk cannot read it (EIO)';
  return code || (error instanceof Error ? error.message : String(error));
}

function lookPlain(sink: Sink, origin: Origin, handle: number, signal: AbortSignal | undefined): void {
  let text: Text | undefined;
  for (const bytes of piecesOf(handle)) {
    signal?.throwIfAborted();
    sink.advance({ bytes: bytes.length });
    if (!text && bytes.length < BUFFER) {
      lookWhole(sink, origin, bytes);
      return;
    }
    text ??= new Text(sink, origin);
    text.write(bytes);
    if (text.binary) return;
  }
  text?.end();
}

function unopened(sink: Sink, origin: Origin & { kind: 'file' }, error: unknown): FileKind {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'missing';
    case 'ELOOP': // a symlink: git keeps its target as a blob
    case 'EMLINK': // the same, on BSD
    case 'ENXIO': // a socket
      return 'other';
    case 'EISDIR': // Windows
      return 'folder';
    default:
      sink.skip({ path: origin.path, why: whyNot(error) });
      return 'other';
  }
}

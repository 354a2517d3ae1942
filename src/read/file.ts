// Reads one file from disk, with bounded memory, never through a symlink in its last part, and never from anything but
// a regular file: opening a FIFO would wait for ever.

import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { Origin, Sink } from '../model/index.ts';
import { compressionOf, lookCompressed } from './compressed.ts';
import { lookWhole, Text } from './text.ts';
import { turn } from './turn.ts';

const BUFFER = 4 * 1024 * 1024;
const PIECE = 1024 * 1024;
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

export type FileKind = 'file' | 'folder' | 'other' | 'missing';

/** One for all, as nothing else runs between reading into it and looking at it: what waits has a buffer of its own. */
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
    else await lookPlain(sink, origin, handle, signal);
    return 'file';
  } catch (error) {
    signal?.throwIfAborted();
    sink.skip({ path: origin.path, why: whyNot(error) });
    return 'file';
  } finally {
    closeSync(handle);
  }
}

/** A system error in words. */
export function whyNot(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  if (code === 'EIO') return 'the disk cannot read it (EIO)';
  return code || (error instanceof Error ? error.message : String(error));
}

async function lookPlain(
  sink: Sink,
  origin: Origin,
  handle: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  shared ??= Buffer.allocUnsafe(BUFFER);
  const first = fill(handle, shared, 0);
  sink.advance({ bytes: first.length });
  if (first.length < BUFFER) {
    lookWhole(sink, origin, first);
    return;
  }
  const text = new Text(sink, origin);
  text.write(first);
  const own = Buffer.allocUnsafe(PIECE);
  for (let position = first.length; !text.binary; ) {
    await turn(signal);
    const piece = fill(handle, own, position);
    if (piece.length === 0) break;
    position += piece.length;
    sink.advance({ bytes: piece.length });
    text.write(piece);
  }
  text.end();
}

/** As much of a file from a position on as fits, or as there is. */
function fill(handle: number, buffer: Buffer, position: number): Buffer {
  let length = 0;
  while (length < buffer.length) {
    const got = readSync(handle, buffer, length, buffer.length - length, position + length);
    if (got === 0) break;
    length += got;
  }
  return buffer.subarray(0, length);
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

// Reads one file from disk, with bounded memory, never through a symlink in its last part, and never from anything but
// a regular file: opening a FIFO would wait for ever.

import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import type { Origin, Sink } from '../model/index.ts';
import { formAt, lookArchive } from './archive/index.ts';
import { compressionOf, lookCompressed } from './compressed.ts';
import { isBroken, isLogName, isMarked, lookLog } from './logs/index.ts';
import { fill, lookRange } from './range.ts';
import { HEAD, kindOf, lookWhole, Text } from './text.ts';
import { turn } from './turn.ts';

/** Texts up to this size are read and looked at whole; larger ones in ranges. */
const WHOLE = 4 * 1024 * 1024;
const PIECE = 1024 * 1024;
export const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** `large`: a text of this many bytes, which has been counted and not been looked at. */
export type FileKind = 'file' | 'folder' | 'other' | 'missing' | { readonly large: number };

export interface LookFileOptions {
  readonly signal?: AbortSignal | undefined;
  /** From this size on, a plain text is left to the caller. */
  readonly large?: number;
  /** Opens archives; left out, they are as binary as git says they are. */
  readonly archives?: boolean;
}

/** One for all, as nothing else runs between reading into it and looking at it: what waits has a buffer of its own. */
let shared: Buffer | undefined;

/** Looks at a file, and says what stood at the path. Trouble goes to `sink.skip` under the origin's path. */
export async function lookFile(
  sink: Sink,
  origin: Origin & { kind: 'file' },
  path: string | Buffer,
  { signal, large = Number.POSITIVE_INFINITY, archives = false }: LookFileOptions = {},
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
    const form = archives ? formAt(handle) : undefined;
    const compression = compressionOf(origin.path, handle);
    // The members of an archive count themselves.
    if (form === undefined) sink.advance({ files: 1 });
    if (form !== undefined) await lookArchive(sink, origin, handle, form, { size: stat.size, signal });
    else if (compression) await lookCompressed(sink, origin, handle, compression, signal);
    else if (await lookPlain(sink, origin, handle, { signal, large, size: stat.size }))
      return { large: stat.size };
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

/** @returns whether it is left to the caller */
async function lookPlain(
  sink: Sink,
  origin: Origin & { kind: 'file' },
  handle: number,
  { signal, large, size }: { signal: AbortSignal | undefined; large: number; size: number },
): Promise<boolean> {
  shared ??= Buffer.allocUnsafeSlow(WHOLE);
  // Some files say that they have no size, and are not empty.
  const first =
    size < WHOLE ? fill(handle, shared, 0, size || WHOLE) : fill(handle, shared.subarray(0, HEAD), 0);
  if (size < WHOLE && first.length < WHOLE) {
    sink.advance({ bytes: first.length });
    if (isLogName(origin.path) && kindOf(first) === 'text' && isMarked(first)) lookLog(sink, origin, first);
    else lookWhole(sink, origin, first);
    return false;
  }
  const kind = kindOf(first);
  switch (kind) {
    case 'text':
      // Lines that were broken have to be read in one go, from the first on.
      if (isLogName(origin.path) && isBroken(fill(handle, shared, 0))) {
        await lookPieces(sink, origin, handle, { signal, log: true });
        return false;
      }
      if (size >= large) return true;
      await lookRange(sink, origin, handle, { from: 0, to: Number.POSITIVE_INFINITY }, signal);
      return false;
    case 'binary':
      sink.advance({ bytes: first.length, binary: 1 });
      return false;
    case 'utf-16le':
    case 'utf-16be':
      await lookPieces(sink, origin, handle, { signal });
      return false;
  }
}

/** A text that has to be read from its beginning on. */
async function lookPieces(
  sink: Sink,
  origin: Origin,
  handle: number,
  { signal, log = false }: { signal: AbortSignal | undefined; log?: boolean },
): Promise<void> {
  const text = new Text(sink, origin, { log });
  const own = Buffer.allocUnsafe(PIECE);
  for (let position = 0; ; ) {
    await turn(signal);
    const piece = fill(handle, own, position);
    if (piece.length === 0) break;
    position += piece.length;
    sink.advance({ bytes: piece.length });
    text.write(piece);
  }
  text.end();
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

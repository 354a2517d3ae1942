// Archives: zip (jar, whl, nupkg, docx and the like), tar, what gzip and zstd have packed, and each of them in another.

import { Readable } from 'node:stream';
import type { Sink } from '../../model/index.ts';
import { bytesOf, unpack } from '../compressed.ts';
import type { FileOrigin } from '../files.ts';
import { LIMITS, type Limits, Spent, TooMuch } from './bounds.ts';
import { FORM_HEAD, type Form, formOf } from './form.ts';
import { counted, type Walk, walkPieces, walkZip } from './walk.ts';
import type { ZipSource } from './zip.ts';

export { LIMITS, type Limits, Spent } from './bounds.ts';
export { type Walk, walkPieces, walkZip } from './walk.ts';
export type { ZipSource } from './zip.ts';

const PIECE = 256 * 1024;

/** What an open file is, if it is an archive. */
export function formAt(handle: number): Form | undefined {
  return formOf(bytesOf(handle)(0, FORM_HEAD));
}

/** Looks at all that is packed in an open file. Trouble goes to `sink.skip`. */
export async function lookArchive(
  sink: Sink,
  origin: FileOrigin,
  handle: number,
  form: Form,
  { size, signal, limits = LIMITS }: { size: number; signal?: AbortSignal | undefined; limits?: Limits },
): Promise<void> {
  const walk: Walk = {
    sink,
    signal,
    spent: new Spent(size, limits),
    origin: (path) => (path === origin.path ? origin : { ...origin, path, archive: origin.path }),
  };
  await untilTooMuch(walk, origin.path, async () => {
    switch (form) {
      case 'zip':
        return await walkZip(walk, origin.path, partsOf(handle, size), 0);
      case 'zstd':
      case 'gzip':
        return await walkPieces(walk, origin.path, counted(walk, unpack(bytesOf(handle), form)), 1);
      case 'tar':
      case 'foreign':
        return await walkPieces(walk, origin.path, Readable.from(piecesOf(handle)), 0);
    }
  });
}

/** A bound ends the walk, and is said under the archive's own path. */
export async function untilTooMuch(walk: Walk, path: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error;
    walk.sink.skip({ path, why: `${error.message}; what is left of it has not been read` });
  }
}

function partsOf(handle: number, size: number): ZipSource {
  return { kind: 'parts', size, read: (from, to) => piecesOf(handle, from, to) };
}

function* piecesOf(handle: number, from = 0, to = Number.POSITIVE_INFINITY): Generator<Buffer> {
  const read = bytesOf(handle);
  for (let position = from; position < to; ) {
    const piece = read(position, Math.min(PIECE, to - position));
    if (piece.length === 0) return;
    position += piece.length;
    yield piece;
  }
}

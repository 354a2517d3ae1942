import { Readable } from 'node:stream';
import type { Entry, Options, RandomAccessReader, ZipFile } from 'yauzl';
import { showPath } from '../path.ts';
import type { Member } from './member.ts';

/** A zip's directory is at its end, so any part of it must be within reach. */
export type ZipSource =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | {
      readonly kind: 'parts';
      readonly size: number;
      /** The bytes of a range, in pieces. */
      read(from: number, to: number): Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
    };

/** Names are not judged: `../x` is one like any other. Sizes are: a member that is longer than it says ends with an error. */
const OPTIONS: Options = {
  autoClose: false,
  lazyEntries: true,
  decodeStrings: false,
  validateEntrySizes: true,
};

const STORED = 0;
const DEFLATED = 8;

/** The files of a zip, in the order of its directory. @throws Error when the directory cannot be read */
export async function* zipMembers(source: ZipSource): AsyncGenerator<Member> {
  const zip = await openZip(source);
  try {
    for await (const entry of zip.eachEntry()) {
      const name = showPath(entry.fileNameRaw);
      if (name.endsWith('/') && entry.uncompressedSize === 0) continue;
      const closed = whyClosed(entry);
      yield {
        name,
        ...(closed === undefined ? {} : { closed }),
        open: () => zip.openReadStreamPromise(entry),
      };
    }
  } finally {
    zip.close();
  }
}

/** The library is loaded when there is a zip: nearly every scan does without. */
async function openZip(source: ZipSource): Promise<ZipFile> {
  const { default: yauzl } = await import('yauzl');
  switch (source.kind) {
    case 'bytes':
      return await yauzl.fromBufferPromise(source.bytes, OPTIONS);
    case 'parts':
      return await yauzl.fromRandomAccessReaderPromise(parts(yauzl, source), source.size, OPTIONS);
  }
}

/** Closes nothing: what is read from belongs to somebody else. */
function parts(yauzl: typeof import('yauzl'), source: ZipSource & { kind: 'parts' }): RandomAccessReader {
  class Parts extends yauzl.RandomAccessReader {
    override _readStreamForRange(start: number, end: number): Readable {
      return Readable.from(source.read(start, end), { objectMode: false });
    }
  }
  return new Parts();
}

function whyClosed(entry: Entry): string | undefined {
  if (entry.isEncrypted()) return 'it is encrypted';
  const method = entry.compressionMethod;
  // APPNOTE.TXT, 4.4.5
  if (method !== STORED && method !== DEFLATED)
    return `it is packed with method ${method}, which is not read`;
  return undefined;
}

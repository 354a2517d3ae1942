import { Readable } from 'node:stream';
import type { Member } from './member.ts';

/**
 * The files of a tar, in their order; links and devices have no content of their own. A header longer than 4 MB is refused by
 * tar-stream.
 * @param isOver nothing more is wanted: what is left is not read to get past it
 */
export async function* tarMembers(
  pieces: AsyncIterable<Uint8Array>,
  isOver: () => boolean,
): AsyncGenerator<Member> {
  const { extract } = await import('tar-stream');
  const archive = extract();
  const source = Readable.from(pieces, { objectMode: false });
  source.on('error', (error) => archive.destroy(error));
  source.pipe(archive);
  try {
    for await (const entry of archive) {
      const { name, type } = entry.header;
      const content = (entry as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
      if (type === 'file' || type === 'contiguous-file' || type === null || type === undefined)
        yield { name, open: async () => untilEnd(content) };
      if (!isOver()) await drain(content);
    }
  } finally {
    source.destroy();
    archive.destroy();
  }
}

/** Ending the iteration early must not end the entry: tar-stream would end the archive with it. */
async function* untilEnd(content: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (;;) {
    const { done, value } = await content.next();
    if (done === true) return;
    yield value;
  }
}

async function drain(content: AsyncIterator<Uint8Array>): Promise<void> {
  for (;;) if ((await content.next()).done === true) return;
}

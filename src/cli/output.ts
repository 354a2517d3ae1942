import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { SetupError } from '../model/index.ts';

/** The file that a report goes to, open before anything is read: a long scan does not end in a folder that is not there. */
export async function openOutput(path: string): Promise<WriteStream> {
  const stream = createWriteStream(path);
  await new Promise<void>((ready, refuse) => {
    stream.once('open', () => ready());
    stream.once('error', (cause) =>
      refuse(
        new SetupError(`${path}: cannot be written`, { hint: 'check the folder and its permissions', cause }),
      ),
    );
  });
  return stream;
}

/** Ends the file; resolves when every byte of the report is in it. */
export async function closeOutput(stream: WriteStream, path: string): Promise<void> {
  try {
    stream.end();
    await finished(stream);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    throw new SetupError(`${path}: the report could not be written whole${code}`, {
      hint: 'make room, or name another --output',
      cause,
    });
  }
}

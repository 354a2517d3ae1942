import { createWriteStream, type WriteStream } from 'node:fs';
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

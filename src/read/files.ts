// Many files, in any order, here or in other threads. A job is plain data, as threads exchange nothing else.

import { closeSync, openSync } from 'node:fs';
import type { Origin, Sink } from '../model/index.ts';
import { type FileKind, FLAGS, type LookFileOptions, lookFile, whyNot } from './file.ts';
import { type ByteRange, lookRange, NO_WAY, type Way } from './range.ts';
import { turn } from './turn.ts';

export type FileOrigin = Origin & { readonly kind: 'file' };

/** Takes files one by one and looks at them now or later; a file that is large may be looked at by many. */
export interface FileLooker {
  /** Resolves when the next may come. `told` says what stood at the path, at the latest before `end` resolves. */
  look(origin: FileOrigin, path: Buffer, told?: (kind: FileKind) => void): Promise<void>;
  end(): Promise<void>;
}

export type OpenFiles = (
  sink: Sink,
  signal: AbortSignal | undefined,
  options?: Pick<LookFileOptions, 'archives'>,
) => FileLooker;

/** Files between two turns of the event loop, so that a signal or a timer gets its say. */
const TURN = 64;

/** Looks at each file at once, in this thread. */
export function lookFilesHere(
  sink: Sink,
  signal: AbortSignal | undefined,
  options: Pick<LookFileOptions, 'large' | 'archives'> = {},
): FileLooker {
  let files = 0;
  return {
    async look(origin, path, told) {
      if (++files % TURN === 0) await turn(signal);
      const kind = await lookFile(sink, origin, path, { ...options, signal });
      told?.(kind);
    },
    end: async () => {},
  };
}

export interface FilesJob {
  readonly kind: 'files';
  readonly repository: string | undefined;
  /** Paths as origins name them. */
  readonly names: readonly string[];
  /** Paths on disk, each with a NUL behind it. */
  readonly paths: Uint8Array;
  /** From this size on, a plain text is left to range jobs. */
  readonly large: number;
  readonly archives: boolean;
}

export interface RangeJob extends ByteRange {
  readonly kind: 'range';
  readonly origin: FileOrigin;
  readonly path: Uint8Array;
}

/** What a job tells besides what it shows: of files, what stood at each path; of a range, how far it goes. */
export type FileJobTold =
  | { readonly kind: 'files'; readonly kinds: readonly FileKind[] }
  | { readonly kind: 'range'; readonly way: Way };

export async function runFileJob(job: FilesJob | RangeJob, sink: Sink): Promise<FileJobTold> {
  switch (job.kind) {
    case 'files':
      return { kind: 'files', kinds: await runFiles(job, sink) };
    case 'range':
      return { kind: 'range', way: await runRange(job, sink) };
  }
}

async function runFiles(job: FilesJob, sink: Sink): Promise<FileKind[]> {
  const kinds: FileKind[] = [];
  const paths = Buffer.from(job.paths.buffer, job.paths.byteOffset, job.paths.length);
  const { repository, large, archives } = job;
  let from = 0;
  for (const name of job.names) {
    const end = paths.indexOf(0, from);
    const origin: FileOrigin =
      repository === undefined ? { kind: 'file', path: name } : { kind: 'file', path: name, repository };
    kinds.push(await lookFile(sink, origin, paths.subarray(from, end), { large, archives }));
    from = end + 1;
  }
  return kinds;
}

async function runRange({ origin, path, from, to }: RangeJob, sink: Sink): Promise<Way> {
  let handle: number | undefined;
  try {
    handle = openSync(Buffer.from(path), FLAGS);
    return await lookRange(sink, origin, handle, { from, to });
  } catch (error) {
    sink.skip({ path: origin.path, why: `from byte ${from} on: ${whyNot(error)}` });
    return NO_WAY;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

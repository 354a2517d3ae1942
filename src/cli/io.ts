import type { Readable, Writable } from 'node:stream';

/** What a command may touch of the process: passed in, so that tests can look at every byte. */
export interface Io {
  readonly stdin: Readable & { isTTY?: boolean };
  readonly stdout: Writable & { isTTY?: boolean };
  readonly stderr: Writable & { isTTY?: boolean; columns?: number };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** Colour only on a terminal, unless NO_COLOR says no or FORCE_COLOR says yes (no-color.org). */
export function wantsColour(io: Io): boolean {
  if (io.env.NO_COLOR) return false;
  if (io.env.FORCE_COLOR && io.env.FORCE_COLOR !== '0') return true;
  return io.stdout.isTTY === true && io.env.TERM !== 'dumb';
}

/** Reads standard input to its end; at most `limit` bytes, because a key or a response is small. */
export async function readStdin(io: Io, limit = 1 << 20): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of io.stdin) {
    const bytes = Buffer.isBuffer(piece) ? piece : Buffer.from(String(piece));
    size += bytes.length;
    if (size > limit) break;
    pieces.push(bytes);
  }
  return Buffer.concat(pieces).toString('utf8');
}

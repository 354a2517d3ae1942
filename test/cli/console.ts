// The command line in this process, with every byte that it writes kept.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { command } from '../../src/cli/main.ts';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Console {
  readonly folder: string;
  keyburn(...args: readonly string[]): Promise<Ran>;
  keyburnWith(input: string | Uint8Array, ...args: readonly string[]): Promise<Ran>;
  close(): Promise<void>;
}

export async function openConsole(env: Readonly<Record<string, string>> = {}): Promise<Console> {
  const folder = await mkdtemp(join(tmpdir(), 'keyburn-console-'));
  const keyburnWith = async (input: string | Uint8Array, ...args: readonly string[]): Promise<Ran> => {
    const stdout = keeping();
    const stderr = keeping();
    const io = {
      stdin: Readable.from([Buffer.from(input)]),
      stdout: stdout.stream,
      stderr: stderr.stream,
      env: { PATH: process.env.PATH, HOME: folder, KEYBURN_HOME: join(folder, 'home'), ...env },
      cwd: folder,
      signal: new AbortController().signal,
    };
    const code = await command(args, io);
    return { code, stdout: stdout.text(), stderr: stderr.text() };
  };
  return {
    folder,
    keyburn: (...args) => keyburnWith('', ...args),
    keyburnWith,
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

function keeping(): { readonly stream: PassThrough; text(): string } {
  const stream = new PassThrough();
  const pieces: Buffer[] = [];
  stream.on('data', (piece: Buffer) => pieces.push(piece));
  return { stream, text: () => Buffer.concat(pieces).toString('utf8') };
}

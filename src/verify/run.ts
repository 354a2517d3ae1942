// A vendor's own command-line tool, where the operator switched it on. No shell; what it prints on stderr is not
// kept, since nobody knows what it quotes.

import { execFile } from 'node:child_process';
import type { Run } from '../services/index.ts';

export interface RunOptions {
  /** What the tool needs to find its own login: PATH, HOME, … */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Default 30 s. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** @param program a name that PATH knows, or a path: the operator's word, never a repository's */
export function commandRunner(program: string, options: RunOptions): Run {
  const { env, timeoutMs = 30_000, signal } = options;
  const bounds = {
    env: { ...env },
    timeout: timeoutMs,
    maxBuffer: 1_000_000,
    windowsHide: true,
    ...(signal && { signal }),
  };
  return (args) =>
    new Promise((resolve) => {
      execFile(program, [...args], { ...bounds, encoding: 'utf8', shell: false }, (error, stdout) => {
        if (error === null) resolve({ kind: 'ran', exitCode: 0, stdout });
        else if (error.killed) resolve({ kind: 'failed', detail: `stopped after ${timeoutMs} ms` });
        else if (typeof error.code === 'number') resolve({ kind: 'ran', exitCode: error.code, stdout });
        else resolve({ kind: 'failed', detail: error.code ?? 'it could not be started' });
      });
    });
}

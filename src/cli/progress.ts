import type { Tally } from '../find/index.ts';
import type { Io } from './io.ts';

const PATIENCE_MS = 1_000;
const EVERY_MS = 200;

/** One plain line on stderr, for work that takes longer than a second, on a terminal alone. */
export interface Progress {
  show(stage: string, tally: Tally, detail?: string): void;
  /** Removes the line, so that what is written next starts clean; it comes back later. */
  clear(): void;
  /** Removes the line for good. */
  end(): void;
}

export function createProgress(io: Io, quiet: boolean): Progress {
  if (quiet || io.stderr.isTTY !== true) return { show: nothing, clear: nothing, end: nothing };
  const began = performance.now();
  let stage = '';
  let detail: string | undefined;
  let tally: Tally | undefined;
  let shown = false;
  const draw = (): void => {
    const elapsed = performance.now() - began;
    if (elapsed < PATIENCE_MS || tally === undefined) return;
    const text = line(stage, tally, detail, elapsed).slice(0, (io.stderr.columns ?? 80) - 1);
    io.stderr.write(`\r\x1b[K${text}`);
    shown = true;
  };
  const erase = (): void => {
    if (shown) io.stderr.write('\r\x1b[K');
    shown = false;
  };
  const timer = setInterval(draw, EVERY_MS);
  timer.unref();
  return {
    show(newStage, newTally, newDetail) {
      [stage, tally, detail] = [newStage, newTally, newDetail];
    },
    clear: erase,
    end() {
      clearInterval(timer);
      erase();
    },
  };
}

function nothing(): void {}

function line(stage: string, tally: Tally, detail: string | undefined, elapsedMs: number): string {
  const parts = [`keyburn: ${stage}`];
  if (detail !== undefined) parts.push(printable(detail));
  if (tally.bytes > 0) {
    const seconds = elapsedMs / 1_000;
    parts.push(`${megabytes(tally.bytes)} MB, ${megabytes(tally.bytes / seconds)} MB/s`);
  }
  if (tally.blobs > 0) parts.push(`${tally.blobs} blobs`);
  if (tally.files > 0) parts.push(`${tally.files} files`);
  return parts.join(' · ');
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}

function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?');
}

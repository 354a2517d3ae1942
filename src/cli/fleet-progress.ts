import type { OrgOutcome, Standing } from '../fleet/index.ts';
import type { Io } from './io.ts';
import { counted, printable } from './words.ts';

/** Where an org-wide scan stands, on stderr: one line that moves on a terminal, one line a minute in a log. */
export interface FleetProgress {
  show(standing: Standing): void;
  /** What holds it up right now. */
  waiting(why: string): void;
  count(what: 'request' | 'unchanged'): void;
  note(text: string): void;
  /** What the run came to. */
  conclude(outcome: OrgOutcome): void;
  clear(): void;
  end(): void;
}

const MOVING_MS = 250;
const LOGGED_MS = 60_000;
/** How long a wait is shown: it says itself when it is over. */
const WAIT_SHOWN_MS = 5_000;

export function createFleetProgress(io: Io, quiet: boolean): FleetProgress {
  const moving = io.stderr.isTTY === true;
  const began = performance.now();
  const requests = { request: 0, unchanged: 0 };
  let standing: Standing | undefined;
  let waiting: { readonly why: string; readonly at: number } | undefined;
  let shown = false;
  const erase = (): void => {
    if (shown) io.stderr.write('\r\x1b[K');
    shown = false;
  };
  const write = (text: string): void => {
    erase();
    io.stderr.write(`keyburn: ${text}\n`);
  };
  const draw = (): void => {
    if (standing === undefined) return;
    const elapsed = performance.now() - began;
    const held =
      waiting !== undefined && performance.now() - waiting.at < WAIT_SHOWN_MS ? waiting.why : undefined;
    const text = lineOf(standing, elapsed, requests.request, held);
    if (!moving) {
      write(text);
      return;
    }
    io.stderr.write(`\r\x1b[K${`keyburn: ${text}`.slice(0, (io.stderr.columns ?? 80) - 1)}`);
    shown = true;
  };
  const timer = quiet ? undefined : setInterval(draw, moving ? MOVING_MS : LOGGED_MS);
  timer?.unref();
  return {
    show(now) {
      standing = now;
    },
    waiting(why) {
      waiting = { why, at: performance.now() };
      if (!quiet && !moving) write(`waiting: ${why}`);
    },
    count(what) {
      requests[what] += 1;
    },
    note: write,
    conclude(outcome) {
      if (quiet) return;
      const { scanned, unchanged, troubled, peakBytes, summary } = outcome;
      write(
        [
          [
            `${counted(scanned, 'repository', 'repositories')} scanned`,
            ...(unchanged > 0 ? [`${unchanged} unchanged`] : []),
            ...(troubled > 0 ? [`${troubled} with trouble`] : []),
          ].join(', '),
          `${counted(requests.request, 'request', 'requests')}${requests.unchanged > 0 ? `, ${requests.unchanged} of them free` : ''}`,
          `${(summary.elapsedMs / 1_000).toFixed(1)} s${peakBytes > 0 ? `, peak ${megabytes(peakBytes)} MB` : ''}`,
        ].join('; '),
      );
    },
    clear: erase,
    end() {
      clearInterval(timer);
      erase();
    },
  };
}

export function lineOf(
  { done, of, bytes, problems, findings, at }: Standing,
  elapsedMs: number,
  requests: number,
  waiting: string | undefined,
): string {
  const seconds = Math.max(elapsedMs, 1) / 1_000;
  const parts = [`${done}/${of} repositories`, `${megabytes(bytes)} MB, ${megabytes(bytes / seconds)} MB/s`];
  if (done > 0 && of > done) parts.push(`${duration(((of - done) * seconds) / done)} left`);
  parts.push(`${findings} keys`, `${requests} requests`);
  if (problems > 0) parts.push(`${problems} with trouble`);
  if (waiting !== undefined) parts.push(`waiting: ${printable(waiting)}`);
  else if (at[0] !== undefined) parts.push(printable(at[0]));
  return parts.join(' · ');
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  if (seconds < 5_400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3_600).toFixed(1)} h`;
}

// A sign of life in the log of a long step. The law of this file: numbers and words of ours alone, because these lines are
// written while the reading is under way, and not everything may have been masked yet.

import type { Tally } from '../pipeline/index.ts';
import { count } from './words.ts';

const EVERY_MS = 10_000;

export interface Pulse {
  /** What is being done now; the tally grows meanwhile. */
  at(stage: string, tally?: Tally): void;
  stop(): void;
}

export function startPulse(write: (line: string) => void, every: number = EVERY_MS): Pulse {
  let now: { readonly stage: string; readonly tally: Tally | undefined } = {
    stage: 'starting',
    tally: undefined,
  };
  const began = performance.now();
  const timer = setInterval(() => {
    write(
      `keyburn: ${now.stage}, ${Math.round((performance.now() - began) / 1000)} s${readSoFar(now.tally)}`,
    );
  }, every);
  timer.unref();
  return {
    at(stage, tally) {
      now = { stage, tally };
    },
    stop: () => clearInterval(timer),
  };
}

function readSoFar(tally: Tally | undefined): string {
  if (tally === undefined || tally.bytes === 0) return '';
  const megabytes = Math.round(tally.bytes / 1e6);
  return `, ${megabytes} MB read in ${count(tally.blobs + tally.files, 'file version')} and ${count(tally.commits, 'commit')}`;
}

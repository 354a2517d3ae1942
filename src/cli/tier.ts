// When V8 may use its highest tier. Its optimizing compiler takes a second of CPU or more, in each thread, for functions of which
// a scan of a few seconds never gets that much back: the tier below (Maglev) is nearly as quick, and compiles in a third of
// the time. A single file is another matter: few functions do all the work, and are hot at once.

import { statSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';

/** From here on a scan is a long one. */
const LONG_MS = 10_000;

/** Leaves the highest tier for later, where one of the targets is more than a file or a stream. */
export function putOffTopTier(targets: readonly string[]): void {
  if (targets.every(isLone)) return;
  setFlagsFromString('--no-turbofan');
  setTimeout(() => setFlagsFromString('--turbofan'), LONG_MS).unref();
}

function isLone(target: string): boolean {
  if (target === '-') return true;
  try {
    return statSync(target).isFile();
  } catch {
    return false;
  }
}

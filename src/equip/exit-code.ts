import type { Outcome } from '../pipeline/index.ts';

export type FailOn = 'live' | 'any' | 'none';

/**
 * 0 nothing to report, 1 findings, 2 incomplete, 3 a key that still lives. The most urgent wins: a living key over an
 * incomplete scan, an incomplete scan over findings, because partial is not clean.
 */
export function exitCode(outcome: Outcome, failOn: FailOn): 0 | 1 | 2 | 3 {
  if (outcome.alive > 0 && failOn !== 'none') return 3;
  if (outcome.summary.skipped.length > 0) return 2;
  switch (failOn) {
    case 'any':
      return outcome.summary.findings > 0 ? 1 : 0;
    case 'live':
      return outcome.summary.live > 0 ? 1 : 0;
    case 'none':
      return 0;
  }
}

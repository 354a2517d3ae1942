import type { Entry } from '../../model/index.ts';
import type { Reporter } from './reporter.ts';

/** Holds the entries back and gives them in the order in which a person must look at them: what lives comes first. */
export function urgentFirst(reporter: Reporter): Reporter {
  const held: Entry[] = [];
  return {
    entry: (entry) => void held.push(entry),
    finish(summary) {
      // Stable: within one rank the order by place stays.
      for (const entry of held.toSorted((a, b) => rank(a) - rank(b))) reporter.entry(entry);
      reporter.finish(summary);
    },
  };
}

function rank({ receipt, verdict }: Entry): number {
  switch (receipt?.outcome) {
    case 'failed':
    case 'accepted':
      return 0;
    case 'held':
    case 'manual':
    case 'planned':
      return 1;
    case 'revoked':
    case 'contained':
    case 'already-dead':
      return 3;
    case undefined:
      break;
  }
  switch (verdict.state) {
    case 'live':
    case 'limited':
      return 2;
    case 'unknown':
      return 4;
    case 'disabled':
      return 5;
    case 'expired':
    case 'revoked':
    case 'rejected':
    case 'malformed':
      return 6;
  }
}

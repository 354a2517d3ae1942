// The law: an issuer's "accepted" proves nothing. Only its own later word that the key is dead does.

import { isDead, type Verdict } from '../model/index.ts';

export interface Waiting {
  /** Asks the issuer, past every cache. */
  readonly again: () => Promise<Verdict>;
  readonly now: () => Date;
  /** Resolves after so many ms. */
  readonly delay: (ms: number) => Promise<void>;
}

// In ms. The first look is at once; most issuers are consistent within the first second.
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 5_000;
const SETTLES_IN = 3_000;

/**
 * Asks until the key is dead or the issuer has had its time; answers with the last word.
 * @param enough what counts as dead: after a containment, `disabled` does not prove that the revoke worked too
 */
export async function prove(
  use: Waiting,
  settlesInMs = SETTLES_IN,
  enough: (verdict: Verdict) => boolean = isDead,
): Promise<Verdict> {
  const started = use.now().getTime();
  let waited = 0;
  let pause = FIRST_PAUSE;
  for (;;) {
    const verdict = await askAgain(use.again);
    // Slow answers count as waiting, or a dead network would keep a run for ever.
    const left = settlesInMs - Math.max(waited, use.now().getTime() - started);
    if (enough(verdict) || left <= 0) return verdict;
    const next = Math.min(pause, left);
    await use.delay(next);
    waited += next;
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  }
}

/** One question. What a check throws is no verdict, and its words may hold anything. */
export async function askAgain(again: () => Promise<Verdict>): Promise<Verdict> {
  try {
    return await again();
  } catch (fault) {
    return { state: 'unknown', why: 'unexpected-reply', detail: `the check failed (${nameOf(fault)})` };
  }
}

/** The kind of an error: its message may quote a request. */
export function nameOf(fault: unknown): string {
  return fault instanceof Error && /^[A-Za-z]+$/.test(fault.name) ? fault.name : 'error';
}

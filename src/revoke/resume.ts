import { type Fingerprint, isDead, type Receipt, type RevokeOrder, type Verdict } from '../model/index.ts';
import type { Service } from '../services/index.ts';
import type { Intent, Journal } from './journal.ts';
import { askAgain } from './prove.ts';
import { isHalfDone } from './revoke.ts';

export interface ResumeUse {
  readonly service: Pick<Service, 'contain' | 'revoke'>;
  readonly again: () => Promise<Verdict>;
  readonly journal: Journal;
  readonly now: () => Date;
}

/**
 * For a run that may not act, yet met an intent that an earlier run never settled: only looks. Where the key is dead, the
 * receipt is written late; else undefined, and the intent stays for an armed run, which calls `revoke` with `resume`.
 */
export async function resume(
  unfinished: { readonly id: Fingerprint; readonly step: Intent; readonly act: RevokeOrder['act'] },
  use: ResumeUse,
): Promise<Receipt | undefined> {
  const proof = await askAgain(use.again);
  if (!isDead(proof) || isHalfDone(proof, unfinished.act, use.service)) return undefined;
  const note = `an earlier run's order to ${unfinished.step} had worked`;
  const receipt: Receipt = { outcome: 'already-dead', at: use.now().toISOString(), proof, note };
  await use.journal.settle(unfinished.id, receipt);
  return receipt;
}

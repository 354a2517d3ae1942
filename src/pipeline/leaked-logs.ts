// The logs that showed a key, once it is dead.

import type { FoundCase } from '../find/index.ts';
import { type Fingerprint, isDead, type Receipt, type RunLog } from '../model/index.ts';
import type { Equipment } from './equipment.ts';

/** Burned by this run, and dead in its issuer's own words. */
export function isProvedDead(receipt: Receipt): boolean {
  return (receipt.outcome === 'revoked' || receipt.outcome === 'contained') && isDead(receipt.proof);
}

/** The logs that showed a key which this run has burned: intent before, outcome after. */
export async function deleteLogs({ case: { id }, sites }: FoundCase, use: Equipment): Promise<void> {
  if (use.deleteLog === undefined || use.ledger === undefined) return;
  const logs = new Map(
    sites.flatMap(({ log }) => (log === undefined ? [] : [[`${log.target} ${log.run}`, log]])),
  );
  for (const log of logs.values()) {
    await use.ledger.intendLog(id, log);
    await finishLog(id, log, use);
  }
}

export async function finishLog(id: Fingerprint, log: RunLog, use: Equipment): Promise<void> {
  const outcome = await use.deleteLog?.(log);
  if (outcome === undefined || use.ledger === undefined) return;
  await use.ledger.settleLog(id, log, outcome.deleted ? undefined : outcome.why);
  if (!outcome.deleted) use.warn(`the log of run ${log.run} of ${log.target} still stands: ${outcome.why}`);
}

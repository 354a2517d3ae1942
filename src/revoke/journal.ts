import type { Fingerprint, Receipt, RevokeOrder } from '../model/index.ts';

/** The step that is about to be sent. */
export type Intent = 'contain' | 'revoke';

/** Where intents and receipts go: the ledger. Both are on disk when the promise resolves. */
export interface Journal {
  intend(order: RevokeOrder, step: Intent): Promise<void>;
  /** Of many at once, where it can. @returns those that are on disk: all but the ones that another run has in hand by now */
  intendAll?(orders: readonly RevokeOrder[], step: Intent): Promise<ReadonlySet<Fingerprint>>;
  settle(id: Fingerprint, receipt: Receipt): Promise<void>;
}

import type { Ledger, LedgerOptions } from './ledger.ts';

/**
 * Opens the ledger of a state folder, or makes it. The database and all that it stands on are loaded here, as an offline scan needs
 * none of it.
 * @throws SetupError for a file that is damaged, or of a newer keyburn
 */
export async function openLedger(home: string, options: LedgerOptions = {}): Promise<Ledger> {
  const ledger = await import('./ledger.ts');
  return ledger.openLedger(home, options);
}

import type { Ledger, LedgerOptions } from './ledger.ts';

/**
 * Opens the ledger of a state folder, or makes it; or the one that a team shares on PostgreSQL. The database and all that it stands
 * on are loaded here, as an offline scan needs none of it.
 * @throws SetupError for a file that is damaged, a server that does not answer, or a ledger of a newer keyburn
 */
export async function openLedger(home: string, options: LedgerOptions = {}): Promise<Ledger> {
  if (options.database !== undefined) {
    const postgres = await import('./postgres.ts');
    return postgres.openPostgresLedger(options.database, options);
  }
  const file = await import('./sqlite-ledger.ts');
  return file.openSqliteLedger(home, options);
}

import { join } from 'node:path';
import { makeHome } from './home.ts';
import { type Ledger, type LedgerOptions, ledgerOn } from './ledger.ts';
import { openSqliteDatabase } from './sqlite-database.ts';

const FILE = 'ledger.sqlite';

/** Opens the ledger of a state folder, or makes it. */
export async function openSqliteLedger(home: string, options: LedgerOptions): Promise<Ledger> {
  makeHome(home);
  const { db, end } = await openSqliteDatabase(join(home, FILE));
  return ledgerOn(db, end, options.now ?? (() => new Date()));
}

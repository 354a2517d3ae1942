import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openLedger } from '../../src/record/index.ts';
import { BEFORE_THE_BOARD, boardContract } from './board-contract.ts';

boardContract('SQLite', async (now) => {
  const home = mkdtempSync(join(tmpdir(), 'keyburn-board-'));
  let ledger = await openLedger(home, { now });
  return {
    ledger,
    async withoutBoard() {
      await ledger.end();
      const database = new DatabaseSync(join(home, 'ledger.sqlite'));
      database.exec(`${BEFORE_THE_BOARD}; pragma user_version = 1`);
      database.close();
      ledger = await openLedger(home);
      return ledger;
    },
    async drop() {
      await ledger.end();
      rmSync(home, { recursive: true });
    },
  };
});

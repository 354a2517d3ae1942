// The memory of keyburn. The law: never a secret in it: fingerprints and masked previews only.

import { join } from 'node:path';
import { Kysely, SqliteDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import {
  type Entry,
  type Fingerprint,
  type Incident,
  type Receipt,
  type RevokeOrder,
  type RunLog,
  type ServiceId,
  SetupError,
  type Verdict,
} from '../model/index.ts';
import { type Board, createBoard } from './board.ts';
import { makeHome } from './home.ts';
import { type IncidentFilter, type Lookup, list, lookup, upsert, upsertAll } from './incidents.ts';
import {
  approval,
  approve,
  close,
  intend,
  type Ruled,
  reopen,
  settle,
  type Unfinished,
  unfinished,
} from './journal.ts';
import { intendLog, settleLog, unfinishedLogs } from './leaked-logs.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { type Approval, type Database, fromJson } from './rows.ts';
import { migrations, SCHEMA_VERSION, type Tables } from './schema.ts';
import { openSqlite } from './sqlite.ts';

export interface Ledger {
  /** What a run knows of one key. Before `intend`, always. */
  upsert(entry: Entry): Promise<Incident>;
  /** The same for many keys, faster. */
  upsertAll(entries: readonly Entry[]): Promise<void>;
  /** On disk before the call to the issuer goes out. */
  intend(order: RevokeOrder, step: 'contain' | 'revoke'): Promise<void>;
  settle(id: Fingerprint, receipt: Receipt): Promise<void>;
  /** Intents without a receipt, oldest first: the work that a killed run left; of one key where it is named. */
  unfinished(only?: Fingerprint): Promise<readonly Unfinished[]>;

  /** The cached verdict. How long it is good for is the asker's to judge, by its `checkedAt`. */
  get(id: Fingerprint, service: ServiceId): Promise<Verdict | undefined>;
  /** Unknown verdicts are not kept: they would hide that nobody knows. */
  put(id: Fingerprint, service: ServiceId, verdict: Verdict): Promise<void>;

  incidents(filter?: IncidentFilter): Promise<readonly Incident[]>;
  /** By the fingerprint or its first digits. */
  incident(idOrPrefix: string): Promise<Lookup>;
  close(id: Fingerprint, by: string, reason: string): Promise<Ruled>;
  /** @param proof the issuer's word that it works again, where it was asked */
  reopen(id: Fingerprint, by: string, reason: string, proof?: Verdict): Promise<Ruled>;
  approve(id: Fingerprint, by: string, reason: string): Promise<Ruled>;
  approval(id: Fingerprint): Promise<Approval | undefined>;

  /** Before the log of a run is deleted, as it showed this key. */
  intendLog(id: Fingerprint, log: RunLog): Promise<void>;
  /** After; @param why it still stands, where it does */
  settleLog(id: Fingerprint, log: RunLog, why: string | undefined): Promise<void>;
  /** Intents without an outcome. */
  unfinishedLogs(): Promise<readonly { readonly id: Fingerprint; readonly log: RunLog }[]>;

  readonly outbox: Outbox;
  /** What the incidents page reads and writes. */
  readonly board: Board;
  /** Ends its use of the file. */
  end(): Promise<void>;
}

export interface LedgerOptions {
  readonly now?: () => Date;
}

const FILE = 'ledger.sqlite';

/** Opens the ledger of a state folder, or makes it. */
export async function openLedger(home: string, options: LedgerOptions = {}): Promise<Ledger> {
  makeHome(home);
  const file = join(home, FILE);
  const sqlite = openSqlite(file);
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: sqlite }) });
  try {
    const found = sqlite.version();
    if (found > SCHEMA_VERSION) {
      throw new SetupError(
        `${file}: written by a newer keyburn (schema ${found}, this one knows ${SCHEMA_VERSION})`,
        {
          hint: 'use that newer version, or another KEYBURN_HOME',
        },
      );
    }
    if (found < SCHEMA_VERSION) await migrate(sqlite, db);
  } catch (cause) {
    sqlite.close();
    throw cause;
  }
  const end = async (): Promise<void> => {
    await db.destroy();
    sqlite.close();
  };
  return ledgerOn(db, end, options.now ?? (() => new Date()));
}

// All migrations are one transaction: two processes that open a new ledger at once wait for each other, and one that is
// killed half-way leaves nothing. Kysely opens no transaction of its own here, as SQLite's adapter says not to.
async function migrate(sqlite: ReturnType<typeof openSqlite>, db: Database): Promise<void> {
  sqlite.exec('begin immediate');
  try {
    const migrator = new Migrator({
      db,
      provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
    });
    const { error } = await migrator.migrateToLatest();
    if (error !== undefined) throw error;
    sqlite.exec(`pragma user_version = ${SCHEMA_VERSION}`);
    sqlite.exec('commit');
  } catch (cause) {
    sqlite.exec('rollback');
    throw cause;
  }
}

function ledgerOn(db: Database, end: () => Promise<void>, now: () => Date): Ledger {
  const at = (): string => now().toISOString();
  return {
    upsert: (entry) => upsert(db, entry, at()),
    upsertAll: (entries) => upsertAll(db, entries, at()),
    intend: (order, step) => intend(db, order, step, at()),
    settle: (id, receipt) => settle(db, id, receipt, at()),
    unfinished: (only) => unfinished(db, only),
    incidents: (filter = {}) => list(db, filter),
    incident: (idOrPrefix) => lookup(db, idOrPrefix),
    close: (id, by, reason) => close(db, id, by, reason, at()),
    reopen: (id, by, reason, proof) => reopen(db, id, { at: at(), by, reason }, proof),
    approve: (id, by, reason) => approve(db, id, by, reason, at()),
    approval: (id) => approval(db, id),
    intendLog: (id, log) => intendLog(db, id, log, at()),
    settleLog: (id, log, why) => settleLog(db, id, log, why, at()),
    unfinishedLogs: () => unfinishedLogs(db),
    outbox: createOutbox(db, now),
    board: createBoard(db, now),
    end,

    async get(id, service) {
      const row = await db
        .selectFrom('verdicts')
        .select('verdict')
        .where('id', '=', id)
        .where('service', '=', service)
        .executeTakeFirst();
      return row === undefined ? undefined : fromJson<Verdict>(row.verdict);
    },

    async put(id, service, verdict) {
      if (verdict.state === 'unknown') return;
      const text = JSON.stringify(verdict);
      await db
        .insertInto('verdicts')
        .values({ id, service, verdict: text })
        .onConflict((conflict) => conflict.columns(['id', 'service']).doUpdateSet({ verdict: text }))
        .execute();
    },
  };
}

// The memory of keyburn. The law: never a secret in it: fingerprints and masked previews only.

import type {
  Entry,
  Fingerprint,
  Incident,
  Receipt,
  RevokeOrder,
  RunLog,
  ServiceId,
  Verdict,
} from '../model/index.ts';
import {
  type Act,
  actsOf,
  intendUndo,
  type RunOfActs,
  runsOfActs,
  settleUndo,
  type UndoWord,
} from './acts.ts';
import { type Board, createBoard } from './board.ts';
import { createFleetStore, type FleetStore } from './fleet.ts';
import { type IncidentFilter, type Lookup, list, lookup, type Seen, upsert, upsertAll } from './incidents.ts';
import {
  approval,
  approve,
  close,
  type Hand,
  intendAll,
  type Ruled,
  reopen,
  settle,
  type Unfinished,
  unfinished,
} from './journal.ts';
import { intendLog, settleLog, unfinishedLogs } from './leaked-logs.ts';
import { keyLease, LeaseLost } from './lease.ts';
import { type Merged, mergeFile } from './merge.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { type Purged, type PurgeOptions, purge, shrink } from './purge.ts';
import { type Approval, type Database, fromJson } from './rows.ts';

export interface Ledger {
  /** What a run knows of one key. Before `intend`, always. */
  upsert(entry: Entry, seen?: Seen): Promise<Incident>;
  /** The same for many keys, faster. */
  upsertAll(entries: readonly Entry[]): Promise<void>;
  /** On disk before the call to the issuer goes out. */
  intend(order: RevokeOrder, step: 'contain' | 'revoke', hand?: Hand): Promise<void>;
  /** Of many at once. @returns those that are on disk: all but the ones whose lease was lost */
  intendAll(
    orders: readonly RevokeOrder[],
    step: 'contain' | 'revoke',
    hand?: Hand,
  ): Promise<ReadonlySet<Fingerprint>>;
  settle(id: Fingerprint, receipt: Receipt, hand?: Hand): Promise<void>;
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

  /** What a run did, by its name. */
  acts(run: string): Promise<readonly Act[]>;
  /** Runs that did something, the last first. */
  runs(limit: number): Promise<readonly RunOfActs[]>;
  /** Before an issuer is asked to undo what was done to a key. */
  intendUndo(id: Fingerprint, word: UndoWord): Promise<void>;
  /** After. @param outcome `restored`, or in a word why not */
  settleUndo(id: Fingerprint, outcome: string, note: string): Promise<void>;

  readonly outbox: Outbox;
  /** What the incidents page reads and writes. */
  readonly board: Board;
  /** What org-wide scans remember. */
  readonly fleet: FleetStore;
  /** Takes over what another ledger's file holds. */
  merge(from: string): Promise<Merged>;
  /** Takes out the details of what has been over for long; incidents and their audit trail stay. */
  purge(options: PurgeOptions): Promise<Purged>;
  /** Gives free room back to the disk. @returns false where others are at work on the file */
  shrink(): Promise<boolean>;
  /** Ends its use of the file, or of the server. */
  end(): Promise<void>;
}

export interface LedgerOptions {
  readonly now?: () => Date;
  /** `postgres://…`: the ledger of a team stands there, not in the state folder. */
  readonly database?: string | undefined;
}

export function ledgerOn(db: Database, end: () => Promise<void>, now: () => Date): Ledger {
  const at = (): string => now().toISOString();
  return {
    upsert: (entry, seen = {}) => upsert(db, entry, seen, at()),
    upsertAll: (entries) => upsertAll(db, entries, at()),
    async intend(order, step, hand = {}) {
      const written = await intendAll(db, [order], step, hand, at());
      if (!written.has(order.id)) throw new LeaseLost(`the lease was lost: ${keyLease(order.id)}`);
    },
    intendAll: (orders, step, hand = {}) => intendAll(db, orders, step, hand, at()),
    settle: (id, receipt, hand = {}) => settle(db, id, receipt, hand, at()),
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
    acts: (run) => actsOf(db, run),
    runs: (limit) => runsOfActs(db, limit),
    intendUndo: (id, word) => intendUndo(db, id, word, at()),
    settleUndo: (id, outcome, note) => settleUndo(db, id, outcome, note, at()),
    outbox: createOutbox(db, now),
    board: createBoard(db, now),
    fleet: createFleetStore(db, now),
    merge: (from) => mergeFile(db, from),
    purge: (options) => purge(db, options, at()),
    shrink: () => shrink(db),
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

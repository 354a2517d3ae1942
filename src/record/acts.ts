// What runs did to keys, so that a whole run can be undone. The laws: that it is to be undone is on disk before the issuer is asked, and
// what came of it after; what was undone once is not undone again.

import type { Fingerprint, Outcome } from '../model/index.ts';
import { locked } from './engine.ts';
import { addStep, type Database } from './rows.ts';

/** What a run did to one key: its last step. */
export interface Act {
  readonly id: Fingerprint;
  readonly step: 'contain' | 'revoke';
  readonly at: string;
  /** Of its receipt; null: it stands between intent and receipt. */
  readonly outcome: Outcome | null;
  /** Somebody wanted it undone. */
  readonly undoing: boolean;
  /** What came of that: `restored`, or in a word why not. */
  readonly undone: string | null;
}

export interface RunOfActs {
  readonly run: string;
  readonly from: string;
  readonly to: string;
  readonly keys: number;
}

/** A person's word. */
export interface UndoWord {
  readonly by: string;
  readonly reason: string;
}

/** The first that was acted on first. */
export async function actsOf(db: Database, run: string): Promise<Act[]> {
  const rows = await db.selectFrom('acts').selectAll().where('run', '=', run).orderBy('seq').execute();
  const last = new Map(rows.map((row) => [row.incident_id, row]));
  return [...last.values()].map((row) => ({
    id: row.incident_id as Fingerprint,
    step: row.step,
    at: row.at,
    outcome: row.outcome as Outcome | null,
    undoing: row.undo_at !== null,
    undone: row.undone,
  }));
}

/** The last run first. */
export async function runsOfActs(db: Database, limit: number): Promise<RunOfActs[]> {
  const rows = await db
    .selectFrom('acts')
    .select(({ fn }) => [
      'run',
      fn.min<string>('at').as('from'),
      fn.max<string>('at').as('to'),
      fn.count('incident_id').distinct().as('keys'),
    ])
    .where('run', '<>', '')
    .groupBy('run')
    .orderBy('to', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, keys: Number(row.keys) }));
}

export async function intendUndo(
  db: Database,
  id: Fingerprint,
  { by, reason }: UndoWord,
  at: string,
): Promise<void> {
  await locked(db, [id], async (tx) => {
    await tx
      .updateTable('acts')
      .set({ undo_at: at, undone: null })
      .where('incident_id', '=', id)
      .where((where) => where.or([where('undone', 'is', null), where('undone', '<>', 'restored')]))
      .execute();
    await addStep(tx, id, { at, who: by, what: 'restoring', note: reason });
  });
}

/** @param outcome `restored`, or in a word why not; @param note words without a secret */
export async function settleUndo(
  db: Database,
  id: Fingerprint,
  outcome: string,
  note: string,
  at: string,
): Promise<void> {
  await locked(db, [id], async (tx) => {
    await tx
      .updateTable('acts')
      .set({ undone: outcome })
      .where('incident_id', '=', id)
      .where('undo_at', 'is not', null)
      .where('undone', 'is', null)
      .execute();
    const what = outcome === 'restored' ? 'restored' : 'not-restored';
    await addStep(tx, id, { at, who: 'keyburn', what, note: `${outcome}: ${note}` });
  });
}

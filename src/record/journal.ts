// Intent before, receipt after. The law: an intent is on disk before a call goes out, and nothing but a receipt takes it
// away; only a dead verdict, or a person with a reason, closes an incident.

import {
  type Fingerprint,
  type Incident,
  isDead,
  isUsable,
  type Receipt,
  type RevokeOrder,
  type Verdict,
} from '../model/index.ts';
import { shelve } from './card.ts';
import { locked } from './engine.ts';
import { judged, rowOf } from './incidents.ts';
import { keyLease } from './lease.ts';
import { fenced, mustHold } from './leases.ts';
import { placesOf } from './places.ts';
import {
  type Approval,
  addStep,
  type Database,
  fromJson,
  type StepKind,
  type Tx,
  toIncident,
} from './rows.ts';
import type { IncidentRow } from './schema.ts';

/**
 * An intent without a receipt: some run was stopped between the two. The incident still has the verdict and the decision
 * that led to it.
 */
export interface Unfinished {
  readonly incident: Incident;
  readonly step: 'contain' | 'revoke';
}

/** What came of a person's word. `unfinished`: an intent has no receipt yet, the next run must look first. */
export type Ruled = 'done' | 'missing' | 'unfinished' | 'closed';

/** Whose work it is that is written. */
export interface Hand {
  /** Names the run, so that all of it can be undone. */
  readonly run?: string | undefined;
  /** Holder of the keys' leases, where others work on the same ledger: who has lost one writes nothing about that key. */
  readonly holder?: string | undefined;
}

/** Orders in one transaction: few enough that another process is not kept waiting for its turn. */
const TOGETHER = 250;

/** @returns those that are on record now: all but the ones whose lease was lost */
export async function intendAll(
  db: Database,
  orders: readonly RevokeOrder[],
  step: 'contain' | 'revoke',
  { run = '', holder }: Hand,
  at: string,
): Promise<ReadonlySet<Fingerprint>> {
  const written = new Set<Fingerprint>();
  for (let from = 0; from < orders.length; from += TOGETHER) {
    const some = orders.slice(from, from + TOGETHER);
    const ids = some.map(({ id }) => id);
    await locked(db, ids, async (tx) => {
      const ours = holder === undefined ? undefined : await fenced(tx, ids.map(keyLease), holder, at);
      for (const order of some) {
        if (ours?.has(keyLease(order.id)) === false) continue;
        await intendOne(tx, order, step, run, at);
        written.add(order.id);
      }
    });
  }
  return written;
}

async function intendOne(
  tx: Tx,
  order: RevokeOrder,
  step: 'contain' | 'revoke',
  run: string,
  at: string,
): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('incidents')
    .set({ state: 'intended', step, act: order.act, because: order.because })
    .where('id', '=', order.id)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new Error(`no incident ${order.id} to intend for: upsert it first`);
  const note = `${step} at ${order.service}: ${order.because}`;
  await addStep(tx, order.id, { at, who: 'keyburn', what: 'intended', note });
  await tx
    .insertInto('acts')
    .values({ run, incident_id: order.id, step, at, outcome: null, undo_at: null, undone: null })
    .execute();
  await shelveAgain(tx, order.id, at);
}

export async function settle(
  db: Database,
  id: Fingerprint,
  receipt: Receipt,
  { holder }: Hand,
  at: string,
): Promise<void> {
  await locked(db, [id], async (tx) => {
    if (holder !== undefined) await mustHold(tx, { name: keyLease(id), holder }, at);
    const row = await rowOf(tx, id);
    if (row === undefined) throw new Error(`no incident ${id} to settle: upsert it first`);
    const proof = 'proof' in receipt ? receipt.proof : undefined;
    const idle = receipt.outcome === 'planned' || receipt.outcome === 'held';
    const closed = proof !== undefined && isDead(proof);
    await tx
      .updateTable('incidents')
      .set({
        receipt: JSON.stringify(receipt),
        // An order that was not given says nothing about an intent that an earlier run left behind.
        ...(idle ? {} : { state: closed ? 'closed' : 'open', step: null }),
        ...(closed ? { approval: null, closed_alive: 0 } : {}),
        ...(proof === undefined ? {} : judged(proof)),
      })
      .where('id', '=', id)
      .execute();
    if (!idle)
      await tx
        .updateTable('acts')
        .set({ outcome: receipt.outcome })
        .where('incident_id', '=', id)
        .where('outcome', 'is', null)
        .execute();
    await addStep(tx, id, {
      at,
      who: 'keyburn',
      what: 'settled',
      note: `${receipt.outcome}: ${receipt.note}`,
    });
    if (closed && row.state !== 'closed') {
      await addStep(tx, id, { at, who: 'keyburn', what: 'closed', note: `proved ${proof.state}` });
    }
    if (!idle && row.service !== null) await remember(tx, id, row.service, proof);
    await shelveAgain(tx, id, at);
  });
}

// What was cached before we acted is worth nothing now.
async function remember(tx: Tx, id: string, service: string, proof: Verdict | undefined): Promise<void> {
  await tx.deleteFrom('verdicts').where('id', '=', id).where('service', '=', service).execute();
  if (proof !== undefined && proof.state !== 'unknown') {
    await tx
      .insertInto('verdicts')
      .values({ id, service, verdict: JSON.stringify(proof) })
      .execute();
  }
}

export async function unfinished(db: Database, only?: Fingerprint): Promise<Unfinished[]> {
  const rows = await db
    .selectFrom('incidents')
    .selectAll()
    .where('state', '=', 'intended')
    .$if(only !== undefined, (query) => query.where('id', '=', only ?? ''))
    .orderBy('first_seen')
    .orderBy('id')
    .execute();
  const places = await placesOf(
    db,
    rows.map((row) => row.id),
  );
  return rows.map((row) => ({
    incident: toIncident(row, places.get(row.id) ?? []),
    step: row.step ?? 'revoke',
  }));
}

/** A person closes it with a reason: it stays closed, unless the key was dead then and lives again. What is closed already stays as it is. */
export async function close(
  db: Database,
  id: Fingerprint,
  by: string,
  reason: string,
  at: string,
): Promise<Ruled> {
  return rule(db, id, 'closed', { at, by, reason }, (row) => {
    if (row.state === 'intended') return 'unfinished';
    if (row.state === 'closed') return 'closed';
    const alive = isUsable(fromJson<Verdict>(row.verdict));
    return { state: 'closed', approval: null, closed_alive: alive ? 1 : 0 };
  });
}

/** @param proof the issuer's word that it works again */
export async function reopen(
  db: Database,
  id: Fingerprint,
  word: { readonly at: string; readonly by: string; readonly reason: string },
  proof: Verdict | undefined,
): Promise<Ruled> {
  const ruled = await rule(db, id, 'reopened', word, (row) =>
    row.state === 'intended'
      ? 'unfinished'
      : {
          state: 'open',
          closed_alive: 0,
          // What was approved and done counts for the time before.
          ...(proof === undefined ? {} : { ...judged(proof), receipt: null, approval: null }),
        },
  );
  // Cached before: dead.
  if (proof !== undefined) await db.deleteFrom('verdicts').where('id', '=', id).execute();
  return ruled;
}

async function shelveAgain(tx: Tx, id: string, at: string): Promise<void> {
  const row = await rowOf(tx, id);
  if (row !== undefined) await shelve(tx, row, at);
}

/** A person says yes to a burn; the next armed run carries it out. */
export async function approve(
  db: Database,
  id: Fingerprint,
  by: string,
  reason: string,
  at: string,
): Promise<Ruled> {
  return rule(db, id, 'approved', { at, by, reason }, (row) => {
    if (row.state === 'closed') return 'closed';
    const approval: Approval = { by, reason, at };
    return { approval: JSON.stringify(approval) };
  });
}

export async function approval(db: Database, id: Fingerprint): Promise<Approval | undefined> {
  const row = await rowOf(db, id);
  return row?.approval ? fromJson<Approval>(row.approval) : undefined;
}

/** A person's word: in the audit trail with who and when, whatever it changes. */
export async function rule(
  db: Database,
  id: Fingerprint,
  what: StepKind,
  word: { readonly at: string; readonly by: string; readonly reason: string },
  change: (row: IncidentRow) => Partial<IncidentRow> | Ruled,
): Promise<Ruled> {
  return locked(db, [id], async (tx) => {
    const row = await rowOf(tx, id);
    if (row === undefined) return 'missing';
    const changed = change(row);
    if (typeof changed === 'string') return changed;
    if (Object.keys(changed).length > 0)
      await tx.updateTable('incidents').set(changed).where('id', '=', id).execute();
    await addStep(tx, id, { at: word.at, who: word.by, what, note: word.reason });
    await shelveAgain(tx, id, word.at);
    return 'done';
  });
}

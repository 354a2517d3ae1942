// What a run saw becomes an incident. The laws: an intent that has no receipt stays on record whatever is seen
// meanwhile; unknown does not overwrite what was known; an older verdict does not overwrite a newer one; an exposure goes down by a
// person's word alone.

import {
  type Entry,
  type Exposure,
  exposureAfter,
  type Fingerprint,
  type Incident,
  isDead,
  isUsable,
  type Receipt,
  type ServiceId,
  type Verdict,
  type VerdictState,
} from '../model/index.ts';
import { shelve } from './card.ts';
import { locked } from './engine.ts';
import { placesOf, rememberPlaces } from './places.ts';
import { type Approval, addStep, type Database, fromJson, type Step, type Tx, toIncident } from './rows.ts';
import type { IncidentRow } from './schema.ts';

export interface IncidentFilter {
  readonly state?: Incident['state'];
  readonly service?: ServiceId;
  readonly exposure?: Exposure;
  readonly verdict?: VerdictState;
  readonly limit?: number;
  readonly offset?: number;
}

/** One incident with its story. */
export interface IncidentStory {
  readonly incident: Incident;
  readonly approval: Approval | undefined;
  /** Oldest first. */
  readonly steps: readonly Step[];
}

export type Lookup =
  | ({ readonly kind: 'one' } & IncidentStory)
  | { readonly kind: 'none' }
  | { readonly kind: 'several'; readonly ids: readonly Fingerprint[] };

/** How an entry came about. */
export interface Seen {
  /** Its exposure is a person's word on every place of the key. */
  readonly saidExposure?: boolean;
}

// Entries in one transaction: few enough that another process is not kept waiting for its turn.
const BATCH = 500;

/** Writes down what a run knows of one key; answers with the incident as it stands then. */
export async function upsert(db: Database, entry: Entry, seen: Seen, at: string): Promise<Incident> {
  return locked(db, [entry.id], async (tx) => {
    const row = await write(tx, entry, at, seen);
    const places = await placesOf(tx, [entry.id]);
    return toIncident(row, places.get(entry.id) ?? []);
  });
}

/** The same for many, with one flush to the disk for each batch of them. */
export async function upsertAll(db: Database, entries: readonly Entry[], at: string): Promise<void> {
  for (let from = 0; from < entries.length; from += BATCH) {
    const batch = entries.slice(from, from + BATCH);
    const ids = batch.map((entry) => entry.id);
    await locked(db, ids, async (tx) => {
      for (const entry of batch) await write(tx, entry, at);
    });
  }
}

async function write(
  tx: Tx,
  entry: Entry,
  at: string,
  { saidExposure = false }: Seen = {},
): Promise<IncidentRow> {
  const known = await rowOf(tx, entry.id);
  const row = known === undefined ? fresh(entry, at) : merge(known, entry, saidExposure, at);
  if (known === undefined) await tx.insertInto('incidents').values(row).execute();
  else await tx.updateTable('incidents').set(row).where('id', '=', entry.id).execute();
  for (const [what, note] of changes(known, row, saidExposure)) {
    await addStep(tx, entry.id, { at, who: 'keyburn', what, note });
  }
  const places = [entry.place, ...entry.otherPlaces];
  await rememberPlaces(tx, entry.id, places, at);
  await shelve(tx, row, at, places);
  return row;
}

/** Newest first. */
export async function list(db: Database, filter: IncidentFilter): Promise<Incident[]> {
  let query = db.selectFrom('incidents').selectAll().orderBy('last_seen', 'desc').orderBy('id');
  if (filter.state !== undefined) query = query.where('state', '=', filter.state);
  if (filter.service !== undefined) query = query.where('service', '=', filter.service);
  if (filter.exposure !== undefined) query = query.where('exposure', '=', filter.exposure);
  if (filter.verdict !== undefined) query = query.where('verdict_state', '=', filter.verdict);
  if (filter.limit !== undefined) query = query.limit(filter.limit);
  // SQLite knows no offset without a limit.
  else if (filter.offset !== undefined) query = query.limit(Number.MAX_SAFE_INTEGER);
  if (filter.offset !== undefined) query = query.offset(filter.offset);
  const rows = await query.execute();
  const places = await placesOf(
    db,
    rows.map((row) => row.id),
  );
  return rows.map((row) => toIncident(row, places.get(row.id) ?? []));
}

/** By the whole fingerprint, or by its first digits. */
export async function lookup(db: Database, idOrPrefix: string): Promise<Lookup> {
  if (!/^[0-9a-f]{1,64}$/.test(idOrPrefix)) return { kind: 'none' };
  const rows = await db
    .selectFrom('incidents')
    .selectAll()
    .where('id', '>=', idOrPrefix)
    .where('id', '<=', idOrPrefix.padEnd(64, 'f'))
    .orderBy('id')
    .limit(20)
    .execute();
  const [row] = rows;
  if (row === undefined) return { kind: 'none' };
  if (rows.length > 1) return { kind: 'several', ids: rows.map((one) => one.id as Fingerprint) };
  const places = await placesOf(db, [row.id]);
  const steps = await db
    .selectFrom('steps')
    .select(['at', 'who', 'what', 'note'])
    .where('incident_id', '=', row.id)
    .orderBy('seq')
    .execute();
  return {
    kind: 'one',
    incident: toIncident(row, places.get(row.id) ?? []),
    approval: row.approval === null ? undefined : fromJson<Approval>(row.approval),
    steps: steps as Step[],
  };
}

export async function rowOf(db: Database | Tx, id: string): Promise<IncidentRow | undefined> {
  return db.selectFrom('incidents').selectAll().where('id', '=', id).executeTakeFirst();
}

function fresh(entry: Entry, at: string): IncidentRow {
  return {
    id: entry.id,
    state: isOver(entry.verdict) ? 'closed' : 'open',
    step: null,
    ...described(entry),
    exposure: entry.exposure,
    ...judged(entry.verdict),
    act: entry.decision.act,
    because: entry.decision.because,
    receipt: entry.receipt === null ? null : JSON.stringify(entry.receipt),
    approval: null,
    closed_alive: 0,
    first_seen: at,
    last_seen: at,
  };
}

function merge(known: IncidentRow, entry: Entry, saidExposure: boolean, at: string): IncidentRow {
  // While an intent has no receipt, the verdict and the decision that led to it stay: the next run finishes by them.
  const counts = known.state !== 'intended' && isNews(entry.verdict, fromJson<Verdict>(known.verdict));
  const state = counts ? stateAfter(known, entry.verdict) : known.state;
  const reopened = known.state === 'closed' && state === 'open';
  return {
    ...known,
    ...described(entry),
    state,
    exposure: exposureAfter(known.exposure as Exposure, entry.exposure, saidExposure),
    ...(counts ? { ...judged(entry.verdict), act: entry.decision.act, because: entry.decision.because } : {}),
    receipt: receiptAfter(reopened ? null : known.receipt, entry.receipt),
    approval: reopened || state === 'closed' ? null : known.approval,
    last_seen: at,
  };
}

function described(
  entry: Entry,
): Pick<IncidentRow, 'rule' | 'title' | 'severity' | 'service' | 'preview' | 'environment'> {
  const { rule, title, severity, service, preview, environment } = entry;
  return { rule, title, severity, service, preview, environment };
}

export function judged(verdict: Verdict): Pick<IncidentRow, 'verdict' | 'verdict_state'> {
  return { verdict: JSON.stringify(verdict), verdict_state: verdict.state };
}

// Dead by the issuer's word, or never issued: nothing is left to do.
function isOver(verdict: Verdict): boolean {
  return isDead(verdict) || verdict.state === 'malformed';
}

function isNews(verdict: Verdict, known: Verdict): boolean {
  if (verdict.state === 'unknown') return known.state === 'unknown';
  return known.state === 'unknown' || verdict.checkedAt >= known.checkedAt;
}

function stateAfter(known: IncidentRow, verdict: Verdict): IncidentRow['state'] {
  switch (known.state) {
    case 'intended':
      return 'intended';
    case 'open':
      return isOver(verdict) ? 'closed' : 'open';
    case 'closed':
      // A person who closed it while it was alive knew what they did; a key that lives again is news.
      return isUsable(verdict) && known.closed_alive === 0 ? 'open' : 'closed';
  }
}

// What would have been done says less than what was done.
function receiptAfter(known: string | null, receipt: Receipt | null): string | null {
  if (receipt === null) return known;
  const idle = (outcome: Receipt['outcome']): boolean => outcome === 'planned' || outcome === 'held';
  if (known !== null && idle(receipt.outcome) && !idle(fromJson<Receipt>(known).outcome)) return known;
  return JSON.stringify(receipt);
}

function* changes(
  known: IncidentRow | undefined,
  row: IncidentRow,
  saidExposure: boolean,
): Generator<[Step['what'], string]> {
  if (known === undefined) {
    yield ['opened', `${row.title}, ${row.verdict_state}, ${row.exposure}`];
    if (row.state === 'closed') yield ['closed', `it is ${row.verdict_state}`];
    return;
  }
  if (known.verdict_state !== row.verdict_state) {
    yield ['verdict', `${known.verdict_state} → ${row.verdict_state}`];
  }
  if (known.exposure !== row.exposure)
    yield [
      'exposure',
      `${known.exposure} → ${row.exposure}${saidExposure ? ', by the word of --exposure' : ''}`,
    ];
  if (known.state === 'open' && row.state === 'closed') yield ['closed', `it is ${row.verdict_state}`];
  if (known.state === 'closed' && row.state === 'open')
    yield ['reopened', `it is ${row.verdict_state} again`];
}

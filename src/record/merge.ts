// Joins the ledger of another machine into this one: what shards of a scan have found, each on its own. The laws: merging twice is merging
// once; the later word counts, and the widest exposure; an intent without a receipt stays one; a message that was sent on either side is sent.

import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Exposure, exposureAfter, SetupError } from '../model/index.ts';
import { hold } from './engine.ts';
import type { Database, Tx } from './rows.ts';
import type { IncidentRow } from './schema.ts';

export interface Merged {
  readonly incidents: number;
  /** Those of them that were new. */
  readonly added: number;
  readonly repositories: number;
}

/** @param from a ledger's file, or the state folder that it is in */
export async function mergeFile(into: Database, from: string): Promise<Merged> {
  const file = existsSync(from) && statSync(from).isDirectory() ? join(from, 'ledger.sqlite') : from;
  if (!existsSync(file))
    throw new SetupError(`${file}: there is no ledger`, {
      hint: 'name the ledger.sqlite of a shard, or the folder that it is in',
    });
  const { openSqliteDatabase } = await import('./sqlite-database.ts');
  const other = await openSqliteDatabase(file);
  try {
    return await merge(into, other.db);
  } finally {
    await other.end();
  }
}

const ROWS = 200;

async function merge(into: Database, from: Database): Promise<Merged> {
  let added = 0;
  const incidents = await from.selectFrom('incidents').selectAll().orderBy('id').execute();
  for (const row of incidents) {
    await into.transaction().execute(async (tx) => {
      await hold(tx, [row.id]);
      if (await mergeIncident(tx, from, row)) added += 1;
    });
  }
  const repositories = await from.selectFrom('repositories').selectAll().orderBy('key').execute();
  for (const row of repositories)
    await into.transaction().execute((tx) => mergeRepository(tx, from, row.key));
  for (const row of await from.selectFrom('verdicts').selectAll().execute()) {
    const checkedAt = (text: string): string => (JSON.parse(text) as { checkedAt?: string }).checkedAt ?? '';
    const known = await into
      .selectFrom('verdicts')
      .select('verdict')
      .where('id', '=', row.id)
      .where('service', '=', row.service)
      .executeTakeFirst();
    if (known !== undefined && checkedAt(known.verdict) >= checkedAt(row.verdict)) continue;
    await into
      .insertInto('verdicts')
      .values(row)
      .onConflict((conflict) => conflict.columns(['id', 'service']).doUpdateSet({ verdict: row.verdict }))
      .execute();
  }
  return { incidents: incidents.length, added, repositories: repositories.length };
}

/** @returns whether it was new */
async function mergeIncident(tx: Tx, from: Database, row: IncidentRow): Promise<boolean> {
  const known = await tx.selectFrom('incidents').selectAll().where('id', '=', row.id).executeTakeFirst();
  if (known === undefined) await tx.insertInto('incidents').values(row).execute();
  else await tx.updateTable('incidents').set(joined(known, row)).where('id', '=', row.id).execute();
  for (const place of await from
    .selectFrom('places')
    .selectAll()
    .where('incident_id', '=', row.id)
    .execute()) {
    await tx
      .insertInto('places')
      .values(place)
      .onConflict((conflict) => conflict.columns(['incident_id', 'identity']).doNothing())
      .execute();
  }
  const steps = await from
    .selectFrom('steps')
    .selectAll()
    .where('incident_id', '=', row.id)
    .orderBy('seq')
    .execute();
  const here = await tx.selectFrom('steps').selectAll().where('incident_id', '=', row.id).execute();
  const told = new Set(here.map(({ seq: _seq, ...step }) => JSON.stringify(Object.values(step))));
  for (const { seq: _seq, ...step } of steps) {
    if (!told.has(JSON.stringify(Object.values(step)))) await tx.insertInto('steps').values(step).execute();
  }
  const messages = await from.selectFrom('outbox').selectAll().where('incident_id', '=', row.id).execute();
  for (const { seq: _seq, ...message } of messages) {
    await tx
      .insertInto('outbox')
      .values(message)
      .onConflict((conflict) =>
        conflict
          .columns(['incident_id', 'channel', 'kind'])
          .doUpdateSet({ sent_at: message.sent_at })
          .where('outbox.sent_at', 'is', null),
      )
      .execute();
  }
  return known === undefined;
}

/** The later word of the two, and the story of both. */
function joined(a: IncidentRow, b: IncidentRow): IncidentRow {
  const checkedAt = (row: IncidentRow): string =>
    (JSON.parse(row.verdict) as { checkedAt?: string }).checkedAt ?? '';
  const later = checkedAt(b) > checkedAt(a) ? b : a;
  const earlier = later === a ? b : a;
  // Whoever has an order out without a receipt must look, whatever the other one has seen.
  const open = [a, b].find(({ state }) => state === 'intended');
  const base = open === undefined ? later : { ...later, ...decided(open) };
  const acted = receiptOf(a, b);
  const [firstSeen] = [a.first_seen, b.first_seen].sort();
  const lastSeen = [a.last_seen, b.last_seen].sort().at(-1);
  return {
    ...base,
    receipt: acted ?? later.receipt ?? earlier.receipt,
    approval: later.approval ?? earlier.approval,
    closed_alive: Math.max(a.closed_alive, b.closed_alive),
    exposure: exposureAfter(earlier.exposure as Exposure, later.exposure as Exposure, false),
    first_seen: firstSeen ?? a.first_seen,
    last_seen: lastSeen ?? a.last_seen,
  };
}

function decided({ state, step, act, because, verdict, verdict_state }: IncidentRow): Partial<IncidentRow> {
  return { state, step, act, because, verdict, verdict_state };
}

/** A receipt of something done says more than one of a plan. */
function receiptOf(a: IncidentRow, b: IncidentRow): string | null {
  const done = [a, b]
    .map(({ receipt }) => receipt)
    .filter((text) => text !== null)
    .map((text) => ({ text, receipt: JSON.parse(text) as { outcome: string; at: string } }))
    .filter(({ receipt }) => receipt.outcome !== 'planned' && receipt.outcome !== 'held')
    .sort((one, other) => (one.receipt.at < other.receipt.at ? 1 : -1));
  return done[0]?.text ?? null;
}

async function mergeRepository(tx: Tx, from: Database, key: string): Promise<void> {
  const row = await from
    .selectFrom('repositories')
    .selectAll()
    .where('key', '=', key)
    .executeTakeFirstOrThrow();
  await hold(tx, [key]);
  const known = await tx.selectFrom('repositories').selectAll().where('key', '=', key).executeTakeFirst();
  if (known === undefined) await tx.insertInto('repositories').values(row).execute();
  else {
    const scanned = (row.scanned_at ?? '') > (known.scanned_at ?? '') ? row : known;
    const listed = row.listed_at > known.listed_at ? row : known;
    const { scanned_push, scanned_at, problem, tries } = scanned;
    await tx
      .updateTable('repositories')
      .set({
        ...listed,
        network: listed.network ?? row.network ?? known.network,
        scanned_push,
        scanned_at,
        problem,
        tries,
      })
      .where('key', '=', key)
      .execute();
  }
  for (const cursor of await from.selectFrom('cursors').selectAll().where('repository', '=', key).execute()) {
    await tx
      .insertInto('cursors')
      .values(cursor)
      .onConflict((conflict) =>
        conflict
          .columns(['repository', 'source'])
          .doUpdateSet(cursor)
          .where('cursors.read_at', '<', cursor.read_at),
      )
      .execute();
  }
  const findings = await from.selectFrom('findings').selectAll().where('repository', '=', key).execute();
  for (let at = 0; at < findings.length; at += ROWS) {
    await tx
      .insertInto('findings')
      .values(findings.slice(at, at + ROWS))
      .onConflict((conflict) =>
        conflict
          .columns(['repository', 'source', 'id'])
          .doUpdateSet((set) => ({
            verdict_state: set.ref('excluded.verdict_state'),
            again: set.ref('excluded.again'),
            last_seen: set.ref('excluded.last_seen'),
          }))
          .where((where) => where('findings.last_seen', '<', where.ref('excluded.last_seen'))),
      )
      .execute();
  }
}

// What a ledger need not keep for ever. The laws: nothing goes that somebody may still have to act on (open incidents, intents without a
// receipt, keys that may live or can be switched on again, messages that wait); of what is over the incident and its audit trail
// stay, so that the key is known when it turns up again and nobody is told twice; and a dry run is the run itself, rolled back.

import { sql } from 'kysely';
import type { Place, Receipt } from '../model/index.ts';
import { shelve } from './card.ts';
import { hold, isPostgres } from './engine.ts';
import { unfinishedLogs } from './leaked-logs.ts';
import { NEVER } from './outbox.ts';
import { addStep, type Database, fromJson, type Tx } from './rows.ts';
import type { IncidentRow } from './schema.ts';

/** How much went, or would go. */
export interface Purged {
  /** Those that have lost their details. */
  readonly incidents: number;
  /** All but one of each incident; that one loses its author. */
  readonly places: number;
  /** Texts of notices that were sent; that they were sent stays known. */
  readonly messages: number;
  readonly acts: number;
  readonly verdicts: number;
  /** Those that are gone from their host for so long, with what was remembered of how far they were read. */
  readonly repositories: number;
  /** Answers of code hosts, kept for their ETag. */
  readonly answers: number;
}

export interface PurgeOptions {
  /** RFC 3339: what has rested since before then. */
  readonly before: string;
  /** Whose word it is, for the audit trail. */
  readonly by: string;
  /** Only counts. */
  readonly dry: boolean;
}

type Counts = { -readonly [name in keyof Purged]: Purged[name] };

const BATCH = 250;
/** By the issuer's word dead, or never issued: see isOver in incidents.ts. */
const OVER = ['expired', 'disabled', 'revoked', 'rejected', 'malformed'] as const;
const EMPTY = '{}';

export async function purge(db: Database, options: PurgeOptions, at: string): Promise<Purged> {
  const counts: Counts = {
    incidents: 0,
    places: 0,
    messages: 0,
    acts: 0,
    verdicts: 0,
    repositories: 0,
    answers: 0,
  };
  const logs = new Set<string>((await unfinishedLogs(db)).map(({ id }) => id));
  for (let after = ''; ; ) {
    const ids = await resting(db, options.before, after);
    const last = ids.at(-1);
    if (last === undefined) break;
    after = last;
    await within(db, options.dry, async (tx) => {
      await hold(tx, ids);
      for (const id of ids) if (!logs.has(id)) await purgeOne(tx, id, options, at, counts);
    });
  }
  await within(db, options.dry, (tx) => purgeRepositories(tx, options.before, counts));
  await within(db, options.dry, (tx) => purgeRest(tx, options.before, counts));
  return counts;
}

/** Gives the room back to the disk. @returns false where others are at work on the file: what is free is used again all the same */
export async function shrink(db: Database): Promise<boolean> {
  // PostgreSQL does it by itself.
  if (isPostgres(db)) return true;
  try {
    await sql`vacuum`.execute(db);
    return true;
  } catch {
    return false;
  }
}

class RolledBack extends Error {}

async function within(db: Database, dry: boolean, work: (tx: Tx) => Promise<void>): Promise<void> {
  try {
    await db.transaction().execute(async (tx) => {
      await work(tx);
      if (dry) throw new RolledBack();
    });
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
  }
}

/** Closed ones that no scan has seen since, and that have not been purged since they were. */
function restingIn(db: Database | Tx, before: string) {
  return db
    .selectFrom('incidents')
    .innerJoin('cards', 'cards.id', 'incidents.id')
    .where('incidents.state', '=', 'closed')
    .where('incidents.closed_alive', '=', 0)
    .where('incidents.verdict_state', 'in', OVER)
    .where('incidents.last_seen', '<', before)
    .where('cards.ended_at', '<', before)
    .where((of) =>
      of.not(
        of.exists(
          of
            .selectFrom('steps')
            .select('steps.seq')
            .whereRef('steps.incident_id', '=', 'incidents.id')
            .where('steps.what', '=', 'purged')
            .whereRef('steps.at', '>=', 'incidents.last_seen'),
        ),
      ),
    )
    .where((of) =>
      of.not(
        of.exists(
          of
            .selectFrom('acts')
            .select('acts.seq')
            .whereRef('acts.incident_id', '=', 'incidents.id')
            .where((where) =>
              where.or([
                where('acts.outcome', 'is', null),
                where.and([where('acts.undo_at', 'is not', null), where('acts.undone', 'is', null)]),
              ]),
            ),
        ),
      ),
    )
    .where((of) =>
      of.not(
        of.exists(
          of
            .selectFrom('outbox')
            .select('outbox.seq')
            .whereRef('outbox.incident_id', '=', 'incidents.id')
            .where('outbox.sent_at', 'is', null)
            .where('outbox.due_at', '<', NEVER),
        ),
      ),
    );
}

async function resting(db: Database, before: string, after: string): Promise<readonly string[]> {
  const rows = await restingIn(db, before)
    .select('incidents.id')
    .where('incidents.id', '>', after)
    .orderBy('incidents.id')
    .limit(BATCH)
    .execute();
  return rows.map(({ id }) => id);
}

async function purgeOne(
  tx: Tx,
  id: string,
  { before, by }: PurgeOptions,
  at: string,
  counts: Counts,
): Promise<void> {
  // Somebody may have met the key since it was listed.
  const row = await restingIn(tx, before)
    .selectAll('incidents')
    .where('incidents.id', '=', id)
    .executeTakeFirst();
  if (row === undefined || canBeRestored(row)) return;
  const places = await placesLeft(tx, id);
  const messages = await tx
    .updateTable('outbox')
    .set({ payload: EMPTY, last_error: null })
    .where('incident_id', '=', id)
    .where('payload', '<>', EMPTY)
    .executeTakeFirst();
  const acts = await tx.deleteFrom('acts').where('incident_id', '=', id).executeTakeFirst();
  const verdicts = await tx.deleteFrom('verdicts').where('id', '=', id).executeTakeFirst();
  await tx.updateTable('cards').set({ owner: null, used_at: null }).where('id', '=', id).execute();
  await shelve(tx, row, at, places.kept);
  counts.incidents += 1;
  counts.places += places.gone;
  counts.messages += Number(messages.numUpdatedRows);
  counts.acts += Number(acts.numDeletedRows);
  counts.verdicts += Number(verdicts.numDeletedRows);
  const note = `at rest since before ${before}: ${places.gone} places, ${messages.numUpdatedRows} notices`;
  await addStep(tx, id, { at, who: by, what: 'purged', note });
}

/** A key that we switched off may be switched on again, and for that it is read from where it was found. */
function canBeRestored({ verdict_state: state, receipt }: IncidentRow): boolean {
  return state === 'disabled' && receipt !== null && fromJson<Receipt>(receipt).outcome === 'contained';
}

/** The first of the latest run stays, without whoever brought it: an incident has a place. */
async function placesLeft(
  tx: Tx,
  id: string,
): Promise<{ readonly kept: readonly Place[]; readonly gone: number }> {
  const [first, ...others] = await tx
    .selectFrom('places')
    .select(['identity', 'place'])
    .where('incident_id', '=', id)
    .orderBy('last_seen', 'desc')
    .orderBy('position')
    .orderBy('identity')
    .execute();
  if (first === undefined) return { kept: [], gone: 0 };
  const { author: _author, email: _email, ...place } = fromJson<Place>(first.place);
  await tx
    .updateTable('places')
    .set({ place: JSON.stringify(place) })
    .where('incident_id', '=', id)
    .where('identity', '=', first.identity)
    .execute();
  await tx
    .deleteFrom('places')
    .where('incident_id', '=', id)
    .where('identity', '<>', first.identity)
    .execute();
  return { kept: [place], gone: others.length };
}

/** One that comes back is read from its beginning. Where a key of it is not done with, it stays. */
async function purgeRepositories(tx: Tx, before: string, counts: Counts): Promise<void> {
  const rows = await tx
    .selectFrom('repositories')
    .select('key')
    .where('gone_at', '<', before)
    .where((of) =>
      of.not(
        of.exists(
          of
            .selectFrom('findings')
            .innerJoin('incidents', 'incidents.id', 'findings.id')
            .select('incidents.id')
            .whereRef('findings.repository', '=', 'repositories.key')
            .where((where) =>
              where.or([where('incidents.state', '<>', 'closed'), where('incidents.closed_alive', '=', 1)]),
            ),
        ),
      ),
    )
    .orderBy('key')
    .execute();
  for (const { key } of rows) {
    await tx.deleteFrom('findings').where('repository', '=', key).execute();
    await tx.deleteFrom('cursors').where('repository', '=', key).execute();
    await tx.deleteFrom('repositories').where('key', '=', key).execute();
  }
  counts.repositories += rows.length;
}

async function purgeRest(tx: Tx, before: string, counts: Counts): Promise<void> {
  const answers = await tx.deleteFrom('etags').where('at', '<', before).executeTakeFirst();
  await tx.deleteFrom('leases').where('until', '<', before).execute();
  // Digests: messages of no incident.
  const digests = await tx
    .deleteFrom('outbox')
    .where('sent_at', '<', before)
    .where('incident_id', 'not in', (all) => all.selectFrom('incidents').select('id'))
    .executeTakeFirst();
  counts.answers += Number(answers.numDeletedRows);
  counts.messages += Number(digests.numDeletedRows);
}

// Keeps an incident's card in step with it. The law: whoever writes an incident calls `shelve` in the same transaction.

import type { Place, Receipt, Verdict } from '../model/index.ts';
import { isUsable } from '../model/index.ts';
import type { CardRow } from './board-schema.ts';
import { placesOf } from './places.ts';
import { type Database, fromJson, type Tx } from './rows.ts';
import type { IncidentRow } from './schema.ts';

const LONGEST_SEARCH = 300;
const LONGEST_NAME = 300;

/** @param places those of the latest run, first one first; left out where they have not changed */
export async function shelve(
  tx: Tx | Database,
  row: IncidentRow,
  at: string,
  places?: readonly Place[],
): Promise<void> {
  const known = await tx.selectFrom('cards').selectAll().where('id', '=', row.id).executeTakeFirst();
  const seen =
    places ?? (known === undefined ? ((await placesOf(tx, [row.id])).get(row.id) ?? []) : undefined);
  const made = cardOf(row, at, known, seen);
  if (known === undefined) await tx.insertInto('cards').values(made).execute();
  else await tx.updateTable('cards').set(made).where('id', '=', row.id).execute();
}

function cardOf(
  row: IncidentRow,
  at: string,
  known: CardRow | undefined,
  seen: readonly Place[] | undefined,
): CardRow {
  const phase = row.state === 'closed' ? 'closed' : 'open';
  const receipt = row.receipt === null ? undefined : fromJson<Receipt>(row.receipt);
  const lived = known?.lived === 1 || isUsable(fromJson<Verdict>(row.verdict)) ? 1 : 0;
  const leakedAt = earliest(known?.leaked_at ?? null, seen ?? []);
  const place = seen?.[0];
  const repository = place === undefined ? (known?.repository ?? '') : repositoryOf(place);
  const path = place === undefined ? (known?.path ?? '') : storable(place.path, LONGEST_NAME);
  const news = known?.phase !== phase || (known.exposure !== row.exposure && row.exposure === 'public');
  return {
    id: row.id,
    phase,
    urgency: phase === 'closed' ? 0 : urgency(row, receipt),
    first_seen: row.first_seen,
    last_seen: row.last_seen,
    service: row.service ?? '',
    exposure: row.exposure,
    verdict_state: row.verdict_state,
    severity: row.severity,
    repository,
    path,
    search: searchOf(row, repository, path, place, known),
    // What is opened again, closed or found in public is looked at anew.
    snoozed_until: news ? null : known.snoozed_until,
    lived,
    leaked_at: leakedAt,
    ended_at: phase === 'open' ? null : (known?.ended_at ?? at),
    burned_after: phase === 'open' ? null : (burnedAfter(leakedAt, receipt) ?? known?.burned_after ?? null),
    owner: known?.owner ?? null,
    used_at: known?.used_at ?? null,
  };
}

const BY_EXPOSURE: Readonly<Record<string, number>> = { public: 30, internal: 20, unknown: 12, private: 10 };
const BY_SEVERITY: Readonly<Record<string, number>> = { critical: 8, high: 6, medium: 3, low: 1 };

function urgency(row: IncidentRow, receipt: Receipt | undefined): number {
  const works = row.verdict_state === 'live' || row.verdict_state === 'limited';
  const tried = receipt?.outcome === 'failed' || receipt?.outcome === 'accepted';
  return (
    (works ? 40 : 5) +
    (row.state === 'intended' || tried ? 15 : 0) +
    (BY_EXPOSURE[row.exposure] ?? 0) +
    (BY_SEVERITY[row.severity] ?? 0)
  );
}

/** `github.com/acme/shop` of a web address with a page of a file in it, else the folder that was read. */
function repositoryOf(place: Place): string {
  const url = place.url === undefined ? null : URL.parse(place.url);
  const named = url === null ? null : /^\/(.+?)\/(?:-\/)?(?:blob|commits?|src|raw|tree)\//.exec(url.pathname);
  const name =
    url !== null && named?.[1] !== undefined ? `${url.host}/${named[1]}` : (place.repository ?? '');
  return storable(name, LONGEST_NAME);
}

function searchOf(
  row: IncidentRow,
  repository: string,
  path: string,
  place: Place | undefined,
  known: CardRow | undefined,
): string {
  if (place === undefined && known !== undefined) return known.search;
  const words = [
    row.title,
    row.preview,
    row.id.slice(0, 16),
    row.service ?? '',
    row.rule,
    repository,
    path,
    place?.author ?? '',
  ];
  return storable(words.join(' ').toLowerCase(), LONGEST_SEARCH);
}

function earliest(known: string | null, places: readonly Place[]): string | null {
  const times = places.map((place) => Date.parse(place.date ?? '')).filter((time) => !Number.isNaN(time));
  if (known !== null) times.push(Date.parse(known));
  return times.length === 0 ? null : new Date(Math.min(...times)).toISOString();
}

/** A key that somebody else had ended was not burned by us. */
function burnedAfter(leakedAt: string | null, receipt: Receipt | undefined): number | undefined {
  if (leakedAt === null || (receipt?.outcome !== 'revoked' && receipt?.outcome !== 'contained'))
    return undefined;
  // A commit may be dated in the future.
  return Math.max(0, Math.round((Date.parse(receipt.at) - Date.parse(leakedAt)) / 1000));
}

/** Text that every engine takes: no NUL, no lone surrogate, of bounded length. */
function storable(text: string, most: number): string {
  return text.slice(0, most).toWellFormed().replaceAll('\0', '\ufffd');
}

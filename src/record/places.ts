import { createHash } from 'node:crypto';
import type { Place } from '../model/index.ts';
import { type Database, fromJson, type Tx } from './rows.ts';
import type { PlaceRow } from './schema.ts';

// Far below SQLite's limit of 32,766 bound values in one statement.
const BATCH = 500;

/**
 * Remembers where a key was seen. Places add up over runs; a working-tree file's older lines give way to its new ones,
 * so that an edit above the key does not make a second place of it.
 */
export async function rememberPlaces(
  tx: Tx,
  id: string,
  places: readonly Place[],
  at: string,
): Promise<void> {
  const rows = new Map<string, PlaceRow>();
  for (const place of places) {
    const row = toRow(id, place, rows.size, at);
    if (!rows.has(row.identity)) rows.set(row.identity, row);
  }
  const files = new Map(
    [...rows.values()].filter((row) => row.kind === 'file').map((row) => [fileOf(row), row]),
  );
  for (const row of files.values()) {
    await tx
      .deleteFrom('places')
      .where('incident_id', '=', id)
      .where('kind', '=', 'file')
      .where('repository', '=', row.repository)
      .where('path', '=', row.path)
      .execute();
  }
  for (const batch of batches([...rows.values()])) {
    await tx
      .insertInto('places')
      .values(batch)
      .onConflict((conflict) =>
        conflict.columns(['incident_id', 'identity']).doUpdateSet((row) => ({
          place: row.ref('excluded.place'),
          position: row.ref('excluded.position'),
          last_seen: row.ref('excluded.last_seen'),
        })),
      )
      .execute();
  }
}

/** The places of several incidents: those of the latest run first, in that run's order. */
export async function placesOf(db: Database | Tx, ids: readonly string[]): Promise<Map<string, Place[]>> {
  const places = new Map<string, Place[]>();
  for (const batch of batches(ids)) {
    const rows = await db
      .selectFrom('places')
      .select(['incident_id', 'place'])
      .where('incident_id', 'in', batch)
      .orderBy('incident_id')
      .orderBy('last_seen', 'desc')
      .orderBy('position')
      .orderBy('identity')
      .execute();
    for (const row of rows) {
      const list = places.get(row.incident_id) ?? [];
      list.push(fromJson<Place>(row.place));
      places.set(row.incident_id, list);
    }
  }
  return places;
}

function* batches<T>(items: readonly T[]): Generator<T[]> {
  for (let from = 0; from < items.length; from += BATCH) yield items.slice(from, from + BATCH);
}

function fileOf(row: PlaceRow): string {
  return JSON.stringify([row.repository, row.path]);
}

// PostgreSQL's index takes no entry above 2,704 bytes, and a path may have 4,096.
const LONGEST = 600;

function bounded(identity: string): string {
  if (identity.length <= LONGEST) return identity;
  return `${identity.slice(0, LONGEST - 64)}${createHash('sha256').update(identity).digest('hex')}`;
}

function toRow(id: string, place: Place, position: number, at: string): PlaceRow {
  const repository = (place.repository ?? '').replaceAll('\0', '\ufffd');
  return {
    incident_id: id,
    identity: bounded(
      JSON.stringify([place.kind, repository, place.object ?? '', place.path, place.line, place.column]),
    ),
    kind: place.kind,
    repository,
    // PostgreSQL's text has no NUL, and a hostile archive may name a file with one.
    path: place.path.replaceAll('\0', '\ufffd'),
    place: JSON.stringify(place),
    position,
    last_seen: at,
  };
}

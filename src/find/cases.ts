import type { Case, Place } from '../model/index.ts';
import type { Located, PlaceWithReach } from '../read/index.ts';
import type { Sighted } from './sightings.ts';

/** A case with what exposure needs to know of each of its places. */
export interface FoundCase {
  readonly case: Case;
  readonly sites: readonly PlaceWithReach[];
}

/** Joins a secret's sightings with their places: one place per path, with the earliest commit that brought it there. */
export function toCase(sighted: Sighted, located: readonly Located[]): FoundCase {
  const byPath = new Map<string, PlaceWithReach>();
  for (const { places } of located) {
    for (const site of places) {
      const key = `${site.place.repository ?? ''}\0${site.place.path}`;
      const known = byPath.get(key);
      byPath.set(key, known ? joined(known, site) : site);
    }
  }
  const sites = [...byPath.values()].sort((a, b) => comparePlaces(a.place, b.place));
  const [first, ...others] = sites;
  if (!first)
    throw new Error(`no place for ${sighted.finding.rule.id}: a reader must give one for each sighting`);
  const { id, finding } = sighted;
  return { case: { id, finding, place: first.place, otherPlaces: others.map((site) => site.place) }, sites };
}

/** The same path in the working tree and in history is one place: the file's lines with the first commit's names. */
function joined(a: PlaceWithReach, b: PlaceWithReach): PlaceWithReach {
  const file = a.place.kind === 'file' ? a.place : b.place.kind === 'file' ? b.place : undefined;
  const history = earliest(a.place, b.place);
  const remote = a.remote ?? b.remote;
  return {
    place: file ? { ...file, ...names(history) } : history,
    pushed: reach(a.pushed, b.pushed),
    ...(remote === undefined ? {} : { remote }),
  };
}

function names(place: Place): Partial<Place> {
  const { object, commit, author, email, date, url } = place;
  const all = { object, commit, author, email, date, url };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** Pushed anywhere is pushed; local needs both to be local. */
function reach(a: boolean | 'unknown', b: boolean | 'unknown'): boolean | 'unknown' {
  if (a === true || b === true) return true;
  return a === 'unknown' || b === 'unknown' ? 'unknown' : false;
}

/** The one with the older commit; one with a commit before one without. */
function earliest(a: Place, b: Place): Place {
  const [one, other] = [a, b].map(({ date }) =>
    date === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(date),
  );
  const difference = (one ?? 0) - (other ?? 0);
  return difference < 0 || (difference === 0 && comparePlaces(a, b) <= 0) ? a : b;
}

/** Stable order for reports: what is in the working tree first, then by path and line. */
export function comparePlaces(a: Place, b: Place): number {
  return (
    Number(a.kind !== 'file') - Number(b.kind !== 'file') ||
    compare(a.repository ?? '', b.repository ?? '') ||
    compare(a.path, b.path) ||
    a.line - b.line ||
    a.column - b.column ||
    compare(a.object ?? '', b.object ?? '')
  );
}

export function compareCases(a: Case, b: Case): number {
  return (
    comparePlaces(a.place, b.place) || compare(a.finding.rule.id, b.finding.rule.id) || compare(a.id, b.id)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

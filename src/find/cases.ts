import { type Case, type Exposure, type Place, type RuleFacts, widest } from '../model/index.ts';
import type { Located, PlaceWithReach } from '../read/index.ts';
import type { Sighted } from './sightings.ts';

/** A case with what exposure needs to know of each of its places. */
export interface FoundCase {
  readonly case: Case;
  readonly sites: readonly PlaceWithReach[];
}

/**
 * Joins a secret's sightings with their places. A path is one version of it: the file as it is now, else the version that brought the
 * secret there, with every line on which it stands. The names are those of the earliest commit.
 */
export function toCase(sighted: Sighted, located: readonly Located[]): FoundCase {
  const byPath = new Map<string, PlaceWithReach[]>();
  for (const { places } of located) {
    for (const site of places) {
      const key = `${site.place.repository ?? ''}\0${site.place.path}`;
      const known = byPath.get(key);
      if (known) known.push(site);
      else byPath.set(key, [site]);
    }
  }
  const sites = [...byPath.values()].flatMap(oneVersion).sort((a, b) => comparePlaces(a.place, b.place));
  const [first, ...others] = sites;
  if (!first)
    throw new Error(`no place for ${sighted.finding.rule.id}: a reader must give one for each sighting`);
  const { id, finding, claims } = sighted;
  const otherRules = rulesBeside(
    finding.rule,
    [...claims.values()].map(({ rule }) => rule),
  );
  const otherPlaces = others.map((site) => site.place);
  return { case: { id, finding, place: first.place, otherPlaces, otherRules }, sites };
}

/** The others, each once, by name. */
function rulesBeside(own: RuleFacts, all: readonly RuleFacts[]): readonly RuleFacts[] {
  const byId = new Map(all.map((rule) => [rule.id, rule]));
  byId.delete(own.id);
  return [...byId.values()].sort((a, b) => compare(a.id, b.id));
}

/** Cases of one secret from two targets. */
export function joined(a: FoundCase, b: FoundCase): FoundCase {
  const own = a.case.finding.rule;
  const rules = [...(a.case.otherRules ?? []), b.case.finding.rule, ...(b.case.otherRules ?? [])];
  return {
    case: {
      ...a.case,
      otherPlaces: [...a.case.otherPlaces, b.case.place, ...b.case.otherPlaces],
      otherRules: rulesBeside(own, rules),
    },
    sites: [...a.sites, ...b.sites],
  };
}

/** Read as they stand now, and not as some commit had them. */
const NOW: ReadonlySet<Place['kind']> = new Set(['file', 'stream', 'hosted']);

function oneVersion(sites: readonly PlaceWithReach[]): readonly PlaceWithReach[] {
  const earliest = sites.reduce((best, site) => (isEarlier(site.place, best.place) ? site : best));
  const now = sites.filter(({ place }) => NOW.has(place.kind));
  const shown = now.length > 0 ? now : sites.filter((site) => site.place.object === earliest.place.object);
  const pushed = reach(sites);
  const remote = sites.find((site) => site.remote !== undefined)?.remote;
  const exposure = widestOf(sites);
  const log = sites.find((site) => site.log !== undefined)?.log;
  const lines = new Map(shown.map((site) => [`${site.place.line}:${site.place.column}`, site]));
  return [...lines.values()].map(({ place }) => ({
    place: { ...place, ...names(earliest.place, place) },
    pushed,
    ...(remote === undefined ? {} : { remote }),
    ...(exposure === undefined ? {} : { exposure }),
    ...(log === undefined ? {} : { log }),
  }));
}

/** The host's own word, where there is one. */
function widestOf(sites: readonly PlaceWithReach[]): Exposure | undefined {
  const said = sites.flatMap(({ exposure }) => (exposure === undefined ? [] : [exposure]));
  return said.length === 0 ? undefined : widest(said);
}

/** Who brought it, and when. The address names one line of one version, so it goes along only where the place is that line. */
function names(from: Place, to: Place): Partial<Place> {
  const { object, commit, author, email, date } = from;
  const url = from.line === to.line ? from.url : undefined;
  const all = { object, commit, author, email, date, url };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** Pushed anywhere is pushed; local needs all to be local. */
function reach(sites: readonly PlaceWithReach[]): boolean | 'unknown' {
  if (sites.some((site) => site.pushed === true)) return true;
  return sites.some((site) => site.pushed === 'unknown') ? 'unknown' : false;
}

function isEarlier(a: Place, b: Place): boolean {
  const [one, other] = [a, b].map(({ date }) =>
    date === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(date),
  );
  return one !== other ? (one ?? 0) < (other ?? 0) : comparePlaces(a, b) < 0;
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

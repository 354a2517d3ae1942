// From where bytes came from to where a person finds them. Every sighting gets a place, with or without git's help: a
// finding is never lost because nobody knows whose it is.

import type { Attribution, Origin, Place } from '../model/index.ts';
import { type HeadFiles, headFiles } from './head.ts';
import { type Ground, KnownPlaces } from './known-places.ts';
import { type Appearances, appearances, lostAppearances, oldestFirst, REACHABLE, type Told } from './log.ts';
import type { Shelf } from './memory.ts';
import { type Message, messages } from './messages.ts';
import type { Located, PlaceWithReach, Sighting } from './options.ts';
import type { ReadPack, RunCensus } from './pack/index.ts';
import { type Reach, reachOf } from './reach.ts';
import { webAddress } from './remote.ts';
import type { Repository } from './repository.ts';
import { whence } from './whence/index.ts';

export interface LocateOptions {
  readonly attribution: boolean;
  /** Where answers of the log are kept; left out, it is asked. */
  readonly shelf?: Shelf;
  /** Asks git's log alone: the reference. */
  readonly exhaustive: boolean;
  /** Reads trees and commits elsewhere, in worker threads; left out, they are read here. */
  readonly runCensus?: RunCensus;
  /** Packs that have been looked into already. */
  readonly packs?: () => readonly ReadPack[];
  /** Narrower revisions to ask first, when only a range was read. */
  readonly range?: readonly string[];
  /** Paths of blobs that no commit may have yet. */
  readonly staged?: ReadonlyMap<string, readonly string[]>;
  /** From a path as origins name it to the path in its repository; undefined for a file outside. */
  readonly inRepository: (path: string) => string | undefined;
}

/** Places of sightings in one repository, in their order. */
export async function locateIn(
  repository: Repository,
  sightings: readonly Sighting[],
  options: LocateOptions,
): Promise<Located[]> {
  const known = await gather(repository, sightings, options);
  return sightings.map((sighting) => ({ places: placesOf(sighting, known, options) }));
}

/** A place that git knows nothing of. */
export function plainPlace({ origin, span }: Sighting, extra: Partial<Place> = {}): Place {
  const { line, column, endLine } = span;
  const at = { line, column, endLine };
  switch (origin.kind) {
    case 'stream':
      return { kind: origin.kind, path: origin.path, ...at, ...extra };
    case 'hosted':
      return { kind: origin.kind, path: origin.path, ...at, repository: origin.repository, ...extra };
    case 'file':
      return {
        kind: origin.kind,
        path: origin.path,
        ...at,
        ...(origin.repository === undefined ? {} : { repository: origin.repository }),
        ...extra,
      };
    case 'blob':
    case 'message': {
      const path = `${origin.kind === 'blob' ? 'blob' : origin.of}:${origin.oid.slice(0, 12)}`;
      return { kind: origin.kind, path, ...at, repository: origin.repository, object: origin.oid, ...extra };
    }
  }
}

interface Known {
  readonly blobs: ReadonlyMap<string, Appearances>;
  readonly messages: ReadonlyMap<string, Message>;
  readonly files: HeadFiles;
  readonly reach: Reach;
}

async function gather(
  repository: Repository,
  sightings: readonly Sighting[],
  options: LocateOptions,
): Promise<Known> {
  const files = await headFiles(repository, sightings, options.inRepository);
  const blobs = new Set([...files.values()].map(({ oid }) => oid));
  const told = new Set<string>();
  for (const { origin } of sightings) {
    if (origin.kind === 'blob') blobs.add(origin.oid);
    if (origin.kind === 'message') told.add(origin.oid);
  }
  const [found, texts] = options.attribution
    ? await Promise.all([findBlobs(repository, blobs, options), messages(repository, told)])
    : [new Map<string, Appearances>(), new Map<string, Message>()];
  const commits = new Set<string>();
  for (const paths of found.values()) for (const { commit } of paths.values()) commits.add(commit);
  for (const { commit } of texts.values()) if (commit !== undefined) commits.add(commit);
  return { blobs: found, messages: texts, files, reach: await reachOf(repository, commits) };
}

/** The narrow question first, then all that is reachable, then what nothing reaches: each only for what is still missing. */
async function findBlobs(
  repository: Repository,
  wanted: ReadonlySet<string>,
  { range, shelf, runCensus, packs, exhaustive }: LocateOptions,
): Promise<Map<string, Appearances>> {
  const found = new Map<string, Appearances>();
  // A temporary clone never comes again under its name.
  const past =
    shelf && wanted.size > 0 && repository.clonedFrom === undefined
      ? new KnownPlaces(shelf, repository)
      : undefined;
  type Ask = (missing: ReadonlySet<string>) => Promise<Map<string, Appearances>>;
  const way = (ground: Ground, ask: (missing: ReadonlySet<string>) => Promise<Told>): Ask =>
    past ? (missing) => past.ask(ground, missing, ask) : async (missing) => (await ask(missing)).blobs;
  const trees = exhaustive ? undefined : whence(repository, wanted, { runCensus, packs: packs?.() });
  const ways: Ask[] = [
    ...(range
      ? [async (missing: ReadonlySet<string>) => (await appearances(repository, missing, range)).blobs]
      : []),
    way(
      'refs',
      async (missing) =>
        (await trees?.reachable(missing)) ?? (await appearances(repository, missing, REACHABLE)),
    ),
    way(
      'objects',
      async (missing) => (await trees?.lost(missing)) ?? (await lostAppearances(repository, missing)),
    ),
  ];
  for (const ask of ways) {
    const missing = new Set([...wanted].filter((oid) => !found.has(oid)));
    if (missing.size === 0) break;
    for (const [oid, paths] of await ask(missing)) found.set(oid, paths);
  }
  return found;
}

function placesOf(sighting: Sighting, known: Known, options: LocateOptions): PlaceWithReach[] {
  const { origin } = sighting;
  switch (origin.kind) {
    case 'stream':
    case 'hosted':
      return [{ place: plainPlace(sighting), pushed: 'unknown' }];
    case 'file':
      return [filePlace(sighting, origin, known, options)];
    case 'message':
      return [messagePlace(sighting, known.messages.get(origin.oid), known.reach)];
    case 'blob':
      return blobPlaces(sighting, origin.oid, known, options.staged?.get(origin.oid) ?? []);
  }
}

/** A file whose bytes stand in HEAD is placed as HEAD has it; anything else has not been committed. */
function filePlace(
  sighting: Sighting,
  origin: Origin & { kind: 'file' },
  known: Known,
  options: LocateOptions,
): PlaceWithReach {
  const path = options.inRepository(origin.archive ?? origin.path);
  if (path === undefined) return { place: plainPlace(sighting), pushed: 'unknown' };
  const committed = known.files.get(sighting);
  if (!committed) return withReach(plainPlace(sighting), false, known.reach);
  const { oid } = committed;
  const first = known.blobs.get(oid)?.get(path);
  if (!first) return withReach(plainPlace(sighting, { object: oid }), 'unknown', known.reach);
  return attributed(plainPlace(sighting, { object: oid }), first, path, known.reach);
}

function blobPlaces(
  sighting: Sighting,
  oid: string,
  known: Known,
  staged: readonly string[],
): PlaceWithReach[] {
  const committed = known.blobs.get(oid) ?? new Map<string, Attribution>();
  const places = oldestFirst(committed).map(([path, first]) =>
    attributed(plainPlace(sighting, { path }), first, path, known.reach),
  );
  for (const path of staged) {
    if (!committed.has(path)) places.push(withReach(plainPlace(sighting, { path }), false, known.reach));
  }
  if (places.length === 0) places.push(withReach(plainPlace(sighting), known.reach.stray, known.reach));
  return places;
}

function messagePlace(sighting: Sighting, message: Message | undefined, reach: Reach): PlaceWithReach {
  const bare = plainPlace(sighting);
  if (!message) return withReach(bare, reach.stray, reach);
  const { name, commit, ...who } = message;
  const place = { ...bare, ...who, ...(name === undefined ? {} : { path: `tag:${name}` }) };
  if (commit === undefined) return withReach(place, reach.stray, reach);
  const pushed = reach.pushed(commit);
  const url =
    pushed === true && reach.remote !== undefined ? webAddress(reach.remote, { commit }) : undefined;
  return withReach({ ...place, commit, ...(url === undefined ? {} : { url }) }, pushed, reach);
}

function attributed(place: Place, first: Attribution, path: string, reach: Reach): PlaceWithReach {
  const pushed = reach.pushed(first.commit);
  const at = { commit: first.commit, path, line: place.line };
  const url = pushed === true && reach.remote !== undefined ? webAddress(reach.remote, at) : undefined;
  return withReach({ ...place, ...first, ...(url === undefined ? {} : { url }) }, pushed, reach);
}

function withReach(place: Place, pushed: boolean | 'unknown', reach: Reach): PlaceWithReach {
  return { place, pushed, ...(reach.remote === undefined ? {} : { remote: reach.remote }) };
}

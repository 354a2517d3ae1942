// Who brought a blob is asked of the log once, as long as no ref has moved. What is kept are names, paths and dates, as
// reports show them.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Attribution } from '../model/index.ts';
import type { Appearances, Told } from './log.ts';
import type { Shelf } from './memory.ts';
import { storeDigest } from './pack/index.ts';
import type { Repository } from './repository.ts';

/** What decides an answer of the log: the commits that are reached, or, for what nothing reaches, all objects. */
export type Ground = 'refs' | 'objects';

interface Answers {
  readonly digest: string;
  readonly blobs: Map<string, Appearances>;
}

/** Keeps the answers of the log for one repository. */
export class KnownPlaces {
  readonly #shelf: Shelf;
  readonly #repository: Repository;
  readonly #refs: string;

  constructor(shelf: Shelf, repository: Repository) {
    this.#shelf = shelf;
    this.#repository = repository;
    this.#refs = refsDigest(repository);
  }

  /** Asks only for what is not known. An empty answer is one, too. */
  async ask(
    ground: Ground,
    wanted: ReadonlySet<string>,
    ask: (unknown: ReadonlySet<string>) => Promise<Told>,
  ): Promise<Map<string, Appearances>> {
    const name = `places-${ground}-${hashOf([this.#repository.gitDir])}`;
    const digest =
      ground === 'refs' ? this.#refs : hashOf([this.#refs, storeDigest(this.#repository.gitDir)]);
    const known = decode(this.#shelf.get(name));
    const blobs = known?.digest === digest ? known.blobs : new Map<string, Appearances>();
    const unknown = new Set([...wanted].filter((oid) => !blobs.has(oid)));
    if (unknown.size > 0) {
      const told = await ask(unknown);
      for (const oid of unknown) blobs.set(oid, told.blobs.get(oid) ?? new Map());
      if (told.whole) this.#shelf.put(name, encode({ digest, blobs }));
    }
    return new Map([...blobs].filter(([oid, paths]) => wanted.has(oid) && paths.size > 0));
  }
}

function encode({ digest, blobs }: Answers): Buffer {
  const listed = [...blobs].map(([oid, paths]) => [
    oid,
    [...paths].map(([path, { commit, author, email, date }]) => [path, commit, author, email, date]),
  ]);
  const text = JSON.stringify([digest, listed]);
  return Buffer.from(`${hashOf([text])}\n${text}`);
}

/** @returns undefined for anything but a whole file */
function decode(bytes: Buffer | undefined): Answers | undefined {
  const [hash, text] = bytes?.toString('utf8').split('\n') ?? [];
  if (text === undefined || hashOf([text]) !== hash) return undefined;
  const [digest, listed] = JSON.parse(text) as [string, [string, string[][]][]];
  const attribution = ([path = '', commit = '', author = '', email = '', date = '']: string[]) =>
    [path, { commit, author, email, date }] satisfies [string, Attribution];
  return { digest, blobs: new Map(listed.map(([oid, paths]) => [oid, new Map(paths.map(attribution))])) };
}

function hashOf(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex');
}

/** Changes with all that decides which commits there are to walk. */
function refsDigest({ gitDir, commonDir }: Repository): string {
  const hash = createHash('sha256');
  const add = (path: string): void => {
    try {
      if (statSync(path).isDirectory()) for (const name of readdirSync(path).sort()) add(join(path, name));
      else hash.update(`${path}\0`).update(readFileSync(path)).update('\0');
    } catch {
      // What is not there, or went meanwhile, decides nothing.
    }
  };
  for (const name of ['HEAD', 'packed-refs', 'refs', 'reftable', 'logs', 'shallow', 'info/grafts'])
    add(join(commonDir, name));
  if (gitDir !== commonDir) add(join(gitDir, 'HEAD'));
  try {
    for (const tree of readdirSync(join(commonDir, 'worktrees')).sort())
      for (const name of ['HEAD', 'refs', 'logs']) add(join(commonDir, 'worktrees', tree, name));
  } catch {
    // No other working trees.
  }
  return hash.digest('hex');
}

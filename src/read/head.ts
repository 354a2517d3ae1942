// Working files against HEAD, without asking git to compare them: that would run the filters which the repository's own
// config names. A file is HEAD's when its bytes hash to HEAD's blob, as they are or with LF line ends; failing that, a
// finding is HEAD's when the bytes of its span stand in HEAD's blob.

import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { answerBytes, faultOf, GitError, git, split } from './git.ts';
import type { Sighting } from './options.ts';
import { showPath } from './path.ts';
import type { Repository } from './repository.ts';
import { decodeWhole, kindOf } from './text.ts';

/** For sightings in files whose bytes HEAD has at the same path: the blob there. */
export type HeadFiles = ReadonlyMap<Sighting, { readonly oid: string }>;

/** Larger files are not compared: a finding in them counts as not committed unless history has it. */
const LARGEST = 64 * 1024 * 1024;
/** Paths in one command line. */
const BATCH = 200;

export async function headFiles(
  repository: Repository,
  sightings: readonly Sighting[],
  inRepository: (path: string) => string | undefined,
): Promise<HeadFiles> {
  const byPath = new Map<string, Sighting[]>();
  for (const sighting of sightings) {
    const { origin } = sighting;
    const path = origin.kind === 'file' ? inRepository(origin.archive ?? origin.path) : undefined;
    if (path !== undefined) byPath.set(path, [...(byPath.get(path) ?? []), sighting]);
  }
  const found = new Map<Sighting, { oid: string }>();
  for (const [path, oid] of await blobsAtHead(repository, [...byPath.keys()])) {
    const here = byPath.get(path) ?? [];
    for (const sighting of await committed(repository, path, oid, here)) found.set(sighting, { oid });
  }
  return found;
}

async function blobsAtHead(repository: Repository, paths: readonly string[]): Promise<Map<string, string>> {
  const blobs = new Map<string, string>();
  for (let at = 0; at < paths.length; at += BATCH) {
    const listing = git(repository, [
      '--literal-pathspecs',
      'ls-tree',
      '-r',
      '-z',
      '--full-tree',
      'HEAD',
      '--',
      ...paths.slice(at, at + BATCH),
    ]);
    for await (const token of split(listing.stdout, 0)) {
      const tab = token.indexOf(0x09);
      const [, type, oid = ''] = token.toString('latin1', 0, tab).split(' ');
      if (type === 'blob') blobs.set(showPath(token.subarray(tab + 1)), oid);
    }
    // No HEAD yet is no trouble: nothing is committed then.
    await faultOf(listing);
  }
  return blobs;
}

async function committed(
  repository: Repository,
  path: string,
  oid: string,
  sightings: readonly Sighting[],
): Promise<readonly Sighting[]> {
  const bytes = readHere(join(repository.top ?? repository.cwd, path));
  if (!bytes) return [];
  if (hashOf(repository, bytes) === oid || hashOf(repository, withoutCr(bytes)) === oid) return sightings;
  const before = textOf(await contentOf(repository, oid));
  const now = textOf(bytes);
  return sightings.filter(
    // A span of an archive's member says nothing of the archive's own bytes.
    ({ origin, span }) => !('archive' in origin) && before.includes(now.subarray(span.start, span.end)),
  );
}

function readHere(path: string): Buffer | undefined {
  try {
    return statSync(path).size > LARGEST ? undefined : readFileSync(path);
  } catch {
    return undefined;
  }
}

async function contentOf(repository: Repository, oid: string): Promise<Buffer> {
  try {
    return await answerBytes(repository, ['cat-file', 'blob', oid]);
  } catch (error) {
    if (error instanceof GitError) return Buffer.alloc(0);
    throw error;
  }
}

function hashOf(repository: Repository, bytes: Buffer): string {
  return createHash(repository.format).update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

function withoutCr(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
}

/** Spans count in the text as it was looked at. */
function textOf(bytes: Buffer): Buffer {
  const kind = kindOf(bytes);
  return kind === 'utf-16le' || kind === 'utf-16be' ? Buffer.from(decodeWhole(bytes, kind)) : bytes;
}

// Small files that are kept between runs: each appears whole or not at all, for its owner's eyes, and the oldest go when
// there is no room. Nothing here is worth an error: a file that cannot be kept is made again by the next run.

import { randomBytes } from 'node:crypto';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Shelf } from '../read/index.ts';

const MOST_BYTES = 500 * 1024 * 1024;
const DRAFT = '.draft';
/** A draft of this age belongs to a process that is gone. */
const STALE = 60 * 60 * 1000;

/** @param folder made when the first file is kept */
export function createShelf(folder: string, most: number = MOST_BYTES): Shelf {
  return {
    get(name) {
      const file = join(folder, name);
      try {
        const bytes = readFileSync(file);
        const now = new Date();
        utimesSync(file, now, now);
        return bytes;
      } catch {
        return undefined;
      }
    },
    put(name, bytes) {
      if (bytes.length > most) return;
      const draft = join(folder, `${name}.${process.pid}.${randomBytes(6).toString('hex')}${DRAFT}`);
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        writeFileSync(draft, bytes, { mode: 0o600, flag: 'wx' });
        renameSync(draft, join(folder, name));
        makeRoom(folder, most);
      } catch {
        remove(draft);
      }
    },
  };
}

function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Then it never was.
  }
}

function makeRoom(folder: string, most: number): void {
  const files = readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat?.isFile() ? [{ path, size: stat.size, used: stat.mtimeMs }] : [];
  });
  let room = most;
  for (const { path, size, used } of files.sort((a, b) => b.used - a.used)) {
    room -= size;
    const abandoned = path.endsWith(DRAFT) && used < Date.now() - STALE;
    if (room < 0 || abandoned) rmSync(path, { force: true });
  }
}

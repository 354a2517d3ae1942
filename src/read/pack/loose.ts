// Loose objects: one file each, `type size\0content` in a zlib stream.

import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import { Damage } from './damage.ts';
import { type Engine, reason, SLACK } from './engine.ts';
import { TEXTS } from './forest.ts';
import { BLOB, COMMIT, TAG, TREE } from './headers.ts';
import { findOid, type Names } from './idx.ts';
import type { LooseFolder } from './store.ts';

/** Names of loose objects by folder, without those that a pack or an earlier folder has. */
export function listLoose(folders: readonly LooseFolder[], indexes: readonly Names[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const seen = new Set<string>();
  for (const { folder, names: listed } of folders) {
    const first = path.basename(folder);
    const names: string[] = [];
    for (const name of listed) {
      if (!/^[0-9a-f]{38}$/.test(name)) continue;
      const oid = first + name;
      if (seen.has(oid)) continue;
      seen.add(oid);
      const bytes = Buffer.from(oid, 'hex');
      if (!indexes.some((idx) => findOid(idx, bytes) >= 0)) names.push(name);
    }
    if (names.length > 0) found.set(folder, names);
  }
  return found;
}

export interface Loose {
  readonly kind: number;
  /** Address of the content in the arena. */
  readonly at: number;
  readonly size: number;
}

const KINDS: Readonly<Record<string, number>> = { commit: COMMIT, tree: TREE, blob: BLOB, tag: TAG };
/** `commit 18446744073709551615\0` and some. */
const HEAD = 64;

/** Reads one into the arena; undefined where it is none of the kinds. Throws Damage. */
export function readLoose(file: string, engine: Engine, kinds = TEXTS): Loose | undefined {
  const { memory, arena } = engine;
  const fd = openSync(file, 'r');
  try {
    const length = fstatSync(fd).size;
    const source = arena.to - length - SLACK;
    if (source < arena.from + HEAD + SLACK) throw new Damage('it is too large for this reader');
    let done = 0;
    while (done < length) {
      const got = readSync(fd, memory, source + done, length - done, done);
      if (got === 0) throw new Damage('its file ends too early');
      done += got;
    }
    const got = engine.peek(source, length, arena.from, HEAD);
    if (got < 0) throw new Damage(reason(got));
    const head = /^(commit|tree|blob|tag) (0|[1-9][0-9]{0,14})\0/.exec(
      memory.toString('latin1', arena.from, arena.from + got),
    );
    if (!head) throw new Damage('its header is damaged');
    const kind = KINDS[head[1] ?? ''] ?? 0;
    if (!kinds.has(kind)) return undefined;
    const size = Number(head[2]);
    const whole = head[0].length + size;
    if (arena.from + whole + SLACK > source) throw new Damage('it is too large for this reader');
    const status = engine.inflate(source, length, arena.from, whole);
    if (status < 0) throw new Damage(reason(status));
    return { kind, at: arena.from + head[0].length, size };
  } finally {
    closeSync(fd);
  }
}

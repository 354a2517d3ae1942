// What is packed in what: each member of an archive is a text, or an archive again. The law: a member's name is a name and no
// path, nothing is written anywhere, and one bad member does not hide the others.

import * as zlib from 'node:zlib';
import type { Origin, Sink } from '../../model/index.ts';
import { through, unpack } from '../compressed.ts';
import { isLogName } from '../logs/index.ts';
import { Text } from '../text.ts';
import { type Spent, TooMuch } from './bounds.ts';
import { FORM_HEAD, foreignOf, formOf } from './form.ts';
import type { Member } from './member.ts';
import { tarMembers } from './tar.ts';
import { type ZipSource, zipMembers } from './zip.ts';

export interface Walk {
  readonly sink: Sink;
  readonly signal: AbortSignal | undefined;
  readonly spent: Spent;
  /** How origins name a text; @param path of a member, the archive's own path and `!/` before it */
  readonly origin: (path: string) => Origin;
}

/** Every member of a zip whose directory can be read. */
export async function walkZip(walk: Walk, path: string, source: ZipSource, depth: number): Promise<void> {
  await guarded(walk, path, () => walkMembers(walk, path, zipMembers(source), depth));
}

/** A text or an archive that arrives in pieces. Trouble goes to `sink.skip`. @throws TooMuch */
export async function walkPieces(
  walk: Walk,
  path: string,
  pieces: AsyncIterable<Uint8Array>,
  depth: number,
): Promise<void> {
  await guarded(walk, path, async () => {
    const iterator = pieces[Symbol.asyncIterator]();
    try {
      const head: Uint8Array[] = [];
      let length = 0;
      while (length < FORM_HEAD) {
        const { done, value } = await iterator.next();
        if (done === true) break;
        head.push(value);
        length += value.length;
      }
      const first = Buffer.concat(head);
      await walkForm(walk, path, first, behind(first, iterator), depth);
    } finally {
      await iterator.return?.();
    }
  });
}

async function walkForm(
  walk: Walk,
  path: string,
  head: Uint8Array,
  all: AsyncIterable<Uint8Array>,
  depth: number,
): Promise<void> {
  const form = formOf(head);
  if (form === undefined) {
    await lookText(walk, path, all);
    return;
  }
  if (depth >= walk.spent.limits.depth) {
    walk.sink.skip({ path, why: `archives in archives are opened ${walk.spent.limits.depth} deep` });
    return;
  }
  switch (form) {
    case 'tar':
      await walkMembers(
        walk,
        path,
        tarMembers(all, () => isOver(walk)),
        depth,
      );
      return;
    case 'gzip':
      await walkPieces(walk, path, counted(walk, through(all, zlib.createGunzip())), depth + 1);
      return;
    case 'zstd': {
      if (typeof zlib.createZstdDecompress !== 'function') throw new Error('zstd needs Node 22.15 or newer');
      const held = await hold(walk, all);
      const bytes = (position: number, length: number) => held.subarray(position, position + length);
      await walkPieces(walk, path, counted(walk, unpack(bytes, 'zstd')), depth + 1);
      return;
    }
    case 'zip':
      await walkZip(walk, path, { kind: 'bytes', bytes: await hold(walk, all) }, depth);
      return;
    case 'foreign':
      walk.sink.skip({ path, why: `what ${foreignOf(head) ?? 'this'} has packed is not read` });
  }
}

async function walkMembers(
  walk: Walk,
  path: string,
  members: AsyncIterable<Member>,
  depth: number,
): Promise<void> {
  const names = new Map<string, number>();
  for await (const member of members) {
    walk.signal?.throwIfAborted();
    walk.spent.member();
    const times = (names.get(member.name) ?? 0) + 1;
    names.set(member.name, times);
    const inside = `${path}!/${member.name}${times > 1 ? ` (${times})` : ''}`;
    if (member.closed !== undefined) {
      walk.sink.skip({ path: inside, why: member.closed });
      continue;
    }
    await guarded(walk, inside, async () =>
      walkPieces(walk, inside, counted(walk, await member.open()), depth + 1),
    );
  }
}

async function lookText(walk: Walk, path: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const text = new Text(walk.sink, walk.origin(path), { log: isLogName(path) });
  walk.sink.advance({ files: 1 });
  try {
    for await (const piece of pieces) {
      walk.sink.advance({ bytes: piece.length });
      text.write(piece);
      if (text.binary) break;
    }
  } finally {
    // What came before the damage is looked at.
    text.end();
  }
}

/** Keeps trouble where it is, but for what ends the walk. */
async function guarded(walk: Walk, path: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    walk.signal?.throwIfAborted();
    if (error instanceof TooMuch) throw error;
    walk.sink.skip({ path, why: error instanceof Error ? error.message : String(error) });
  }
}

function isOver(walk: Walk): boolean {
  return walk.spent.over || walk.signal?.aborted === true;
}

/** @throws TooMuch, in the middle of it */
export async function* counted(walk: Walk, pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    walk.signal?.throwIfAborted();
    walk.spent.unpacked(piece.length);
    yield piece;
  }
}

async function* behind(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head;
  for (;;) {
    const { done, value } = await rest.next();
    if (done === true) return;
    yield value;
  }
}

async function hold(walk: Walk, pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const most = walk.spent.limits.held;
  const held: Uint8Array[] = [];
  let length = 0;
  for await (const piece of pieces) {
    length += piece.length;
    if (length > most)
      throw new Error(`an archive in an archive, and larger than ${most} bytes: unpack it and scan that`);
    // The sender may use its buffer again.
    held.push(Uint8Array.from(piece));
  }
  return Buffer.concat(held);
}

// What is kept of the units of one store. No secret is in it: a secret is its fingerprint, and an example of where it stands,
// from which the next run reads it again. The file ends with a hash of itself, so a damaged one is as good as none.

import { createHash } from 'node:crypto';
import type { Fingerprint, Origin, Span } from '../model/index.ts';
import { parseFingerprint } from '../model/index.ts';
import type { Unread } from '../read/index.ts';
import type { Sighting } from './sightings.ts';

export interface SeenSecret {
  readonly id: Fingerprint;
  readonly rule: string;
  /** Where the finding that stands for the secret was made. */
  readonly example: Sighting;
  readonly sightings: readonly Sighting[];
}

export interface SeenUnit {
  /** Units that must stand before it, as they show some of its objects. */
  readonly behind: readonly string[];
  readonly tally: {
    readonly bytes: number;
    readonly blobs: number;
    readonly commits: number;
    readonly binary: number;
  };
  /** Objects that have not been shown. */
  readonly unread: readonly Unread[];
  readonly secrets: readonly SeenSecret[];
}

export interface SeenStore {
  /** Of the store as it was (see units.ts). */
  readonly digest: string;
  /** In the order in which they were read. */
  readonly units: ReadonlyMap<string, SeenUnit>;
}

const MAGIC = 'keyburn seen 2\n';
const HASH = 32;
const KINDS = ['blob', 'commit', 'tag'] as const;

export function encodeSeen(store: SeenStore): Buffer {
  const to = new Writer();
  to.text(MAGIC);
  to.text(store.digest);
  to.number(store.units.size);
  for (const [name, unit] of store.units) {
    to.text(name);
    to.list(unit.behind, (text) => to.text(text));
    const { bytes, blobs, commits, binary } = unit.tally;
    for (const count of [bytes, blobs, commits, binary]) to.number(count);
    to.list(unit.unread, ({ oid, why }) => {
      to.hex(oid);
      to.text(why);
    });
    to.list(unit.secrets, ({ id, rule, example, sightings }) => {
      to.hex(id);
      to.text(rule);
      putSighting(to, example);
      to.list(sightings, (sighting) => putSighting(to, sighting));
    });
  }
  const body = to.bytes();
  return Buffer.concat([body, createHash('sha256').update(body).digest()]);
}

/** @returns undefined for anything but a whole file of this form */
export function decodeSeen(bytes: Buffer, repository: string): SeenStore | undefined {
  const body = bytes.subarray(0, -HASH);
  if (!createHash('sha256').update(body).digest().equals(bytes.subarray(-HASH))) return undefined;
  const from = new Reading(body);
  if (from.text() !== MAGIC) return undefined;
  const digest = from.text();
  const units = from.list(() => {
    const name = from.text();
    const behind = from.list(() => from.text());
    const tally = {
      bytes: from.number(),
      blobs: from.number(),
      commits: from.number(),
      binary: from.number(),
    };
    const unread = from.list(() => ({ oid: from.hex(), why: from.text() }));
    const secrets = from.list(() => ({
      id: fingerprint(from.hex()),
      rule: from.text(),
      example: takeSighting(from, repository),
      sightings: from.list(() => takeSighting(from, repository)),
    }));
    return [name, { behind, tally, unread, secrets }] as const;
  });
  return { digest, units: new Map(units) };
}

function fingerprint(text: string): Fingerprint {
  const parsed = parseFingerprint(text);
  if (parsed === undefined) throw new Error('not a fingerprint');
  return parsed;
}

function putSighting(to: Writer, { origin, span }: Sighting): void {
  if (origin.kind !== 'blob' && origin.kind !== 'message') throw new Error(`${origin.kind} is in no store`);
  to.number(KINDS.indexOf(origin.kind === 'blob' ? 'blob' : origin.of));
  to.hex(origin.oid);
  to.number(span.start);
  to.number(span.end - span.start);
  to.number(span.line);
  to.number(span.column);
  to.number(span.endLine - span.line);
}

function takeSighting(from: Reading, repository: string): Sighting {
  const of = KINDS[from.number()] ?? 'blob';
  const oid = from.hex();
  const start = from.number();
  const end = start + from.number();
  const line = from.number();
  const column = from.number();
  const span: Span = { start, end, line, column, endLine: line + from.number() };
  const origin: Origin =
    of === 'blob' ? { kind: 'blob', repository, oid } : { kind: 'message', repository, oid, of };
  return { origin, span };
}

/** Numbers seven bits a byte, texts and lists behind their length. */
class Writer {
  #buffer = Buffer.allocUnsafe(64 * 1024);
  #at = 0;

  bytes(): Buffer {
    return this.#buffer.subarray(0, this.#at);
  }

  number(value: number): void {
    this.#room(8);
    let rest = value;
    for (; rest > 0x7f; rest = Math.floor(rest / 128)) this.#buffer[this.#at++] = (rest % 128) | 0x80;
    this.#buffer[this.#at++] = rest;
  }

  text(text: string): void {
    const length = Buffer.byteLength(text);
    this.number(length);
    this.#room(length);
    this.#at += this.#buffer.write(text, this.#at);
  }

  hex(text: string): void {
    this.number(text.length / 2);
    this.#room(text.length / 2);
    this.#at += this.#buffer.write(text, this.#at, 'hex');
  }

  list<T>(values: readonly T[], put: (value: T) => void): void {
    this.number(values.length);
    values.forEach(put);
  }

  #room(bytes: number): void {
    if (this.#at + bytes <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(2 * this.#buffer.length + bytes);
    larger.set(this.bytes());
    this.#buffer = larger;
  }
}

class Reading {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  number(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new Error('the file ends too early');
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  }

  text(): string {
    return this.#take('utf8');
  }

  hex(): string {
    return this.#take('hex');
  }

  list<T>(take: () => T): T[] {
    return Array.from({ length: this.number() }, take);
  }

  #take(encoding: 'utf8' | 'hex'): string {
    const length = this.number();
    const from = this.#at;
    this.#at += length;
    return this.#bytes.toString(encoding, from, this.#at);
  }
}

// Literals -> the tables that the kernel in as/kernel.ts reads. Plain typed arrays: a thousand literals take a few milliseconds.
import type { ByteSet, Gate, Row } from './gate.ts';
import { assertLiterals, isLetter, type Literal, MOST_LITERALS, RUN_BYTES } from './literal.ts';
import { windowOffsets } from './windows.ts';
import type { Words } from './word.ts';

// The same numbers stand in as/kernel.ts, which also says what the tables mean.
const TABLE = 0x10000;
const HEADS = 0x20000;
const KNOWN = 0x40000;
const KNOWN_SHORT = 0x59000;
const HEADS_SHORT = 0x5b000;
const FREE = 0x63000;
const MIX_WINDOW = 0x9e3779b1;
const RECORD = 48;
const WORD = 8;
const STEP = 16;

export interface Tables {
  /** What to write where. */
  readonly parts: readonly { readonly address: number; readonly bytes: Uint8Array }[];
  /** The kernel's `setup` takes these. */
  readonly setup: readonly [nodes: number, literals: number, alphabet: number, reach: number];
  /** First address behind the tables. */
  readonly end: number;
  /** Bytes of the longest literal. */
  readonly longest: number;
}

/** Throws an Error that names the literal when one cannot be served. */
export function compile(literals: readonly Literal[]): Tables {
  assertLiterals(literals);
  const offsets = windowOffsets(literals);
  const table = sieve(literals, offsets);
  const { known, heads, knownShort, headsShort, nodes } = chains(literals, offsets);
  const reach = offsets.reduce((most, offset) => Math.max(most, offset), 0);
  const nodesAt = FREE;
  const literalsAt = align(nodesAt + nodes.byteLength);
  const alphabetAt = align(literalsAt + literals.length * RECORD);
  const gates = writeGates(literals, alphabetAt + 256);
  const textAt = align(alphabetAt + 256 + gates.bytes.length);
  const { records, text } = writeLiterals(literals, offsets, textAt, gates.addresses);
  return {
    parts: [
      { address: TABLE, bytes: asBytes(table) },
      { address: HEADS, bytes: asBytes(heads) },
      { address: KNOWN, bytes: known },
      { address: KNOWN_SHORT, bytes: knownShort },
      { address: HEADS_SHORT, bytes: asBytes(headsShort) },
      { address: nodesAt, bytes: asBytes(nodes) },
      { address: literalsAt, bytes: records },
      { address: alphabetAt, bytes: RUN_BYTES },
      { address: alphabetAt + 256, bytes: gates.bytes },
      { address: textAt, bytes: text },
    ],
    setup: [nodesAt, literalsAt, alphabetAt, reach],
    end: align(textAt + text.length),
    longest: literals.reduce((most, { bytes }) => Math.max(most, bytes.length), 0),
  };
}

/** The grid meets a window at its first byte (upper half) or at its second (lower half). */
function sieve(literals: readonly Literal[], offsets: readonly number[]): Uint16Array {
  const table = new Uint16Array(0x8000);
  // A byte outside of the literal may be any. Written for code that runs once: a thousand rules have it marked 60,000 times.
  const mark = (bytes: Uint8Array, at: number, classes: number) => {
    const first = bytes[at];
    const third = bytes[at + 2];
    const middle = ((bytes[at + 1] as number) & 31) << 5;
    for (let a = first === undefined ? 0 : first & 31; a < 32; a = first === undefined ? a + 1 : 32) {
      for (let c = third === undefined ? 0 : third & 31; c < 32; c = third === undefined ? c + 1 : 32) {
        const slot = a | middle | (c << 10);
        table[slot] = (table[slot] as number) | classes;
      }
    }
  };
  literals.forEach(({ bytes }, index) => {
    const offset = offsets[index] ?? 0;
    mark(bytes, offset, classesOf(bytes[offset + 3]) << 8);
    mark(bytes, offset + 1, classesOf(bytes[offset]));
  });
  return table;
}

/** The bit of a byte's class; every bit for a byte outside the literal. */
function classesOf(byte: number | undefined): number {
  return byte === undefined ? 0xff : 1 << (byte & 7);
}

/**
 * `known` has a bit for each hash (18 bits) of a window, `knownShort` (16 bits, see as/kernel.ts) for each of three bytes. `heads[hash >> 3]` is 1 +
 * the first node; the nodes of one head lie side by side, the last has its low bit set. No literal is twice in one chain, where it
 * would be reported twice.
 */
function chains(literals: readonly Literal[], offsets: readonly number[]) {
  const known = new Uint8Array(0x8000);
  const knownShort = new Uint8Array(0x2000);
  const wanted = new Set<number>();
  literals.forEach((literal, index) => {
    const offset = offsets[index] ?? 0;
    const short = literal.bytes.length === 3;
    const bits = short ? knownShort : known;
    for (const hash of short ? shortHashes(literal, offset) : [longHash(literal.bytes, offset)]) {
      const slot = hash >> 3;
      bits[slot] = (bits[slot] ?? 0) | (1 << (hash & 7));
      wanted.add((short ? slot + known.length : slot) * MOST_LITERALS + index);
    }
  });
  const keys = Float64Array.from(wanted).sort();
  const heads = new Uint32Array(known.length + knownShort.length);
  const nodes = new Uint32Array(keys.length);
  for (const [node, key] of keys.entries()) {
    const slot = Math.floor(key / MOST_LITERALS);
    if (heads[slot] === 0) heads[slot] = node + 1;
    else nodes[node - 1] = (nodes[node - 1] ?? 0) & ~1;
    nodes[node] = ((key % MOST_LITERALS) << 1) | 1;
  }
  return {
    known,
    knownShort,
    heads: heads.subarray(0, known.length),
    headsShort: heads.subarray(known.length),
    nodes,
  };
}

function longHash(bytes: Uint8Array, offset: number): number {
  return Math.imul(fourAt(bytes, offset) | 0x20202020, MIX_WINDOW) >>> 14;
}

/** @param offset 0 or -1, where the window begins; @returns one for each way to write the literal */
function shortHashes({ bytes, fold }: Literal, offset: number): number[] {
  let ways = [fourAt(bytes, 0)];
  for (const [i, byte] of bytes.entries()) {
    if (fold && isLetter(byte)) ways = ways.flatMap((way) => [way, way ^ (0x20 << (i * 8))]);
  }
  const half = offset < 0 ? 0x8000 : 0;
  return ways.map((way) => (Math.imul(way, MIX_WINDOW) >>> 17) | half);
}

/** Four bytes as a number; zero for those behind the end. */
function fourAt(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] ?? 0) |
    ((bytes[at + 1] ?? 0) << 8) |
    ((bytes[at + 2] ?? 0) << 16) |
    ((bytes[at + 3] ?? 0) << 24)
  );
}

function writeLiterals(
  literals: readonly Literal[],
  offsets: readonly number[],
  textAt: number,
  gates: readonly number[],
) {
  const steps = literals.map(({ bytes }) => Math.max(0, Math.ceil((bytes.length - WORD) / STEP)));
  const records = new Uint8Array(literals.length * RECORD);
  const words = new Uint32Array(records.buffer);
  const text = new Uint8Array(steps.reduce((sum, count) => sum + count, 0) * STEP * 3);
  let next = 0;
  literals.forEach((literal, index) => {
    const { bytes, run } = literal;
    const record = index * RECORD;
    words.set([offsets[index] ?? 0, bytes.length, textAt + next, run, gates[index] ?? 0], record / 4 + 6);
    const { length } = bytes;
    const { fold } = literal;
    for (let i = 0; i < length; i += 1) {
      if (i < WORD) put(records, record + i, WORD, bytes[i] as number, fold);
      else put(text, restAt(next, i), STEP, bytes[i] as number, fold);
    }
    next += (steps[index] ?? 0) * STEP * 3;
  });
  return { records, text };
}

/** The sets of all gates, then the gates: see as/kernel.ts. Rules that have the same gate share it, as do gates their sets. */
function writeGates(literals: readonly Literal[], address: number) {
  const sets = new Map<ByteSet, number>();
  const words: number[] = [];
  const setAt = (set: ByteSet): number => {
    const known = sets.get(set) ?? address + sets.size * 32;
    sets.set(set, known);
    return known;
  };
  const rowWords = ({ set, count, from, to, until }: Row): number[] => [
    setAt(set),
    count,
    from,
    to,
    until === undefined ? 0 : setAt(until),
  ];
  // They lie behind all gates: where, is known in the end.
  const named: { readonly at: number; readonly by: Words }[] = [];
  const write = ({ length, next, behind, lead, rows, reach, words: by }: Gate): void => {
    words.push(next === undefined ? 0 : setAt(next), length, lead, reach);
    words.push(...(behind === undefined ? [0, 0, 0] : [setAt(behind.set), behind.most, setAt(behind.until)]));
    if (by !== undefined) named.push({ at: words.length, by });
    words.push(0, rows.length, ...rows.flatMap(rowWords));
  };
  const single = new Map<Gate, number>();
  const indexes = literals.map(({ gates = [] }) => {
    const [first, ...others] = gates;
    if (first === undefined) return -1;
    const known = others.length === 0 ? single.get(first) : undefined;
    if (known !== undefined) return known;
    const index = words.length;
    if (others.length === 0) single.set(first, index);
    words.push(gates.length);
    for (const gate of gates) write(gate);
    return index;
  });
  const gatesEnd = sets.size * 32 + words.length * 4;
  const kinds = writeWords(
    named.map(({ by }) => by),
    address + gatesEnd,
  );
  for (const { at, by } of named) words[at] = kinds.addresses.get(by) ?? 0;
  const bytes = new Uint8Array(gatesEnd + kinds.bytes.length);
  bytes.set(kinds.bytes, gatesEnd);
  new Uint32Array(bytes.buffer, sets.size * 32, words.length).set(words);
  for (const [set, at] of sets) {
    for (let byte = 0; byte < 256; byte += 1)
      if (set[byte] === 1)
        bytes[at - address + (byte >> 3)] = (bytes[at - address + (byte >> 3)] ?? 0) | (1 << (byte & 7));
  }
  const wordsAt = address + sets.size * 32;
  return { bytes, addresses: indexes.map((index) => (index < 0 ? 0 : wordsAt + index * 4)) };
}

/** See as/kernel.ts. */
function writeWords(all: readonly Words[], address: number) {
  const addresses = new Map<Words, number>();
  const pieces: Uint8Array[] = [];
  let next = address;
  for (const words of new Set(all)) {
    const { kinds, short, glue, commands } = words;
    const facts = [Number.isFinite(short) ? short : 0xffff_ffff, glue, commands.length, ...commands];
    const piece = new Uint8Array(256 + facts.length * 4);
    piece.set(kinds);
    new Uint32Array(piece.buffer, 256).set(facts);
    addresses.set(words, next);
    pieces.push(piece);
    next += piece.length;
  }
  return { addresses, bytes: Buffer.concat(pieces) };
}

/** Value, fold and mask of one byte, `step` apart: a byte b of the text agrees when ((b | fold) ^ value) & mask is 0. */
function put(into: Uint8Array, at: number, step: number, byte: number, anyCase: boolean): void {
  const fold = anyCase && isLetter(byte) ? 0x20 : 0;
  into[at] = byte | fold;
  into[at + step] = fold;
  into[at + step * 2] = 0xff;
}

/** Where byte `i` of a literal stands in `text`: steps of 16 bytes, each as value, fold and mask. */
function restAt(first: number, i: number): number {
  const rest = i - WORD;
  return first + Math.floor(rest / STEP) * STEP * 3 + (rest % STEP);
}

function asBytes({ buffer, byteOffset, byteLength }: Uint16Array | Uint32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

export function align(address: number): number {
  return Math.ceil(address / 64) * 64;
}

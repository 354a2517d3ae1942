// Literals -> the tables that the kernel in as/kernel.ts reads. Plain typed arrays: a thousand literals take a few milliseconds.
import { isLetter, type Literal, RUN_BYTES } from './literal.ts';
import { windowOffset } from './windows.ts';

// The same numbers stand in as/kernel.ts, which also says what the tables mean.
const TABLE = 0x10000;
const HEADS = 0x20000;
const FREE = 0x40000;
const MIX_WINDOW = 0x9e3779b1;
const RECORD = 48;
const WORD = 8;
const STEP = 16;

/** Every byte that has bit 5 set: what the kernel takes a byte for that lies outside a literal of three. */
const ANY_FOLDED = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => (byte & 0x20) !== 0);

export interface Tables {
  /** What to write where. */
  readonly parts: readonly { readonly address: number; readonly bytes: Uint8Array }[];
  /** The kernel's `setup` takes these. */
  readonly setup: readonly [nodes: number, literals: number, alphabet: number, reach: number];
  /** First address behind the tables. */
  readonly end: number;
}

export function compile(literals: readonly Literal[]): Tables {
  const offsets = literals.map(windowOffset);
  const table = sieve(literals, offsets);
  const { heads, nodes } = chains(literals, offsets);
  const nodesAt = FREE;
  const literalsAt = align(nodesAt + nodes.byteLength);
  const alphabetAt = align(literalsAt + literals.length * RECORD);
  const textAt = alphabetAt + 256;
  const { records, text } = writeLiterals(literals, offsets, textAt);
  return {
    parts: [
      { address: TABLE, bytes: asBytes(table) },
      { address: HEADS, bytes: asBytes(heads) },
      { address: nodesAt, bytes: asBytes(nodes) },
      { address: literalsAt, bytes: asBytes(records) },
      { address: alphabetAt, bytes: RUN_BYTES },
      { address: textAt, bytes: text },
    ],
    setup: [nodesAt, literalsAt, alphabetAt, Math.max(0, ...offsets)],
    end: align(textAt + text.length),
  };
}

/** The grid meets a window at its first byte (upper half) or at its second (lower half). */
function sieve(literals: readonly Literal[], offsets: readonly number[]): Uint16Array {
  const table = new Uint16Array(0x8000);
  literals.forEach(({ bytes }, index) => {
    const offset = offsets[index] ?? 0;
    for (const [at, classes] of [
      [offset, classOf(bytes[offset + 3]) << 8],
      [offset + 1, classOf(bytes[offset])],
    ] as const) {
      const pair = ((bytes[at] ?? 0) & 31) | (((bytes[at + 1] ?? 0) & 31) << 5);
      for (const third of folded(bytes[at + 2])) {
        const slot = pair | ((third & 31) << 10);
        table[slot] = (table[slot] ?? 0) | classes;
      }
    }
  });
  return table;
}

/** The bit of a byte's class; every bit for a byte that lies outside the literal. */
function classOf(byte: number | undefined): number {
  return byte === undefined ? 0xff : 1 << (byte & 7);
}

function folded(byte: number | undefined): readonly number[] {
  return byte === undefined ? ANY_FOLDED : [byte | 0x20];
}

/** `heads[hash]` is 1 + the first node; the nodes of one hash lie side by side, the last has its low bit set. */
function chains(
  literals: readonly Literal[],
  offsets: readonly number[],
): { heads: Uint32Array; nodes: Uint32Array } {
  const owners = new Map<number, Set<number>>();
  literals.forEach(({ bytes }, index) => {
    const offset = offsets[index] ?? 0;
    const [a, b, c] = [bytes[offset] ?? 0, bytes[offset + 1] ?? 0, bytes[offset + 2] ?? 0];
    const three = a | (b << 8) | (c << 16) | 0x202020;
    for (const fourth of folded(bytes[offset + 3])) {
      const hash = Math.imul(three | (fourth << 24), MIX_WINDOW) >>> 17;
      const set = owners.get(hash) ?? new Set();
      // A set: the same literal twice in a chain would be reported twice.
      owners.set(hash, set.add(index));
    }
  });
  const heads = new Uint32Array(0x8000);
  const nodes: number[] = [];
  for (const [hash, set] of owners) {
    heads[hash] = nodes.length + 1;
    for (const index of set) nodes.push(index << 1);
    nodes.push((nodes.pop() ?? 0) | 1);
  }
  return { heads, nodes: Uint32Array.from(nodes) };
}

function writeLiterals(
  literals: readonly Literal[],
  offsets: readonly number[],
  textAt: number,
): { records: DataView; text: Uint8Array } {
  const steps = literals.map(({ bytes }) => Math.max(0, Math.ceil((bytes.length - WORD) / STEP)));
  const records = new DataView(new ArrayBuffer(literals.length * RECORD));
  const text = new Uint8Array(steps.reduce((sum, count) => sum + count, 0) * STEP * 3);
  let next = 0;
  literals.forEach((literal, index) => {
    const { bytes, run } = literal;
    const record = index * RECORD;
    records.setUint32(record + 24, offsets[index] ?? 0, true);
    records.setUint32(record + 28, bytes.length, true);
    records.setUint32(record + 32, textAt + next, true);
    records.setUint32(record + 36, run, true);
    bytes.forEach((byte, i) => {
      // A byte b of the text agrees when (b | fold) is value.
      const fold = literal.fold && isLetter(byte) ? 0x20 : 0;
      if (i < WORD) {
        records.setUint8(record + i, byte | fold);
        records.setUint8(record + i + WORD, fold);
        records.setUint8(record + i + WORD * 2, 0xff);
      } else {
        const slot = next + Math.floor((i - WORD) / STEP) * STEP * 3 + ((i - WORD) % STEP);
        text[slot] = byte | fold;
        text[slot + STEP] = fold;
        text[slot + STEP * 2] = 0xff;
      }
    });
    next += (steps[index] ?? 0) * STEP * 3;
  });
  return { records, text };
}

function asBytes({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

export function align(address: number): number {
  return Math.ceil(address / 64) * 64;
}

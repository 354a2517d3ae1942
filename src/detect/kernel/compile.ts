// Literals -> the tables that the kernel in as/kernel.ts reads. Plain typed arrays: a thousand literals take a few milliseconds.
import { isLetter, type Literal, RUN_BYTES } from './literal.ts';
import { windowOffset } from './windows.ts';

// The same numbers stand in as/kernel.ts.
export const TABLE = 0x10000;
const HEADS = 0x20000;
const FREE = 0x60000;
const MIX_PAIR = 0x6c8d;
const MIX_THIRD = 0x2f5b;

const WORD = 8;
const STEP = 16;

export interface Tables {
  /** What to write where. */
  readonly parts: readonly { readonly address: number; readonly bytes: Uint8Array }[];
  /** The kernel's `setup` takes these. */
  readonly setup: readonly [
    nodes: number,
    windows: number,
    literals: number,
    alphabet: number,
    reach: number,
  ];
  /** First address behind the tables. */
  readonly end: number;
}

export function compile(literals: readonly Literal[]): Tables {
  const table = new Uint8Array(0x10000);
  const hashes: number[] = [];
  const owners: number[] = [];
  const windows = new DataView(new ArrayBuffer(literals.length * 2 * 32));
  let reach = 0;

  literals.forEach((literal, index) => {
    const first = windowOffset(literal);
    reach = Math.max(reach, first + 1);
    for (const [nth, offset] of [first, first + 1].entries()) {
      const window = index * 2 + nth;
      writeWindow(windows, window * 32, literal, index, offset);
      mark(table, literal.bytes, offset, (hash) => {
        hashes.push(hash);
        owners.push(window);
      });
    }
  });

  const { heads, nodes } = chain(hashes, owners);
  const nodesAt = FREE;
  const windowsAt = align(nodesAt + nodes.byteLength);
  const literalsAt = align(windowsAt + windows.byteLength);
  const alphabetAt = align(literalsAt + literals.length * 16);
  const textAt = alphabetAt + 256;
  const { facts, text } = writeLiterals(literals, textAt);
  return {
    parts: [
      { address: TABLE, bytes: table },
      { address: HEADS, bytes: asBytes(heads) },
      { address: nodesAt, bytes: asBytes(nodes) },
      { address: windowsAt, bytes: asBytes(windows) },
      { address: literalsAt, bytes: asBytes(facts) },
      { address: alphabetAt, bytes: RUN_BYTES },
      { address: textAt, bytes: text },
    ],
    setup: [nodesAt, windowsAt, literalsAt, alphabetAt, reach],
    end: align(textAt + text.length),
  };
}

/** Sets the bits of one window and tells every hash that it has; a byte outside the literal can be anything. */
function mark(table: Uint8Array, bytes: Uint8Array, offset: number, each: (hash: number) => void): void {
  const second = (bytes[offset + 1] ?? 0) | 0x20;
  const third = (bytes[offset + 2] ?? 0) | 0x20;
  const fourth = bytes[offset + 3];
  const bits = fourth === undefined ? 0xff : 1 << (fourth & 7);
  const known = bytes[offset];
  for (let byte = 0x20; byte < 0x100; byte += 1) {
    if ((byte & 0x20) === 0 || (known !== undefined && byte !== (known | 0x20))) continue;
    const hash = ((byte | (second << 8)) * MIX_PAIR + third * MIX_THIRD) & 0xffff;
    table[hash] = (table[hash] ?? 0) | bits;
    each(hash);
  }
}

function writeWindow(view: DataView, at: number, literal: Literal, index: number, offset: number): void {
  for (let i = 0; i < Math.min(WORD, literal.bytes.length); i += 1) {
    const { value, fold } = comparison(literal, i);
    view.setUint8(at + i, value);
    view.setUint8(at + 8 + i, fold);
    view.setUint8(at + 16 + i, 0xff);
  }
  view.setUint32(at + 24, index, true);
  view.setInt32(at + 28, offset, true);
}

/** A byte b of the text agrees when (b | fold) is value. */
function comparison({ bytes, fold }: Literal, i: number): { value: number; fold: number } {
  const byte = bytes[i] ?? 0;
  return fold && isLetter(byte) ? { value: byte | 0x20, fold: 0x20 } : { value: byte, fold: 0 };
}

function writeLiterals(literals: readonly Literal[], textAt: number): { facts: DataView; text: Uint8Array } {
  const steps = literals.map(({ bytes }) => Math.max(0, Math.ceil((bytes.length - WORD) / STEP)));
  const facts = new DataView(new ArrayBuffer(literals.length * 16));
  const text = new Uint8Array(steps.reduce((sum, count) => sum + count, 0) * STEP * 3);
  let at = 0;
  literals.forEach((literal, index) => {
    facts.setUint32(index * 16, literal.bytes.length, true);
    facts.setUint32(index * 16 + 4, textAt + at, true);
    facts.setUint32(index * 16 + 8, literal.run, true);
    for (let i = WORD; i < literal.bytes.length; i += 1) {
      const { value, fold } = comparison(literal, i);
      const step = Math.floor((i - WORD) / STEP);
      const slot = at + step * STEP * 3 + ((i - WORD) % STEP);
      text[slot] = value;
      text[slot + STEP] = fold;
      text[slot + STEP * 2] = 0xff;
    }
    at += (steps[index] ?? 0) * STEP * 3;
  });
  return { facts, text };
}

/** Chains by hash: `heads[hash]` is 1 + the first node, nodes of one hash lie side by side, the last has its low bit set. */
function chain(
  hashes: readonly number[],
  owners: readonly number[],
): { heads: Uint32Array; nodes: Uint32Array } {
  const heads = new Uint32Array(0x10000);
  const nodes = new Uint32Array(hashes.length);
  const order = Uint32Array.from(hashes.keys()).sort((a, b) => (hashes[a] ?? 0) - (hashes[b] ?? 0) || a - b);
  order.forEach((from, node) => {
    const hash = hashes[from] ?? 0;
    const next = order[node + 1];
    const ends = next === undefined || hashes[next] !== hash;
    nodes[node] = ((owners[from] ?? 0) << 1) | (ends ? 1 : 0);
    if (heads[hash] === 0) heads[hash] = node + 1;
  });
  return { heads, nodes };
}

function asBytes({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

export function align(address: number): number {
  return Math.ceil(address / 64) * 64;
}

// The kernel in plain TypeScript. Law: it is the meaning of the kernel; the SIMD one must give the same answers, and where
// SIMD is missing, this one serves. So it is written to be read: at each position, the literals that share its first three
// bytes (by their low five bits, which no case changes) are compared one by one, in order.
import { isOpen } from './gate.ts';
import { assertLiterals, type Kernel, type Literal, lower, RUN_BYTES } from './literal.ts';

interface Numbered extends Literal {
  readonly index: number;
}

export function createReferenceKernel(literals: readonly Literal[]): Kernel {
  assertLiterals(literals);
  const groups: Numbered[][] = [];
  /** For each three bytes: 1 + the index of their group, or 0. */
  const groupAt = new Uint16Array(0x8000);
  for (const [index, literal] of literals.entries()) {
    const { bytes } = literal;
    const key = (((lowOf(bytes, 0) << 5) | lowOf(bytes, 1)) << 5) | lowOf(bytes, 2);
    const group = groupAt[key] || groups.push([]);
    groupAt[key] = group;
    groups[group - 1]?.push({ ...literal, index });
  }

  // No closure and no `??` in the loop, whose indexes are in bounds: they would cost four fifths of the speed.
  function scan(bytes: Uint8Array, from: number, to: number): Int32Array {
    const found: number[] = [];
    const first = Math.max(from, 0);
    const last = Math.min(to, bytes.length - 2);
    let key = (lowOf(bytes, first) << 5) | lowOf(bytes, first + 1);
    for (let position = first; position < last; position += 1) {
      key = ((key << 5) & 0x7fff) | ((bytes[position + 2] as number) & 31);
      const group = groupAt[key] as number;
      if (group !== 0) compare(groups[group - 1] ?? [], bytes, position, found);
    }
    return Int32Array.from(found);
  }

  return { scan, buffer: (size) => new Uint8Array(size) };
}

function lowOf(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) & 31;
}

function compare(group: readonly Numbered[], bytes: Uint8Array, position: number, found: number[]): void {
  for (const literal of group) {
    if (!standsAt(literal, bytes, position)) continue;
    if (literal.run !== 0 && !insideRun(bytes, position, position + literal.bytes.length, literal.run))
      continue;
    const { gates } = literal;
    if (gates !== undefined && gates.length > 0 && !gates.some((gate) => isOpen(gate, bytes, position)))
      continue;
    found.push(position, literal.index);
  }
}

function standsAt({ bytes: wanted, fold }: Literal, bytes: Uint8Array, position: number): boolean {
  if (position + wanted.length > bytes.length) return false;
  for (let i = 0; i < wanted.length; i += 1) {
    const here = bytes[position + i] ?? 0;
    const there = wanted[i] ?? 0;
    if (here !== there && !(fold && lower(here) === lower(there))) return false;
  }
  return true;
}

/** Whether the run that holds [start, end) has at least `needed` bytes. The literal itself is made of run bytes. */
function insideRun(bytes: Uint8Array, start: number, end: number, needed: number): boolean {
  let from = start;
  let to = end;
  while (to - from < needed && from > 0 && RUN_BYTES[bytes[from - 1] ?? 0] === 1) from -= 1;
  while (to - from < needed && to < bytes.length && RUN_BYTES[bytes[to] ?? 0] === 1) to += 1;
  return to - from >= needed;
}

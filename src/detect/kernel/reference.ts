// The kernel in plain TypeScript. Law: it is the meaning of the kernel; the SIMD one must give the same answers, and where SIMD is
// missing, this one serves. So it is written to be read: at each position, the literals that share its
// first three bytes (by their low six bits) are compared one by one, in order.
import { assertLiterals, type Kernel, type Literal, lower, RUN_BYTES } from './literal.ts';

const EMPTY = new Int32Array(0);

export function createReferenceKernel(literals: readonly Literal[]): Kernel {
  assertLiterals(literals);
  // Bit 5 tells the cases apart, so it is not among the six.
  const low = Uint8Array.from({ length: 256 }, (_, byte) => (byte & 0x1f) | ((byte & 0x40) >> 1));
  const lowOf = (byte: number | undefined) => low[byte ?? 0] ?? 0;
  const groups: Literal[][] = [];
  const indexes: number[][] = [];
  const groupAt = new Uint16Array(1 << 18);
  literals.forEach((literal, index) => {
    const [a, b, c] = literal.bytes;
    const key = (lowOf(a) << 12) | (lowOf(b) << 6) | lowOf(c);
    let group = groupAt[key] ?? 0;
    if (group === 0) {
      groups.push([]);
      indexes.push([]);
      group = groups.length;
      groupAt[key] = group;
    }
    groups[group - 1]?.push(literal);
    indexes[group - 1]?.push(index);
  });

  function scan(bytes: Uint8Array, from: number, to: number): Int32Array {
    const found: number[] = [];
    const first = Math.max(from, 0);
    const last = Math.min(to, bytes.length);
    let key = (lowOf(bytes[first]) << 6) | lowOf(bytes[first + 1]);
    for (let position = first; position < last; position += 1) {
      key = ((key << 6) & 0x3ffff) | (low[bytes[position + 2] ?? 0] ?? 0);
      const group = groupAt[key] ?? 0;
      if (group === 0) continue;
      groups[group - 1]?.forEach((literal, nth) => {
        if (!standsAt(literal, bytes, position)) return;
        if (literal.run !== 0 && !insideRun(bytes, position, position + literal.bytes.length, literal.run))
          return;
        found.push(position, indexes[group - 1]?.[nth] ?? 0);
      });
    }
    return found.length === 0 ? EMPTY : Int32Array.from(found);
  }

  return { scan, buffer: (size) => new Uint8Array(size) };
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

// The plain answer that every faster kernel must equal.

import type { Kernel, Literal } from './kernel.ts';

const RUN = new Uint8Array(256);
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+/=.')
  RUN[char.charCodeAt(0)] = 1;

function lower(byte: number): number {
  return byte >= 65 && byte <= 90 ? byte | 32 : byte;
}

/** Is the literal, all of it run characters or not, touched by a run of 16 or more that holds its first byte? */
function inRun(bytes: Uint8Array, at: number): boolean {
  if (RUN[bytes[at] ?? 0] !== 1) return false;
  let from = at;
  let to = at + 1;
  while (from > 0 && at - from < 16 && RUN[bytes[from - 1] ?? 0] === 1) from--;
  while (to < bytes.length && to - from < 16 && RUN[bytes[to] ?? 0] === 1) to++;
  return to - from >= 16;
}

/** Buckets by the first two bytes, folded; a literal of one byte is in every bucket of its byte. */
export function createReferenceKernel(literals: readonly Literal[]): Kernel {
  const buckets: (number[] | undefined)[] = Array.from({ length: 65_536 });
  const put = (bucket: number, index: number): void => {
    const list = buckets[bucket];
    if (list) list.push(index);
    else buckets[bucket] = [index];
  };
  literals.forEach((literal, index) => {
    const first = lower(literal.bytes[0] ?? 0);
    const second = literal.bytes[1];
    if (second !== undefined) put((first << 8) | lower(second), index);
    else for (let any = 0; any < 256; any++) if (lower(any) === any) put((first << 8) | any, index);
  });

  function occurs(literal: Literal, bytes: Uint8Array, at: number): boolean {
    const wanted = literal.bytes;
    if (at + wanted.length > bytes.length) return false;
    for (let i = 0; i < wanted.length; i++) {
      const byte = bytes[at + i] ?? 0;
      if ((literal.fold ? lower(byte) : byte) !== wanted[i]) return false;
    }
    return literal.run === 0 || inRun(bytes, at);
  }

  return {
    scan(bytes, from, to) {
      const found: number[] = [];
      const end = Math.min(to, bytes.length);
      for (let at = Math.max(0, from); at < end; at++) {
        const bucket = buckets[(lower(bytes[at] ?? 0) << 8) | lower(bytes[at + 1] ?? 0)];
        if (bucket === undefined) continue;
        for (const index of bucket) {
          const literal = literals[index];
          if (literal && occurs(literal, bytes, at)) found.push(at, index);
        }
      }
      return Int32Array.from(found);
    },
  };
}

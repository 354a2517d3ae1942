// The engine's operations without WebAssembly: node's zlib and plain TypeScript. Slower, same answers.

import { constants, inflateSync } from 'node:zlib';
import { countNewlines } from '../position.ts';
import { deltaSizes, readDelta, TORN } from './delta.ts';
import type { Engine, Operations } from './engine.ts';
import { plainDifferences } from './entries-plain.ts';

const BAD_DATA = -1;
const BAD_SIZE = -2;
const TRUNCATED = -3;
const BAD_SUM = -4;
const WRONG_BASE = -6;

export function plainOperations(
  memory: Buffer,
  { ranges, entries, wanted }: Pick<Engine, 'ranges' | 'entries' | 'wanted'>,
  near: number,
): Operations {
  return {
    ...plainDifferences(memory, entries, wanted),
    inflate(source, length, target, size) {
      try {
        const made = inflateSync(memory.subarray(source, source + length), {
          maxOutputLength: Math.max(1, size),
        });
        if (made.length !== size) return BAD_SIZE;
        memory.set(made, target);
        return 0;
      } catch (error) {
        return fault(error);
      }
    },
    peek(source, length, target, size) {
      try {
        const some = memory.subarray(source, source + Math.min(length, size * 2 + 1024));
        const made = inflateSync(some, { finishFlush: constants.Z_SYNC_FLUSH });
        return made.copy(memory, target, 0, size);
      } catch (error) {
        return fault(error);
      }
    },
    madeSize(delta, length, baseLength) {
      const sizes = deltaSizes(memory.subarray(delta, delta + length));
      if (!sizes) return TORN;
      return sizes.base === baseLength ? sizes.made : WRONG_BASE;
    },
    apply(base, baseLength, delta, length, target, size) {
      const bytes = memory.subarray(delta, delta + length);
      const sizes = deltaSizes(bytes);
      if (!sizes) return TORN;
      const changes = new Changes(ranges, near, size);
      let seamless = 0;
      const status = readDelta(bytes, sizes, {
        copy(source, to, count) {
          memory.copyWithin(target + to, base + source, base + source + count);
          if (source !== seamless) changes.add(to, to);
          seamless = source + count;
        },
        insert(from, to, count) {
          memory.copyWithin(target + to, delta + from, delta + from + count);
          changes.add(to, to + count);
          seamless = -1;
        },
      });
      if (status < 0) return status;
      if (seamless !== baseLength) changes.add(size, size);
      return changes.count;
    },
    nul: (at, length) => {
      const found = memory.indexOf(0, at);
      return found >= 0 && found < at + length;
    },
    newlines: (at, length) => countNewlines(memory.subarray(at, at + length), length),
  };
}

/** Ranges around changes, which come in order. */
class Changes {
  count = 0;
  readonly #ranges: Uint32Array;
  readonly #near: number;
  readonly #size: number;

  constructor(ranges: Uint32Array, near: number, size: number) {
    this.#ranges = ranges;
    this.#near = near;
    this.#size = size;
  }

  add(from: number, to: number): void {
    const low = Math.max(0, from - this.#near);
    const high = Math.min(this.#size, to + this.#near);
    if (high <= low) return;
    const last = 2 * this.count - 1;
    if (this.count > 0 && low <= (this.#ranges[last] ?? 0)) {
      this.#ranges[last] = high;
      return;
    }
    this.#ranges[2 * this.count] = low;
    this.#ranges[2 * this.count + 1] = high;
    this.count += 1;
  }
}

function fault(error: unknown): number {
  const code = (error as { code?: string }).code;
  const text = (error as { message?: string }).message ?? '';
  if (code === 'ERR_BUFFER_TOO_LARGE') return BAD_SIZE;
  if (code === 'Z_BUF_ERROR') return TRUNCATED;
  return text.includes('data check') ? BAD_SUM : BAD_DATA;
}

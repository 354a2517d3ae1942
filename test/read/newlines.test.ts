import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildNewlines } from '../../scripts/build-newlines.ts';
import { count, countedBuffer } from '../../src/read/newlines/index.ts';

describe('the counter of line ends', () => {
  it('counts as one who looks at each byte', () => {
    const { buffer, count: quick } = countedBuffer(20_000);
    fc.assert(
      fc.property(
        fc.nat(19_000),
        fc.nat(19_000),
        fc.constantFrom(1, 2, 3, 50),
        fc.nat(255),
        (a, b, every, other) => {
          for (let i = 0; i < buffer.length; i++) buffer[i] = (i * 7919) % 97 < 97 / every ? 10 : other;
          const bytes = buffer.subarray(Math.min(a, b), Math.max(a, b));
          const plain = bytes.filter((byte) => byte === 10).length;
          expect(quick(bytes)).toBe(plain);
          expect(count(bytes)).toBe(plain);
          expect(quick(Uint8Array.from(bytes))).toBe(plain);
        },
      ),
    );
  });

  it('is what its source compiles to', async () => {
    const kept = await readFile(new URL('../../src/read/newlines/wasm.ts', import.meta.url), 'utf8');
    expect(kept).toBe(await buildNewlines());
  });
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countNewlines } from '../../src/read/position.ts';

it('counts as many line ends as there are, wherever the bytes lie', () => {
  const byte = fc.oneof(fc.constant(0x0a), fc.constantFrom(0x00, 0x0b, 0x8a, 0xff, 0x09), fc.nat(255));
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 90 }), fc.nat(7), fc.nat(90), (values, shift, end) => {
      const bytes = new Uint8Array(values.length + shift).subarray(shift);
      bytes.set(values);
      const stop = Math.min(end, values.length);
      expect(countNewlines(bytes, stop)).toBe(values.slice(0, stop).filter((value) => value === 0x0a).length);
    }),
    { numRuns: 1_000 },
  );
});

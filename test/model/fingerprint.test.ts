// One name for one key, whether its characters are known or no more than their SHA-256.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FingerprintKey, Secret } from '../../src/model/index.ts';

const bytes = fc.uint8Array({ minLength: 16, maxLength: 64 });
const sha256 = (text: string) => createHash('sha256').update(text, 'utf8');

test('a key has the name that its SHA-256 has', () => {
  fc.assert(
    fc.property(bytes, fc.string({ unit: 'binary' }), (under, text) => {
      const key = new FingerprintKey(under);
      const name = key.fingerprint(new Secret(text));
      expect(key.fingerprintOf(sha256(text).digest('hex'))).toBe(name);
      expect(key.fingerprintOf(sha256(text).digest())).toBe(name);
    }),
  );
});

test('without the fingerprint key the hash says nothing of the name', () => {
  fc.assert(
    fc.property(bytes, bytes, fc.string(), (one, other, text) => {
      fc.pre(Buffer.compare(one, other) !== 0);
      const name = new FingerprintKey(one).fingerprint(new Secret(text));
      expect(name).not.toBe(new FingerprintKey(other).fingerprint(new Secret(text)));
      expect(name).not.toBe(sha256(text).digest('hex'));
    }),
  );
});

test('what is derived for keyburn itself is the name of no secret and of no hash that is reported', () => {
  fc.assert(
    fc.property(bytes, fc.string(), (under, purpose) => {
      const key = new FingerprintKey(under);
      const made = key.derived(purpose);
      for (const text of [purpose, `keyburn: ${purpose}`])
        expect(key.fingerprint(new Secret(text))).not.toBe(made);
    }),
  );
  const key = new FingerprintKey(Buffer.alloc(16, 1));
  for (const not of ['', 'ab', 'A'.repeat(64), 'keyburn: x', new Uint8Array(31)])
    expect(() => key.fingerprintOf(not)).toThrow(RangeError);
});

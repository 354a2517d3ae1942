import { inspect } from 'node:util';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checksum,
  hashOf,
  mint,
  mintId,
  Presented,
  previewOf,
  scrub,
  shapeOf,
} from '../../src/keyservice/keys.ts';

const kinds = fc.constantFrom('live', 'test', 'root');

describe('shape of a key', () => {
  test('every minted key is well formed, of its kind, and unlike the one before', () => {
    fc.assert(
      fc.property(kinds, (kind) => {
        const key = mint(kind);
        expect(key).toMatch(/^kbk_(live|test|root)_[0-9A-Za-z]{38}$/);
        expect(shapeOf(key)).toEqual({ kind });
        expect(mint(kind)).not.toBe(key);
      }),
    );
  });

  test('any one changed, lost or added character is noticed', () => {
    fc.assert(
      fc.property(kinds, fc.nat(46), fc.constantFrom('0', 'a', 'Z', '9', '_', '-', 'é'), (kind, at, char) => {
        const key = mint(kind);
        const index = at % key.length;
        const changed = key.slice(0, index) + char + key.slice(index + 1);
        fc.pre(changed !== key);
        expect(shapeOf(changed).kind).toBe('malformed');
        expect(shapeOf(key.slice(0, index) + key.slice(index + 1)).kind).toBe('malformed');
        expect(shapeOf(key.slice(0, index) + char + key.slice(index)).kind).toBe('malformed');
      }),
    );
  });

  test('the checksum is the CRC32 of what stands before it, in base62, padded to six', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const value = checksum(text)
          .split('')
          .reduce((sum, char) => {
            return sum * 62 + '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'.indexOf(char);
          }, 0);
        expect(checksum(text)).toHaveLength(6);
        expect(value).toBe(crc32(text));
      }),
    );
    expect(checksum('')).toBe('000000');
  });

  test('a well-formed key is never taken for a placeholder, whatever words its random part spells', () => {
    const body = `kbk_live_${'your'.repeat(4)}${'xxxx'.repeat(4)}`;
    expect(shapeOf(body + checksum(body))).toEqual({ kind: 'live' });
  });

  test.each([
    ['quoted', `"${mint('live')}"`],
    ['placeholder', 'kbk_live_YOUR_KEY'],
    ['placeholder', '$API_KEY'],
    ['prefix', 'sk_1234567890'],
    ['length', mint('live').slice(0, -1)],
  ] as const)('malformed because of %s', (why, text) => {
    expect(shapeOf(text)).toEqual({ kind: 'malformed', why });
  });

  test('the random part uses its whole alphabet about evenly', () => {
    const counts = new Map<string, number>();
    for (let i = 0; i < 2000; i++) {
      for (const char of mint('live').slice(9, 41)) counts.set(char, (counts.get(char) ?? 0) + 1);
    }
    expect(counts.size).toBe(62);
    // 64,000 draws over 62: 1,032 each, standard deviation 32; seven of them never happen by chance.
    for (const count of counts.values()) expect(Math.abs(count - 1032)).toBeLessThan(7 * 32);
  });
});

describe('what is left of a key', () => {
  test('a presented key prints, serialises and inspects without its characters', () => {
    const key = mint('live');
    const presented = new Presented(key);
    const shown = inspect(presented, { depth: 9, showHidden: true }) + JSON.stringify(presented);
    expect(shown).not.toContain(key.slice(9, 41));
    expect(presented.matches(hashOf(key))).toBe(true);
    expect(presented.matches(hashOf(mint('live')))).toBe(false);
  });

  test('a preview shows the prefix and a piece of the checksum', () => {
    const key = mint('test');
    expect(previewOf(key)).toBe(`kbk_test_…${key.slice(-4)}`);
  });

  test('free text loses any key in it and nothing else', () => {
    const key = mint('live');
    expect(scrub(`https://x.example/?k=${key}&b=1`)).toBe('https://x.example/?k=kbk_live_…&b=1');
    fc.assert(fc.property(fc.string(), (text) => scrub(text) === text || text.includes('kbk_')));
  });

  test('ids are no keys', () => {
    expect(mintId()).toMatch(/^key_[0-9A-Za-z]{20}$/);
  });
});

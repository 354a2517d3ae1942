import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { awsAccount, isCanary } from '../../src/detect/canary.ts';
import { base58Bytes, CHECKSUMS, completeChecksum, judgeChecksum } from '../../src/detect/checksum.ts';
import { hostileFault } from '../../src/detect/hostile.ts';
import { fillTemplate, formatIgnoreFile, parseIgnoreFile } from '../../src/detect/index.ts';
import { parsePattern } from '../../src/detect/pattern.ts';
import { anchorings, firstBytes, startRun, widest } from '../../src/detect/shape.ts';
import { parseFingerprint, SetupError } from '../../src/model/index.ts';
import { rules } from './rules-for-tests.ts';

describe('patterns', () => {
  const where = (pattern: string, literal: string): number | undefined =>
    anchorings(parsePattern(pattern, false), [Buffer.from(literal)])[0]?.lead;

  test.each([
    ['(?<secret>ghx_[a-z]{3})', 'ghx_', 0],
    ['(?<![a-z])(?:key|gh[px])_(?<secret>[a-z]+)', 'ghx_', 0],
    ['[a-z]{0,20}password=(?<secret>.+)', 'password', 20],
    ['(?:a|bcd)x{2,5}LIT', 'LIT', 8],
    ['(?<secret>[A-Z]{4}-LIT)', 'LIT', 5],
    ['.*LIT', 'LIT', Number.POSITIVE_INFINITY],
    ['(?<secret>[a-z]{10})', 'abc', undefined],
  ])('%s holds %s at most %s bytes behind its start', (pattern, literal, lead) => {
    expect(where(pattern, literal)).toBe(lead);
  });

  test('the bytes that can follow a literal are those of the pattern', () => {
    const next =
      anchorings(parsePattern('AB(?:[0-3]|x)c', false), [Buffer.from('AB')])[0]?.next ?? new Uint8Array(256);
    expect(
      [...next.keys()]
        .filter((byte) => next[byte] === 1)
        .map((byte) => String.fromCharCode(byte))
        .join(''),
    ).toBe('0123x');
  });

  test.each([
    ['acm_[0-9a-f]{32}(?![0-9])', 36, true],
    ['acm_[0-9a-f]{8,32} x', 12, false],
    ['"acm_[0-9]{20}"', 0, false],
    ['(?:ab|c)[0-9]{3}', 4, true],
  ])('%s starts with a run of %s', (pattern, count, whole) => {
    expect(startRun(parsePattern(pattern, false))).toEqual({ count, whole });
  });

  test('first bytes and width hold for what the engine itself matches', () => {
    const pattern = fc.constantFrom(
      '(?:ab|[c-e]{2,4})x?',
      'a{2,3}(?:b|cd)?',
      '[^a]b',
      '(?:x|y(?:z|w{2}))+?',
      '\\d{2}-\\w',
      '(?<=a)b|c',
    );
    fc.assert(
      fc.property(
        pattern,
        fc.string({ unit: fc.constantFrom(...Array.from('abcdexyzw12-')) }),
        (source, text) => {
          const node = parsePattern(source, false);
          for (const match of text.matchAll(new RegExp(source, 'g'))) {
            expect(firstBytes(node)[match[0].charCodeAt(0)]).toBe(1);
            expect(match[0].length).toBeLessThanOrEqual(widest(node));
          }
        },
      ),
    );
  });

  test('a case-blind pattern knows both cases', () => {
    expect(anchorings(parsePattern('Key=(?<secret>.{3})', true), [Buffer.from('key=')])[0]?.lead).toBe(0);
    expect(anchorings(parsePattern('(?i:Key)=(?<secret>.{3})', false), [Buffer.from('kEy=')])[0]?.lead).toBe(
      0,
    );
  });

  test('no built-in example is hostile', () => {
    expect(rules.rules.map(hostileFault)).toEqual(rules.rules.map(() => undefined));
  });
});

describe('templates', () => {
  test('the same template gives the same text, a variant another', () => {
    const fill = (variant?: number): string => fillTemplate('{{alnum:20}}', { literals: [] }, variant).text;
    expect(fill()).toBe(fill());
    expect(fill(1)).not.toBe(fill(2));
  });

  test.each([
    ['{{hex:32}}', /^[0-9a-f]{32}$/],
    ['{{uuid}}', /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/],
    ['{{jwt}}', /^eyJ[\w-]+\.eyJ[\w-]+\.[\w-]{43}$/],
    ['{{pem:EC}}', /^-----BEGIN EC PRIVATE KEY-----\n[\s\S]+\n-----END EC PRIVATE KEY-----$/],
    ['a{{secret}}b{{/secret}}c', /^abc$/],
    ['{{ not.a.hole }}', /^\{\{ not\.a\.hole \}\}$/],
  ])('%s', (template, shape) => {
    expect(fillTemplate(template, { literals: [] }).text).toMatch(shape);
  });
});

describe('checksums', () => {
  test('what a checksum completes holds', () => {
    const starts: Partial<Record<(typeof CHECKSUMS)[number], string>> = {
      'gitlab-crc32': 'glx-abcdefghijklmnopqrstuvwxyz0.01.0r',
      'unkey-base58': 'acme_',
      'discord-id': '',
    };
    const judged = CHECKSUMS.flatMap((name) => {
      const start = starts[name] ?? 'acm_AbCdEfGhIjKlMnOpQrStUvWxYz0123';
      const tail = completeChecksum(name, start);
      return tail === undefined ? [] : [[name, judgeChecksum(name, start + tail)]];
    });
    expect(judged.length).toBeGreaterThan(5);
    expect(judged.filter(([, answer]) => answer !== 'holds')).toEqual([]);
  });

  test('one changed character fails', () => {
    const key = fillTemplate('acm_{{alnum:30}}{{checksum}}', {
      checksum: 'github-crc32',
      literals: ['acm_'],
    }).text;
    const changed = `${key.slice(0, 8)}${key.charAt(8) === 'a' ? 'b' : 'a'}${key.slice(9)}`;
    expect(judgeChecksum('github-crc32', changed)).toBe('malformed');
  });

  test('base58 is a number, zeros in front kept', () => {
    expect(base58Bytes('2g')).toEqual(Uint8Array.of(97));
    expect(base58Bytes('112g')).toEqual(Uint8Array.of(0, 0, 97));
    expect(base58Bytes('0')).toBeUndefined();
  });
});

describe('canaries', () => {
  // The example of the AWS documentation, which is no key.
  test('the account is in the id', () => {
    expect(awsAccount(`AKIA${'IOSFODNN7EXAMPLE'}`)).toBe('581039954779');
    expect(awsAccount('AKIA1')).toBeUndefined();
  });

  test('only known accounts, or those the operator names', () => {
    const id = `AKIA${'IOSFODNN7EXAMPLE'}`;
    expect(isCanary(id, new Set())).toBe(false);
    expect(isCanary(id, new Set(['581039954779']))).toBe(true);
  });
});

describe('the ignore file', () => {
  const id = parseFingerprint('ab'.repeat(32));
  const other = parseFingerprint('01'.repeat(32));
  if (!id || !other) throw new Error('fingerprints');

  test('hides until its last day, with author and reason', () => {
    const list = parseIgnoreFile(
      `# why not\n\n${id} 2027-01-31 jane@acme.example sandbox key\n`,
      '.keyburnignore',
    );
    expect(list.find(id, new Date('2027-01-31T23:59:59Z'))).toEqual({
      id,
      until: '2027-01-31',
      by: 'jane@acme.example',
      reason: 'sandbox key',
    });
    expect(list.find(id, new Date('2027-02-01T00:00:00Z'))).toBeUndefined();
    expect(list.expired(new Date('2027-02-01T00:00:00Z'))).toHaveLength(1);
    expect(list.find(other, new Date('2027-01-01'))).toBeUndefined();
  });

  test('all faults at once', () => {
    const text = [
      'nonsense',
      `${id} 2027-02-30 jane r`,
      `${id} 2027-01-01`,
      `${id} 2027-01-01 jane`,
      `${id} 2027-01-01 j r`,
      `${id} 2027-01-01 j r`,
    ].join('\n');
    const fault = (): unknown => parseIgnoreFile(text, 'f');
    expect(fault).toThrow(SetupError);
    for (const part of [
      'f:1: not a fingerprint',
      'f:2: "2027-02-30" is no day',
      'f:3: no author',
      'f:4: no reason',
      'f:6: listed twice',
    ]) {
      expect(fault).toThrow(part);
    }
  });

  test('is written sorted, and reads back', () => {
    const entries = [id, other].map((one) => ({
      id: one,
      until: '2027-01-31',
      by: 'jane',
      reason: 'two  words',
    }));
    const text = formatIgnoreFile(entries);
    expect(text.indexOf(other)).toBeLessThan(text.indexOf(id));
    expect(parseIgnoreFile(text, 'f').entries.map((entry) => entry.id)).toEqual([other, id]);
  });
});

import { describe, expect, test } from 'vitest';
import { createDetector } from '../../src/detect/index.ts';
import { CONTEXT } from '../../src/model/index.ts';
import { detector, example, fingerprint, look, plain, rules, rulesOf } from './rules-for-tests.ts';

const ids = (text: string): string[] => look(text).map((finding) => finding.rule.id);

describe('findings', () => {
  test('one secret under a generic name is one finding, the specific one', () => {
    expect(ids(`token = "${example('acme-key')}"`)).toEqual(['acme-key']);
    expect(ids(`token = "${example('token')}"`)).toEqual(['token']);
    expect(ids(`api_key_token = "${example('some-secret').slice('SECRET='.length)}"`)).toEqual([
      'some-secret',
    ]);
  });

  test('a wrong checksum is malformed, a second owner ambiguous', () => {
    const whole = example('acme-key');
    expect(look(whole)[0]).not.toHaveProperty('doubt');
    const last = whole.at(-1) === 'a' ? 'b' : 'a';
    expect(look(whole.slice(0, -1) + last)[0]).toMatchObject({ doubt: 'malformed' });
    expect(look(example('two-owners'))[0]).toMatchObject({ doubt: 'ambiguous', services: ['one', 'two'] });
  });

  test('the other half comes along, and a required one must be there', () => {
    const text = example('cloud-id');
    const [finding] = look(text);
    expect(finding && plain(finding).parts).toEqual({ secret: fingerprint(text.slice(-40)) });
    expect(ids(text.replace('secret = ', ''))).not.toContain('cloud-id');
    expect(ids(text.replace(' secret', ` ${'.'.repeat(600)} secret`))).not.toContain('cloud-id');
  });

  test('a row of secrets goes on as its rule says, past a stand-in, within its reach', () => {
    const row = Array.from({ length: 4 }, (_, i) => example('row', i).slice('row: '.length));
    const text = `row: ${row.join(', ')}, ${'x'.repeat(20)}, ${row[0]}; ${row[1]}`;
    expect(look(text).map(({ span }) => text.slice(span.start, span.end))).toEqual([...row, row[0]]);
    const long = `row: ${Array.from({ length: 60 }, () => row[0]).join(', ')}`;
    expect(look(long)).toHaveLength(46);
  });

  test('a word near by counts in any case, and not from afar', () => {
    const [, hex = ''] = example('near-hex').split(' ');
    expect(ids(`ZEBRA ${hex}`)).toEqual(['near-hex']);
    expect(ids(`zebra ${'.'.repeat(300)} ${hex}`)).toEqual([]);
  });

  test('what a report shows is the public prefix, and the end of a key with a form', () => {
    const key = example('acme-key');
    expect(look(key)[0]?.secret.preview).toBe(`acm_…${key.slice(-4)}`);
    expect(look(example('some-secret'))[0]?.secret.preview).toBe('…(32)');
  });

  test('a stand-in in the shape of a key is none', () => {
    expect(ids(`both-${'0'.repeat(24)} both-${'abcd'.repeat(6)} both-0123456789abcdef01234567`)).toEqual([]);
  });

  test.each([
    ['a comment', '# keyburn:allow', true],
    ['another kind of comment', '<!-- keyburn:allow because -->', true],
    ['the next line', '\n# keyburn:allow', false],
    ['another word', '# nokeyburn:allowed', false],
  ])('keyburn:allow in %s', (_, comment, allowed) => {
    expect(look(`a\nx = "${example('acme-key')}" ${comment}\nb`)[0]?.allowed).toBe(allowed);
  });

  test.each([
    '\\n',
    '\\t',
    '\\u0022',
    '\\x22',
    '%3D',
    '%22',
    '\u001b[31m',
    '\\u001b[0;31m',
    '=3D',
    '"',
    "'",
    '&quot;',
    '=',
    ':',
  ])('a key right behind %j is found', (before) => {
    const key = example('acme-key');
    const [finding] = look(`{"log":"x${before}${key}"}`);
    expect(finding?.span).toMatchObject({
      start: `{"log":"x${before}`.length,
      end: `{"log":"x${before}${key}`.length,
    });
  });

  test('a key that is glued to a word is none', () => {
    expect(ids(`x${example('acme-key')}`)).toEqual([]);
  });

  test.each(['base64', 'base64url'] as const)('a key inside %s is found where it stands', (alphabet) => {
    const key = example('acme-key');
    for (const before of ['', ':', '::', ':::', 'user:', '{"k":"x?>~", "l":"']) {
      const encoded = Buffer.from(`${before}${key}\n`).toString(alphabet);
      const text = `data: ${encoded}\n`;
      const [finding, ...more] = look(text).filter((one) => one.rule.id === 'acme-key');
      expect(more).toEqual([]);
      expect(finding && plain(finding).secret).toBe(fingerprint(key));
      const { start = 0, end = 0 } = finding?.span ?? {};
      expect(start).toBeGreaterThanOrEqual('data: '.length);
      // The digits of the span hold the key: whole groups around them decode to it.
      const from = 6 + Math.floor((start - 6) / 4) * 4;
      expect(Buffer.from(text.slice(from, end), alphabet).toString('latin1')).toContain(key.slice(0, -1));
    }
  });

  test('an anchor whose claim is beaten is told, and no other', () => {
    const text = `token = "${example('acme-key')}" and ${example('two-owners')}`;
    const chunk = {
      origin: { kind: 'stream', path: '-' },
      bytes: Buffer.from(text),
      offset: 1_000,
      line: 1,
      column: 1,
      ranges: [{ from: 0, to: text.length }],
    } as const;
    expect(detector.look(chunk).beaten).toEqual([1_000]);
    expect(detector.look({ ...chunk, ranges: [{ from: 1, to: text.length }] })).not.toHaveProperty('beaten');
  });

  test('a block is far, others are not', () => {
    const text = `${example('acme-key')}\n${example('block')}`;
    const bytes = Buffer.from(text);
    const chunk = {
      origin: { kind: 'stream', path: '-' },
      bytes,
      offset: 1_000,
      line: 1,
      column: 1,
      ranges: [{ from: 0, to: bytes.length }],
    } as const;
    expect(detector.look(chunk).far).toEqual([1_000 + text.indexOf('-----BEGIN')]);
  });

  test('a block that is longer than any context is not cut', () => {
    const body = `${'A1b2'.repeat(16)}\n`.repeat(Math.ceil(CONTEXT / 65));
    expect(ids(`-----BEGIN RSA PRIVATE KEY-----\n${body}-----END RSA PRIVATE KEY-----`)).toEqual([]);
  });

  test('a literal of two characters is found with whatever can follow it', () => {
    const set = rulesOf(`provider = "P"
[[rule]]
id = "short"
title = "Short"
severity = "low"
literals = ["QX"]
pattern = '''(?<![0-9A-Za-z])(?<secret>QX[0-9a-f]{32})(?![0-9a-f])'''
match = ["QX{{hex:32}}"]
`);
    const text = `QX${'0a1b2c3d'.split('').reverse().join('')}4e5f60718293a4b5c6d7e8f9`;
    expect(look(text, createDetector(set)).map((finding) => finding.rule.id)).toEqual(['short']);
  });

  test('an operator names canary accounts', () => {
    // Account 111122223333 in base32, bits 1 to 40; the rest of an id is free.
    const account = 111_122_223_333n;
    const bits = (account << 39n).toString(2).padStart(80, '0');
    const id = `AKIA${(bits.match(/.{5}/g) ?? []).map((five) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.charAt(Number.parseInt(five, 2))).join('')}`;
    const aws = rulesOf(`provider = "P"
[[rule]]
id = "id"
title = "Id"
severity = "low"
literals = ["AKIA"]
pattern = '''(?<secret>AKIA[A-Z2-7]{16})(?![A-Z2-7])'''
match = ["AKIA{{base32:16}}"]
`);
    const key = `${id.slice(0, -7)}Q3WKZ5X`;
    expect(look(key, createDetector(aws))[0]).not.toHaveProperty('doubt');
    expect(look(key, createDetector(aws, { canaryAccounts: ['111122223333'] }))[0]).toMatchObject({
      doubt: 'canary',
    });
  });

  test('rules are judged by what they are, not by where they stand', () => {
    const reversed = createDetector({ ...rules, rules: [...rules.rules].reverse() });
    const text = rules.rules.map((rule) => example(rule.id)).join('\n');
    expect(look(text, reversed).map(plain)).toEqual(look(text).map(plain));
  });
});

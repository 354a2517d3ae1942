import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createDetector, createRedactor, type Detector, fillTemplate } from '../../src/detect/index.ts';
import { parseRules } from '../../src/detect/parse-rules.ts';

const RULES = `
provider = "Acme"
[[rule]]
id = "acme-token"
title = "Acme token"
severity = "high"
services = []
literals = ["acm_"]
pattern = '''(?<secret>acm_[0-9a-z]{24})(?![0-9a-z])'''
match = ["acm_{{lower-alnum:24}}"]
miss = ["acm_{{lower-alnum:4}}"]
[[rule]]
id = "acme-key-file"
title = "Acme key file"
severity = "high"
services = []
literals = ["-----BEGIN ACME KEY-----"]
pattern = '''(?<secret>-----BEGIN ACME KEY-----[\\s\\S]{16,9000}?-----END ACME KEY-----)'''
reach = 10000
match = ["-----BEGIN ACME KEY-----{{base64:64}}-----END ACME KEY-----"]
miss = ["-----BEGIN ACME KEY-----"]
`;

let detector: Detector;
beforeAll(() => {
  detector = createDetector(parseRules(new Map([['acme.toml', RULES]])).set);
});

const token = (n: number): string => fillTemplate('acm_{{lower-alnum:24}}', { literals: ['acm_'] }, n).text;
const block = (n: number): string =>
  [
    '-----BEGIN ACME KEY-----',
    ...(fillTemplate('{{base64:640}}', { literals: [] }, n).text.match(/.{64}/g) ?? []),
    '-----END ACME KEY-----',
  ].join('\n');

function redacted(pieces: readonly Uint8Array[]): { text: string; masked: number } {
  const redactor = createRedactor(detector, (finding) => `[${finding.rule.id}]`);
  const out = pieces.map((piece) => redactor.push(piece));
  out.push(redactor.end());
  return { text: Buffer.concat(out).toString('utf8'), masked: redactor.masked };
}

const line = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => text.replaceAll('acm_', '')),
  },
  { weight: 3, arbitrary: fc.nat(20).map((n) => `a ${token(n)} b`) },
  { weight: 1, arbitrary: fc.nat(5).map(block) },
  { weight: 1, arbitrary: fc.constant('-----BEGIN ACME KEY-----\nthat never ends') },
  { weight: 1, arbitrary: fc.constant('x'.repeat(70_000)) },
);

describe('redact', () => {
  it('gives the same for any split of the text into pieces', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.array(fc.nat(), { maxLength: 12 }), (lines, cuts) => {
        const bytes = Buffer.from(lines.join('\n'));
        const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
        const pieces = [...places, bytes.length].map((end, i) => bytes.subarray(places[i - 1] ?? 0, end));
        expect(redacted(pieces)).toEqual(redacted([bytes]));
      }),
      { numRuns: 150 },
    );
  });

  it('lets nothing through, and changes nothing else', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const text = lines.join('\n');
        const { text: out, masked } = redacted([Buffer.from(text)]);
        for (let n = 0; n <= 20; n += 1) expect(out).not.toContain(token(n));
        for (let n = 0; n <= 5; n += 1) expect(out).not.toContain(block(n).slice(30, 120));
        const known =
          /acm_[0-9a-z]{24}(?![0-9a-z])|-----BEGIN ACME KEY-----[\s\S]{16,9000}?-----END ACME KEY-----/g;
        // A block that never ends lets the rule reach for a later end: what is masked then is the first property's business.
        const whole = !text.includes('never ends');
        const masks = (found: string) => (found.startsWith('acm_') ? '[acme-token]' : '[acme-key-file]');
        expect(whole ? out : '').toBe(whole ? text.replace(known, masks) : '');
        expect(whole ? masked : 0).toBe(whole ? (text.match(known)?.length ?? 0) : 0);
      }),
      { numRuns: 150 },
    );
  });

  it('gives a line back as soon as it is whole', () => {
    const redactor = createRedactor(detector, () => '***');
    const push = (text: string): string => Buffer.from(redactor.push(Buffer.from(text))).toString('utf8');
    expect(push('one\ntw')).toBe('one\n');
    expect(push(`o ${token(1)}`)).toBe('');
    expect(push(' three\n')).toBe('two *** three\n');
    expect(push(`${block(1).slice(0, 200)}`)).toBe('');
    expect(push(`${block(1).slice(200)}\nfour\n`)).toBe('***\nfour\n');
  });
});

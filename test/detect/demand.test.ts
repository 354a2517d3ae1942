import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { demandsOf } from '../../src/detect/demand.ts';
import { hasRow, isOpen } from '../../src/detect/kernel/gate.ts';
import { isInsideWord, namesSecret } from '../../src/detect/key-name.ts';
import { parsePattern } from '../../src/detect/pattern.ts';
import { anchorings } from '../../src/detect/shape.ts';

const latin = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));

describe('what every match must hold', () => {
  test.each([
    'acme_[0-9A-Za-z]{36}',
    'acme[\\s\\S]{0,60}?(?:[0-9A-Za-z_]{1,16}_)?3Z[1-9A-HJ-NP-Za-km-z]{22}',
    'acme[^a]{0,9}(?:[0-9a-f]{20}|iv1\\.[0-9a-f]{16}|[io]v23[0-9a-z]{16})["\']?[\\s,:;]{1,8}[0-9a-f]{40}',
    '(?:acme|ac)[\\w.-]{0,24}["\']{0,3}\\s{0,3}(?:=>|[:?.|]{0,3}=|[:,>])\\s{0,4}[0-9A-Za-z][0-9A-Za-z_.~+=-]{15,40}',
    '(?:acme_){1,3}(?:[0-9]{2}|[a-f]{3}){4,5}x+',
    '(?:(?:a|bc)*[0-9]{3,6}){2}=?[A-Z]{0}[A-Z]{7}',
    'a{0,3}b?(?:c|[0-9]{4}(?:d|-){2,3})e',
    '[A-Z]{20}|x[0-9]{30,40}y|acme:(?:[A-Z]{12}){2}',
  ])('holds in every match of %s', (source) => {
    const demands = demandsOf(parsePattern(source, false));
    expect(demands.length).toBeGreaterThan(0);
    fc.assert(
      fc.property(fc.stringMatching(new RegExp(`^(?:${source})$`)), (match) => {
        fc.pre(/^[\0-\xff]*$/.test(match));
        const bytes = latin(match);
        for (const { set, count, from, to, until } of demands)
          expect(hasRow(bytes, set, count, from, to, bytes.length, until)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    ['acme[0-9A-Za-z_]{6,9}', '(?![0-9A-Za-z_])'],
    ['acme=[0-9a-f]{8}', '(?=[\\s"]|$)'],
    ['acme[ -]?(?<secret>(?!ab)[0-9a-f][0-9a-f.-]{5,9})', '(?=[;,]|$)'],
    ['acme(?:=[A-Z]{6,8}(?![A-Z])|-[A-Z]{7}(?![A-Z0-9]))', '[\\s\\S]?'],
    ['acme[a-z]{6,8}', '(?![A-Z])'],
  ])('and what ends it, in every match of %s%s', (source, look) => {
    const demands = demandsOf(parsePattern(source + look, false), 4);
    expect(demands.length).toBeGreaterThan(0);
    const whole = new RegExp(source + look);
    const tail = fc
      .array(fc.constantFrom(...Array.from('aZ0_"; .,-')), { maxLength: 9 })
      .map((all) => all.join(''));
    let matched = 0;
    fc.assert(
      fc.property(
        fc.stringMatching(new RegExp(`^(?:${source.replace(/\(\?![^)]*\)/g, '')})$`)),
        tail,
        (body, behind) => {
          const match = whole.exec(body + behind);
          if (match === null) return;
          matched += 1;
          const bytes = latin((body + behind).slice(match.index));
          for (const { set, count, from, to, until } of demands)
            expect(hasRow(bytes, set, count, from, to, bytes.length, until)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
    expect(matched).toBeGreaterThan(30);
  });

  test('what ends a row is known where it is none of the row', () => {
    const ends = (source: string) => demandsOf(parsePattern(source, false), 4)[0]?.until !== undefined;
    expect(ends('acme[0-9A-Za-z]{20}(?![0-9A-Za-z_-])')).toBe(true);
    expect(ends('acme[0-9A-Za-z]{20}(?=[;"]|$)')).toBe(true);
    expect(ends('acme[0-9A-Za-z]{20}(?![a-z])')).toBe(false);
    expect(ends('acme[0-9A-Za-z]{20}(?=[;A])')).toBe(false);
    expect(ends('acme[0-9A-Za-z]{20}(?!;;)')).toBe(false);
    expect(ends('acme[0-9A-Za-z]{20};(?=;)')).toBe(false);
  });

  test('says nothing where nothing is sure, nor of the literal that was found', () => {
    expect(demandsOf(parsePattern('(?:acme)?[0-9]*', false))).toEqual([]);
    expect(demandsOf(parsePattern('acme[\\s\\S]{0,9}', false), 4)).toEqual([]);
  });

  test('a row is found where a plain search finds one', () => {
    const digits = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 48 && byte <= 57 ? 1 : 0));
    const text = fc
      .array(fc.constantFrom('1', '2', '22', '333', '4444', 'a', '.'), { maxLength: 30 })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(
        text,
        fc.integer({ min: 1, max: 7 }),
        fc.nat(20),
        fc.nat(30),
        fc.nat(20),
        (all, count, from, more, short) => {
          const end = Math.max(0, all.length - short);
          const row = new RegExp(`^[0-9]{${count}}`);
          const starts = Array.from({ length: more + 1 }, (_, i) => from + i);
          const wanted = starts.some((at) => at + count <= end && row.test(all.slice(at)));
          expect(hasRow(latin(all), digits, count, from, from + more, end)).toBe(wanted);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('what follows a literal', () => {
  const behind = (source: string, literal: string) =>
    anchorings(parsePattern(source, false), [latin(literal)])[0]?.behind;

  test.each([
    ['(?:https|http)://[^\\s:/?#@]{0,80}:(?<secret>[^\\s@]{3,20})@', 'https://'],
    ['acme(?<![a-z]x)[a-z]{2,9}(?=[0-9])(?:[0-9]|-x){3}', 'acme'],
    ['acme(?:[a-z]*(?:=|: ))y', 'acme'],
  ])('holds in every match of %s', (source, literal) => {
    const found = behind(source, literal);
    if (found === undefined) throw new Error('nothing is said to follow');
    fc.assert(
      fc.property(
        fc.stringMatching(new RegExp(`^(?:${source.replace('(?<![a-z]x)', '').replace('(?=[0-9])', '')})$`)),
        (match) => {
          fc.pre(/^[\0-\xff]*$/.test(match) && match.startsWith(literal));
          const gate = {
            length: literal.length,
            next: undefined,
            behind: found,
            lead: 0,
            rows: [],
            reach: 512,
          };
          expect(isOpen(gate, latin(match), 0)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
    const { length } = literal;
    const most = Math.min(found.most, 400);
    const gate = { length, next: undefined, behind: found, lead: 0, rows: [], reach: 512 };
    expect(isOpen(gate, latin(`${literal}${'a'.repeat(most + 1)}`), 0)).toBe(false);
  });

  test('is not told where it may be one thing or another', () => {
    expect(behind('acme[a-z]{0,9}[a-f0-9]', 'acme')).toBeUndefined();
    expect(behind('acme[a-z]{0,9}', 'acme')).toBeUndefined();
    expect(behind('(?:acme[a-z]{0,9}:|xacme[0-9]{2}-)', 'acme')).toBeUndefined();
    expect(behind('acme(?:[a-z]{0,9}|x):', 'acme')).toBeUndefined();
  });
});

test('an anchor that the bytes turn away is no name of a secret', () => {
  const part = fc.constantFrom('', 'a', 'B', 'my', 'MY_', '_', 's', 'S', 'sA', 'Id', 'ring', 'S_', '9', '-x');
  const word = fc.constantFrom(
    'key',
    'KEY',
    'Key',
    'kEy',
    'token',
    'Token',
    'TOKEN',
    '_pw',
    'api_key',
    'apiKey',
  );
  fc.assert(
    fc.property(part, word, part, (before, literal, behind) => {
      const bytes = latin(` ${before}${literal}${behind} `);
      const inside = isInsideWord(bytes, 1 + before.length, literal.length);
      const [from, to] = [1 + before.length, 1 + before.length + literal.length];
      expect(inside && namesSecret(bytes, 1, bytes.length - 1, from, to)).toBe(false);
    }),
    { numRuns: 500 },
  );
});

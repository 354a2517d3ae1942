import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignmentAt } from '../../src/detect/assignment.ts';
import { type Literal, word } from '../../src/detect/kernel/index.ts';
import { createReferenceKernel } from '../../src/detect/kernel/reference.ts';
import { createSimdKernel } from '../../src/detect/kernel/simd.ts';
import { isInsideWord } from '../../src/detect/key-name.ts';
import { isProse, NAME_WORDS } from '../../src/detect/prose.ts';

const SHORT = 20;
const piece = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...Array.from(' \t\n\r,;:=.?!+-|&()[]{}<>"\'`\\@$/*_#')) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'value',
      'Value:',
      'string',
      'is',
      'b',
      'x"',
      '.concat(',
      ' = ',
      ': ',
      ' := "',
      '\n    ',
      '", "',
      "',\n  '",
      '--',
      '\\"',
      ' - ',
      ' '.repeat(30),
      '</token>',
      '\u001b[32m',
      '\u001b[0m',
      '**',
      '${',
      'default',
      'set ',
      '=> ',
      'android:value="x',
      'ParameterValue',
      'ParameterValue=x',
      'default="x',
      '",\n  default="x',
      '",\n  "ParameterValue": "x',
      'fallback: "x',
      'cast=str, ',
      '[]byte("x',
      '[33] = "',
      '{ get; set; } = "x',
      '</key><string>',
      '</name>\n<value>',
      '<![CDATA[',
      '\\u0022:\\u0022',
      'config set ',
      'set $',
    ),
  },
  { weight: 2, arbitrary: fc.stringMatching(/^[A-Za-z0-9_.-]{1,30}$/) },
  { weight: 1, arbitrary: fc.stringMatching(/^[a-z]{60,80}$/) },
);
const around = fc.array(piece, { maxLength: 7 }).map((pieces) => pieces.join(''));

describe('what is told to be prose', () => {
  it('is no assignment, or gives no more than a short loose word', () => {
    let told = 0;
    fc.assert(
      fc.property(around, around, fc.nat(300), (before, behind, more) => {
        const at = before.length;
        const bytes = Buffer.from(
          `${before}token${behind}${'. some more text'.repeat(20).slice(0, more)}`,
          'latin1',
        );
        for (const to of [bytes.length, Math.min(bytes.length, at + 130)]) {
          if (!isProse(bytes, at, 5, to, SHORT)) continue;
          told += 1;
          const given = assignmentAt(bytes, at, 5, to);
          expect(given?.loose ?? true).toBe(true);
          expect(given === undefined ? 0 : given.end - given.start).toBeLessThan(SHORT);
        }
      }),
      { numRuns: 50_000 },
    );
    expect(told).toBeGreaterThan(2000);
  });
});

const NAMES = ['token', 'key', 'pass', 'Auth', 'SECRET'];
/** A name among words, and something behind: near its end nothing is told. */
const texts = fc
  .tuple(
    around,
    fc.constantFrom(
      '',
      ' ',
      'ENV ',
      'set -x ',
      'set $',
      'SetEnv ',
      'config set ',
      '\u001b[32m',
      'mon',
      's',
      'X',
    ),
    fc.constantFrom(...NAMES),
    around,
    fc.nat(200),
  )
  .map(([before, joint, name, behind, more]) => ({
    at: before.length + joint.length,
    length: name.length,
    bytes: Buffer.from(
      `${before}${joint}${name}${behind}${'. some more text'.repeat(20).slice(0, more)}`,
      'latin1',
    ),
  }));

describe('what the kernel turns away', () => {
  it('is inside a word, or prose', () => {
    let told = 0;
    fc.assert(
      fc.property(texts, fc.constantFrom(SHORT, Number.POSITIVE_INFINITY), ({ at, length, bytes }, short) => {
        for (const to of [bytes.length, Math.min(bytes.length, at + 130)]) {
          if (!word.isBareWord(bytes, at, length, to, { ...NAME_WORDS, short })) continue;
          told += 1;
          const inside = at + length + 2 <= to && isInsideWord(bytes, at, length);
          expect(inside || isProse(bytes, at, length, to, short)).toBe(true);
        }
      }),
      { numRuns: 50_000 },
    );
    expect(told).toBeGreaterThan(2000);
  });

  it('is the same in every kernel, and where a text begins or ends', () => {
    const literals = NAMES.flatMap((name): Literal[] =>
      [SHORT, Number.POSITIVE_INFINITY].map((short) => ({
        bytes: Buffer.from(name.toLowerCase()),
        fold: true,
        run: 0,
        gates: [
          {
            length: name.length,
            next: undefined,
            behind: undefined,
            lead: 0,
            rows: [],
            reach: short === SHORT ? 512 : 130,
            words: { ...NAME_WORDS, short },
          },
        ],
      })),
    );
    const reference = createReferenceKernel(literals);
    const simd = createSimdKernel(literals, { room: 0x10000 });
    if (simd === undefined) throw new Error('no SIMD here: nothing would be compared');
    const room = simd.buffer(8192);
    let found = 0;
    fc.assert(
      fc.property(fc.array(texts, { minLength: 1, maxLength: 4 }), fc.nat(20), (pieces, shift) => {
        const text = Buffer.concat(pieces.map(({ bytes }) => bytes)).subarray(0, 8000);
        // What lies around the view would go on with its words.
        room.fill(0x20).fill(0x61, 0, shift);
        room.set(text, shift);
        room.set(Buffer.from(' value: is token'), shift + text.length);
        const view = room.subarray(shift, shift + text.length);
        const wanted = [...reference.scan(text, 0, text.length)];
        found += wanted.length;
        expect([...simd.scan(text, 0, text.length)]).toEqual(wanted);
        expect([...simd.scan(view, 0, view.length)]).toEqual(wanted);
      }),
      { numRuns: 3000 },
    );
    expect(found).toBeGreaterThan(2000);
  });
});

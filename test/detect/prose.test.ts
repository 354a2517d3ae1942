import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignmentAt } from '../../src/detect/assignment.ts';
import { isProse } from '../../src/detect/prose.ts';

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
      { numRuns: 20_000 },
    );
    expect(told).toBeGreaterThan(2000);
  });
});

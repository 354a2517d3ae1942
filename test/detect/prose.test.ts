import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assignmentAt, isProse } from '../../src/detect/assignment.ts';

const ESCAPE = '\u001b';
const PIECES = [
  ...[
    ' ',
    '  ',
    '    ',
    '\n',
    '\n  ',
    '\r\n',
    '\t',
    '=',
    ' = ',
    ':',
    ': ',
    ':=',
    '=>',
    ' => ',
    '->',
    '==',
    '!=',
  ],
  ...[
    '"',
    "'",
    '`',
    '\\"',
    '"""',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '<',
    '>',
    '</',
    '/>',
    ',',
    ';',
    '.',
    '|',
    '&',
    '&&',
    '?',
    '!',
  ],
  ...[
    '+',
    '-',
    '--',
    '$',
    '${',
    '#',
    '//',
    '*',
    '%',
    '@',
    '~',
    '^',
    '\\',
    '\\n',
    '\0',
    '\u00e4',
    '\u2192',
    `${ESCAPE}[32m`,
    `${ESCAPE}[0m`,
  ],
  ...[
    'a',
    'is',
    'of the',
    'string',
    'value',
    'default',
    'set',
    'export',
    'the-word',
    'Zq7',
    'hunter2',
    'x9Kd02mQpL7vTz41BnRs8W',
  ],
];
const SIGNS = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
const WORDS = [
  'password',
  'token',
  'secret',
  'db_password',
  'api-token',
  '--password',
  '-token',
  'PASSWORD2',
  'passwordHash',
];
const text = fc
  .tuple(
    fc.array(fc.constantFrom(...PIECES, ...WORDS), { maxLength: 5 }),
    fc.constantFrom(...WORDS),
    fc.array(fc.constantFrom(...PIECES, ...SIGNS, ...WORDS), { maxLength: 9 }),
    fc.constantFrom('', 'x'.repeat(200), ` ${'y '.repeat(100)}`),
  )
  .map(([before, word, behind, end]) => [...before, word, ...behind, end].join(''));

describe('what is told to be prose from a few bytes', () => {
  test.each([20, Number.POSITIVE_INFINITY])(
    'is given no value, or a loose one of fewer than %d bytes',
    (short) => {
      let told = 0;
      fc.assert(
        fc.property(text, (written) => {
          const bytes = new TextEncoder().encode(written);
          for (const match of new TextDecoder('latin1').decode(bytes).matchAll(/password|token|secret/gi)) {
            const length = match[0].length;
            const to = Math.min(bytes.length, match.index + 512);
            if (!isProse(bytes, match.index, length, to, short)) continue;
            told += 1;
            const assigned = assignmentAt(bytes, match.index, length, to);
            if (assigned === undefined) continue;
            expect(assigned.loose, JSON.stringify(written)).toBe(true);
            expect(assigned.end - assigned.start, JSON.stringify(written)).toBeLessThan(short);
          }
        }),
        { numRuns: 3_000 },
      );
      expect(told).toBeGreaterThan(300);
    },
  );
});

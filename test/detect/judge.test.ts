import { describe, expect, test } from 'vitest';
import { judgeRules, printFault } from '../../src/detect/index.ts';
import { rules, rulesOf } from './rules-for-tests.ts';

function rule(fields: Record<string, string>): string {
  const all = {
    id: '"acme-key"',
    title: '"Acme key"',
    severity: '"high"',
    literals: '["acm_"]',
    pattern: "'''(?<secret>acm_[0-9a-f]{32})(?![0-9a-f])'''",
    match: '["acm_{{hex:32}}"]',
    ...fields,
  };
  return `[[rule]]\n${Object.entries(all)
    .map(([key, value]) => `${key} = ${value}`)
    .join('\n')}\n`;
}

function judged(...texts: string[]): string[] {
  return judgeRules(rulesOf(`provider = "Acme"\n${texts.join('\n')}`)).map(printFault);
}

describe('the judge', () => {
  test('has nothing to say about good rules', () => {
    expect(judged(rule({}))).toEqual([]);
    expect(judgeRules(rules).map(printFault)).toEqual([]);
  });

  test.each([
    ['an example that is not found', { match: '["acm_{{hex:31}}"]' }, /match 1: not found alone/],
    ['a miss that is found', { miss: '["x acm_{{hex:32}}"]' }, /miss 1: found, and must not be/],
    ['an unknown hole', { match: '["acm_{{hexx:32}}"]' }, /match 1: \{\{hexx\}\} is unknown/],
    [
      'two secrets in an example',
      { match: '["acm_{{hex:32}} acm_{{HEX:10}} acm_{{hex:32}}"]' },
      /match 1: found 2 times/,
    ],
    [
      'a secret elsewhere than marked',
      { match: '["{{secret}}x{{/secret}} acm_{{hex:32}}"]' },
      /match 1: alone it is found at/,
    ],
    ['a checksum that fails', { checksum: '"keyburn-crc32"' }, /its keyburn-crc32 check fails/],
    [
      'a pattern that only matches at the start of a line',
      { pattern: "'''(?<![\\s\\S])(?<secret>acm_[0-9a-f]{32})'''" },
      /not found at the end/,
    ],
    [
      'nested repeats',
      { pattern: "'''(?<secret>acm_(?:[0-9a-f]+)+)z'''", match: '["acm_{{hex:12}}z"]' },
      /hostile text makes it slow/,
    ],
    [
      'repeats in a row over the same characters',
      { pattern: "'''(?<secret>acm_[0-9a-f]*[0-9a-e]*[0-9a-d]*)z'''", match: '["acm_{{hex:12}}z"]' },
      /hostile text makes it slow/,
    ],
  ])('finds %s', (_, fields, problem) => {
    expect(judged(rule(fields)).join('\n')).toMatch(problem);
  });

  test('two specific rules may not claim the same secret, a generic one may yield', () => {
    const other = { id: '"other"', match: '["acm_{{hex:32}}"]' };
    expect(judged(rule({}), rule(other)).join('\n')).toMatch(/would claim the same secret|took the bytes/);
    const yielding = {
      ...other,
      generic: 'true',
      literals: '["key="]',
      pattern: "'''key=(?<secret>\\w{8,60})'''",
      match: '["key={{alnum:20}}"]',
    };
    expect(judged(rule({}), rule(yielding))).toEqual([]);
  });
});

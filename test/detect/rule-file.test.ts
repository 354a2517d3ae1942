import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadRules, printFault } from '../../src/detect/index.ts';
import { parseRules } from '../../src/detect/parse-rules.ts';
import { SetupError } from '../../src/model/index.ts';

const GOOD = `provider = "Acme"
[[rule]]
id = "acme-key"
title = "Acme key"
severity = "high"
literals = ["acm_"]
pattern = '''(?<secret>acm_[0-9a-f]{32})'''
match = ["acm_{{hex:32}}"]
`;

function faultsOf(text: string, file = 'rules/acme.toml'): string[] {
  return parseRules(new Map([[file, text]])).faults.map(printFault);
}

describe('rule files', () => {
  test('a good rule has its defaults', () => {
    const { set, faults } = parseRules(new Map([['acme.toml', GOOD]]));
    expect(faults).toEqual([]);
    expect(set.rules[0]).toMatchObject({
      id: 'acme-key',
      provider: 'Acme',
      reach: 512,
      services: [],
      generic: false,
    });
  });

  test('all faults come at once, with file, rule and field', () => {
    const text = GOOD.replace('severity = "high"', 'severity = "grave"\nlitterals = ["x"]').replace(
      '"acm_"',
      '"a"',
    );
    const faults = faultsOf(`${text}\n[[rule]]\ntitle = "No id"`);
    expect(faults).toHaveLength(7);
    expect(faults.join('\n')).toMatch(/rules\/acme\.toml: acme-key: severity: /);
    expect(faults.join('\n')).toMatch(/rules\/acme\.toml: acme-key: litterals: unknown key/);
    expect(faults.join('\n')).toMatch(/rules\/acme\.toml: rule 2: id: /);
  });

  test('a rule that says where to send a key is refused', () => {
    const [fault] = faultsOf(`${GOOD}url = "https://collect.evil.example/{{token}}"\n`);
    expect(fault).toMatch(/acme-key: url: a rule never says where to send a key/);
  });

  test('broken TOML names its line', () => {
    expect(faultsOf(`${GOOD}title = \n`)[0]).toMatch(/^rules\/acme\.toml:9: not valid TOML: /);
  });

  test('an id is taken once, across files', () => {
    const { faults } = parseRules(
      new Map([
        ['a.toml', GOOD],
        ['b.toml', GOOD],
      ]),
    );
    expect(faults.map(printFault)).toEqual(['b.toml: acme-key: id: already taken in a.toml; choose another']);
  });

  test('loadRules throws one error for all folders', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'keyburn-rules-'));
    try {
      await writeFile(join(dir, 'good.toml'), GOOD);
      expect((await loadRules([dir])).rules).toHaveLength(1);
      await writeFile(join(dir, 'broken.toml'), 'provider = ');
      await writeFile(
        join(dir, 'group.toml'),
        GOOD.replaceAll('acme-key', 'other').replace('(?<secret>', '('),
      );
      await writeFile(
        join(dir, 'more.toml'),
        GOOD.replaceAll('acme-key', 'row').replace('pattern =', "more = ',[a-f]{3}'\npattern ="),
      );
      const error = await loadRules([dir]).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(SetupError);
      expect(String(error)).toMatch(/broken\.toml:1: not valid TOML/);
      expect(String(error)).toMatch(/group\.toml: other: pattern: needs a \(\?<secret>…\) group/);
      expect(String(error)).toMatch(/more\.toml: row: more: needs a \(\?<secret>…\) group/);
    } finally {
      await rm(dir, { recursive: true });
    }
  });

  test('a folder that is not there is a set-up error', async () => {
    await expect(loadRules([join(tmpdir(), 'keyburn-no-such-folder')])).rejects.toThrow(SetupError);
  });

  test.each([
    ["'''(?<secret>acm_(a)\\1)'''", 'backreference'],
    ["'''(?<secret>acm_\\p{L})'''", '\\p'],
    ["'''(?<secret>acm_[a-f)'''", 'Invalid regular expression'],
    ["'''(?<secret>xyz_[a-f]{3})'''", '"acm_" is not spelt out in the pattern'],
    ["'''acm_[a-f]{3}'''", 'needs a (?<secret>…) group'],
  ])('pattern %s is a fault', async (pattern, problem) => {
    const dir = await mkdtemp(join(tmpdir(), 'keyburn-rules-'));
    try {
      await writeFile(
        join(dir, 'a.toml'),
        GOOD.replace(/'''.*'''/, () => pattern),
      );
      await expect(loadRules([dir])).rejects.toThrow(problem);
    } finally {
      await rm(dir, { recursive: true });
    }
  });
});

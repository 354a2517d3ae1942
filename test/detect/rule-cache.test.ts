import { createHash } from 'node:crypto';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  builtInRules,
  embedRules,
  loadRules,
  outlinesOf,
  type Search,
  searchOf,
} from '../../src/detect/index.ts';
import { entryFor, keep, recall, recallEmbedded } from '../../src/detect/rule-cache.ts';
import { packSearch } from '../../src/detect/search.ts';

const set = await loadRules([builtInRules]);

function scratch(): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'keyburn-rules-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('what is kept is what was worked out: rules, outlines, and what the kernel looks for', () => {
  const folder = scratch();
  const entry = entryFor([builtInRules]) ?? '';
  keep(folder, entry, set);
  const known = recall(folder, entry);
  expect(known).toEqual(JSON.parse(JSON.stringify(set)));
  expect(known && outlinesOf(known)).toEqual(outlinesOf(set));
  expect(known && nameOf(searchOf(known))).toEqual(nameOf(searchOf(set)));
});

test('what goes along with the code knows its files wherever the package lies', () => {
  const file = join(scratch(), 'rules.json');
  writeFileSync(file, embedRules(set));
  const known = recallEmbedded(file, builtInRules);
  expect(known).toEqual(JSON.parse(JSON.stringify(set)));
  expect(known && nameOf(searchOf(known))).toEqual(nameOf(searchOf(set)));
  expect(recallEmbedded(file, '/elsewhere')?.rules[0]?.file).toMatch(/^\/elsewhere\/[\w-]+\.toml$/);
});

test('a kept set that is damaged is none', () => {
  const folder = scratch();
  for (const text of ['', '{}', JSON.stringify({ set, outlines: [], search: {} })]) {
    writeFileSync(join(folder, 'rules-damaged.json'), text);
    expect(recall(folder, 'rules-damaged.json')).toBeUndefined();
  }
});

/** A short name for all of it. */
function nameOf(search: Search): string {
  return createHash('sha256')
    .update(JSON.stringify(packSearch(search)))
    .digest('hex');
}

import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { bundle, FILES } from '../../scripts/bundle.ts';
import { codeDigest, readyRules } from '../../src/action/bundled.ts';
import { builtInRules, loadRules, outlinesOf } from '../../src/detect/index.ts';
import { DIST } from './stage.ts';

test('dist/ is what the sources make: npm run bundle', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'keyburn-bundle-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  await bundle(folder);
  const differ = FILES.filter(
    (name) => !readFileSync(join(folder, name)).equals(readFileSync(join(dirname(DIST), name))),
  );
  expect(differ).toEqual([]);
});

test('the rules that come along are those of rules/, for this code and no other', async () => {
  const ready = readyRules(codeDigest());
  const set = await loadRules([builtInRules]);
  expect(ready?.set).toEqual(JSON.parse(JSON.stringify(set)));
  expect(ready?.outlines).toEqual(JSON.parse(JSON.stringify(outlinesOf(set))));
  expect(readyRules('0'.repeat(64))).toBeUndefined();
  // Where a rule is another one by now, the file is loaded, not what was made of it.
  const stale = ready && { ...ready, set: { rules: [], digest: '0'.repeat(64) } };
  expect((await loadRules([builtInRules], { ready: stale })).rules).toHaveLength(set.rules.length);
});

import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { bundle, FILES } from '../../scripts/bundle.ts';
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

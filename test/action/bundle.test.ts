import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { bundle } from '../../scripts/bundle.ts';
import { DIST } from './stage.ts';

test('dist/index.js is what the sources make: npm run bundle', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'keyburn-bundle-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  await bundle(folder);
  expect(readFileSync(join(folder, 'index.js')).equals(readFileSync(DIST))).toBe(true);
});

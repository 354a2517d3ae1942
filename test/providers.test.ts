// docs/providers.md says what the rules and the services can do: a table that rots is worse than none.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { issuerSettings, providers } from '../scripts/providers.ts';

it('docs/providers.md is up to date: npm run docs:providers', async () => {
  const page = join(import.meta.dirname, '../docs/providers.md');
  expect(await providers()).toBe(readFileSync(page, 'utf8'));
});

it('docs/issuer-settings.md is up to date: npm run docs:providers', () => {
  const page = join(import.meta.dirname, '../docs/issuer-settings.md');
  expect(issuerSettings()).toBe(readFileSync(page, 'utf8'));
});

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { issuerDocument } from '../../src/keyservice/index.ts';

test('schema/issuer-openapi.json is what the routes say (npm run docs:openapi writes it)', () => {
  const file = new URL('../../schema/issuer-openapi.json', import.meta.url);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(issuerDocument())));
});

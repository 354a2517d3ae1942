// Writes schema/issuer-openapi.json from the routes of the key service; test/keyservice/document.test.ts compares.
import { writeFileSync } from 'node:fs';
import { issuerDocument } from '../src/keyservice/index.ts';

const file = new URL('../schema/issuer-openapi.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(issuerDocument(), null, 2)}\n`);

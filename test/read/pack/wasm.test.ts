import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { buildPackWasm } from '../../../scripts/build-pack-wasm.ts';

it('the committed WebAssembly is what its source compiles to', async () => {
  const committed = await readFile(new URL('../../../src/read/pack/wasm.ts', import.meta.url), 'utf8');
  expect(await buildPackWasm()).toBe(committed);
});

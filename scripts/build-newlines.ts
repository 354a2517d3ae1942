// Compiles src/read/newlines/as/count.ts and writes it, as base64, to src/read/newlines/wasm.ts:
//   node scripts/build-newlines.ts
// A test compares it with a fresh build.
import { readFile, writeFile } from 'node:fs/promises';
import asc from 'assemblyscript/asc';

const SOURCE = new URL('../src/read/newlines/as/count.ts', import.meta.url);
const TARGET = new URL('../src/read/newlines/wasm.ts', import.meta.url);
const FLAGS = '--outFile count.wasm --enable simd -O3 --noAssert --runtime stub --importMemory'.split(' ');

/** The text of src/read/newlines/wasm.ts. */
export async function buildNewlines(): Promise<string> {
  const source = await readFile(SOURCE, 'utf8');
  let binary: Uint8Array | undefined;
  let complaints = '';
  const { error } = await asc.main(['count.ts', ...FLAGS], {
    stderr: {
      write: (chunk) => {
        complaints += String(chunk);
      },
    },
    readFile: (name) => (name === 'count.ts' ? source : null),
    writeFile: (_name, contents) => {
      if (typeof contents !== 'string') binary = contents;
    },
    listFiles: () => [],
  });
  if (error || binary === undefined)
    throw new Error(`the counter does not compile:\n${complaints}`, { cause: error });
  return [
    '// Made by scripts/build-newlines.ts from as/count.ts; not to be edited.',
    `export const WASM =\n  '${Buffer.from(binary).toString('base64')}';`,
    '',
  ].join('\n');
}

if (import.meta.main) await writeFile(TARGET, await buildNewlines());

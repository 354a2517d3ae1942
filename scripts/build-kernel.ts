// Compiles src/detect/kernel/as/kernel.ts and writes it, as base64, to src/detect/kernel/wasm.ts:
//   node scripts/build-kernel.ts
// A string in a module needs no file beside it, in a bundle as in a worker thread. A test compares it with a fresh build.
import { readFile, writeFile } from 'node:fs/promises';
import asc from 'assemblyscript/asc';

const SOURCE = new URL('../src/detect/kernel/as/kernel.ts', import.meta.url);
const TARGET = new URL('../src/detect/kernel/wasm.ts', import.meta.url);
const FLAGS =
  '--outFile kernel.wasm --enable simd --enable relaxed-simd -O3 --noAssert --runtime stub --importMemory'.split(
    ' ',
  );

/** The text of src/detect/kernel/wasm.ts. */
export async function buildKernel(): Promise<string> {
  const source = await readFile(SOURCE, 'utf8');
  let binary: Uint8Array | undefined;
  let complaints = '';
  const { error } = await asc.main(['kernel.ts', ...FLAGS], {
    stderr: {
      write: (chunk) => {
        complaints += String(chunk);
      },
    },
    readFile: (name) => (name === 'kernel.ts' ? source : null),
    writeFile: (_name, contents) => {
      if (typeof contents !== 'string') binary = contents;
    },
    listFiles: () => [],
  });
  if (error || binary === undefined)
    throw new Error(`the kernel does not compile:\n${complaints}`, { cause: error });
  return [
    '// Made by scripts/build-kernel.ts from as/kernel.ts; not to be edited.',
    `export const WASM =\n  '${Buffer.from(binary).toString('base64')}';`,
    '',
  ].join('\n');
}

if (import.meta.main) await writeFile(TARGET, await buildKernel());

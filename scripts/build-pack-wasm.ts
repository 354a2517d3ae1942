// Compiles src/read/pack/as/ and writes it, as base64, to src/read/pack/wasm.ts: `node scripts/build-pack-wasm.ts`.
// A string in a module needs no file beside it, in a bundle as in a worker thread. A test compares it with a fresh build.

import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import asc from 'assemblyscript/asc';

const SOURCE = new URL('../src/read/pack/as/', import.meta.url);
/** Shared with the reader of logs. */
const COUNT = new URL('../src/read/newlines/as/count.ts', import.meta.url);
const TARGET = new URL('../src/read/pack/wasm.ts', import.meta.url);
// The first 48 KiB of the memory belong to the tables: see as/memory.ts.
const FLAGS =
  '--outFile pack.wasm -O3 --noAssert --runtime stub --enable simd,bulk-memory --importMemory --memoryBase 49152'.split(
    ' ',
  );

/** The text of src/read/pack/wasm.ts. */
export async function buildPackWasm(): Promise<string> {
  let binary: Uint8Array | undefined;
  const messages: string[] = [];
  const { error } = await asc.main(['pack.ts', ...FLAGS], {
    readFile: (name) => {
      if (name === 'count.ts') return readFileSync(COUNT, 'utf8');
      return /^[a-z]+\.ts$/.test(name) ? readFileSync(new URL(name, SOURCE), 'utf8') : null;
    },
    writeFile: (_name, contents) => {
      if (typeof contents !== 'string') binary = contents;
    },
    listFiles: () => [],
    stderr: { write: (text) => void messages.push(String(text)) },
  });
  if (error || binary === undefined)
    throw new Error(`it does not compile:\n${messages.join('')}`, { cause: error });
  return [
    '// Made by scripts/build-pack-wasm.ts from as/; not to be edited.',
    `export const WASM =\n  '${Buffer.from(binary).toString('base64')}';`,
    '',
  ].join('\n');
}

if (import.meta.main) await writeFile(TARGET, await buildPackWasm());

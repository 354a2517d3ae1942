// Makes dist/, what `uses:` runs: `npm run bundle`, or `node scripts/bundle.ts FOLDER` to compare. The same bytes come out
// wherever it runs. Rules and package.json stay files of the repository, which a checkout of the action has.

import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { builtInRules, loadRules, outlinesOf } from '../src/detect/index.ts';
import { keepPlaces } from './places.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** File of dist/ by its entry: the step itself, and the script of its worker threads. */
const ENTRIES = {
  'index.js': fileURLToPath(import.meta.resolve('../src/action/index.ts')),
  'worker.js': fileURLToPath(import.meta.resolve('../src/find/worker.ts')),
};
/** The built-in rules as data: judging a thousand of them takes half a second, which no push should wait for. */
const RULES = 'rules.json';
export const FILES: readonly string[] = [...Object.keys(ENTRIES), RULES];
/** It looks for the script of its workers beside itself, and in dist/ that is right. */
const STAYS = `find${sep}threads.ts`;

export async function bundle(folder: string): Promise<void> {
  for (const [file, input] of Object.entries(ENTRIES)) {
    await build({
      cwd: ROOT,
      input,
      platform: 'node',
      treeshake: true,
      logLevel: 'warn',
      plugins: [keepPlaces(ROOT, '..', STAYS)],
      output: {
        dir: folder,
        format: 'esm',
        entryFileNames: file,
        codeSplitting: false,
        minify: 'dce-only',
        comments: false,
      },
    });
  }
  const set = await loadRules([builtInRules]);
  // It holds for this code alone: other code may make something else of the same rules.
  const code = createHash('sha256')
    .update(await readFile(join(folder, 'index.js')))
    .digest('hex');
  // Rules know their files by name; where the folder lies is known where it is read.
  const rules = set.rules.map((rule) => ({ ...rule, file: basename(rule.file) }));
  const made = { code, set: { ...set, rules }, outlines: outlinesOf(set) };
  await writeFile(join(folder, RULES), `${JSON.stringify(made)}\n`);
}

if (import.meta.main) await bundle(process.argv[2] ?? `${ROOT}dist`);

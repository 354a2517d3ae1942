// Emits src/ as JavaScript into lib/: what an installed package runs. Whoever imports the package gets its modules one by one; the
// command line and its worker threads run the same modules from lib/run/, joined into a few files and with the built-in rules worked out:
// finding and loading two hundred files would take half of a short scan.

import { spawnSync } from 'node:child_process';
import { cpSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { isAbsolute, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { builtInRules, embedRules, loadRules } from '../src/detect/index.ts';
import { keepPlaces } from './places.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SRC = join(ROOT, `src${sep}`);
/** It looks for the script of its workers beside itself, and in the joined files that is right. */
const STAYS = `find${sep}threads.ts`;

/** Makes `run/` in a folder that stands, as lib/ does, beside `rules/` and package.json. */
async function joinUp(lib: string): Promise<void> {
  const run = join(lib, 'run');
  await build({
    cwd: ROOT,
    input: { main: join(SRC, 'cli/main.ts'), worker: join(SRC, 'find/worker.ts') },
    platform: 'node',
    // What others publish stays theirs, and is found where it is installed.
    external: (id) => !id.startsWith('.') && !isAbsolute(id),
    logLevel: 'warn',
    plugins: [keepPlaces(SRC, '..', STAYS)],
    output: { dir: run, format: 'esm', entryFileNames: '[name].js', minify: 'dce-only', comments: false },
  });
  writeFileSync(join(run, 'rules.json'), embedRules(await loadRules([builtInRules])));
}

/** Makes a folder into what runs where the package is installed. @returns the script that starts it */
export async function layOut(folder: string): Promise<string> {
  for (const name of ['bin', 'rules', 'package.json'])
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
  await joinUp(join(folder, 'lib'));
  return join(folder, 'bin', 'keyburn.js');
}

function emit(): boolean {
  const made = spawnSync('tsc', ['-p', 'tsconfig.build.json'], {
    cwd: ROOT,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  process.exitCode = made.status ?? 1;
  return made.status === 0;
}

if (import.meta.main) {
  const lib = join(ROOT, 'lib');
  rmSync(lib, { recursive: true, force: true });
  if (emit()) await joinUp(lib);
}

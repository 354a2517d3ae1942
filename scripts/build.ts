// Emits src/ as JavaScript into lib/: what an installed package runs. Whoever imports the package gets its modules one by one; the
// command line and its worker threads run the same modules from lib/run/, joined into a few files and with the built-in rules worked out:
// finding and loading two hundred files would take half of a short scan.

import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { builtInRules, embedRules, loadRules } from '../src/detect/index.ts';
import { keepPlaces } from './places.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const lib = join(root, 'lib');

rmSync(lib, { recursive: true, force: true });
const made = spawnSync('tsc', ['-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
process.exitCode = made.status ?? 1;
if (made.status === 0) await joinUp();

async function joinUp(): Promise<void> {
  const run = join(lib, 'run');
  await build({
    cwd: root,
    input: { main: join(lib, 'cli/main.js'), worker: join(lib, 'find/worker.js') },
    platform: 'node',
    // What others publish stays theirs, and is found where it is installed.
    external: (id) => !id.startsWith('.') && !id.startsWith('/') && !id.startsWith(root),
    logLevel: 'warn',
    plugins: [keepPlaces(`${lib}${sep}`, '..', `find${sep}threads.js`)],
    output: { dir: run, format: 'esm', entryFileNames: '[name].js', minify: 'dce-only', comments: false },
  });
  if (!readdirSync(run).includes('worker.js')) throw new Error('lib/run: there is no worker.js');
  writeFileSync(join(run, 'rules.json'), embedRules(await loadRules([builtInRules])));
}

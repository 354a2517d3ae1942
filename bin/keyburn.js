#!/usr/bin/env node
// Plain JavaScript that any Node can parse: it checks the runtime before anything newer is imported.
import { existsSync } from 'node:fs';
import module from 'node:module';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const fits = (major === 22 && minor >= 19) || (major === 24 && minor >= 11) || major > 24;

if (!fits) {
  process.stderr.write(
    `keyburn: this is Node ${process.versions.node}; keyburn needs Node 22.19 or later, or 24.11 or later.\n` +
      'hint: in a checkout `npm ci` brings the right one: run `npx keyburn`, or install Node 24.\n',
  );
  process.exitCode = 2;
} else {
  module.enableCompileCache?.();
  if (major === 22) {
    // Its SQLite is the one of later versions, which no longer call it experimental; two lines in every report would be noise.
    const emitWarning = process.emitWarning.bind(process);
    process.emitWarning = (warning, ...rest) => {
      if (!String(warning).startsWith('SQLite is an experimental feature')) emitWarning(warning, ...rest);
    };
  }
  // A checkout runs its own source (Node strips the types); an installed package has only the built form.
  const source = new URL('../src/cli/main.ts', import.meta.url);
  const { main } = await import(existsSync(source) ? source.href : '../lib/run/main.js');
  await main(process.argv.slice(2));
}

// What somebody decided to leave out is said, and so is a decision that has ended.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fillTemplate } from '../../src/detect/index.ts';
import { type Console, openConsole } from './console.ts';

let at: Console;
let id: string;
beforeAll(async () => {
  at = await openConsole();
  const key = fillTemplate('sk-ant-api03-{{base64url:93}}AA', { literals: ['sk-ant-api'] }).text;
  await writeFile(join(at.folder, 'conf'), `token = "${key}"\n`);
  const { stdout } = await scan('--format', 'json');
  id = (JSON.parse(stdout) as { findings: { id: string }[] }).findings[0]?.id ?? '';
});
afterAll(() => at.close());

const scan = (...args: string[]) => at.keyburn('scan', '--offline', ...args, join(at.folder, 'conf'));

async function ignoring(line: string): Promise<string[]> {
  const file = join(at.folder, 'keyburn.ignore');
  await writeFile(file, `${line}\n`);
  return ['--ignore-file', file];
}

it('a line that counts', async () => {
  const ran = await scan(...(await ignoring(`${id} 9999-12-31 ada@example.com of the docs`)));
  expect(ran.code).toBe(0);
  expect(ran.stderr).toMatch(/^keyburn: 1 finding is left out: ignored, /);
});

it('a line that has ended', async () => {
  const ran = await scan(...(await ignoring(`${id} 2020-03-31 ada@example.com of the docs`)));
  expect(ran.code).toBe(1);
  expect(ran.stderr).toBe(
    `keyburn: the ignore file's line for ${id.slice(0, 12)} ended on 2020-03-31 (ada@example.com)\n`,
  );
});

it('the twelve digits of the text report are not enough, and where the others are is said', async () => {
  const ran = await scan(...(await ignoring(`${id.slice(0, 12)} 9999-12-31 ada@example.com of the docs`)));
  expect(ran.code).toBe(2);
  expect(ran.stderr).toContain('keyburn scan --format json');
});

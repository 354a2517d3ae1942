// What somebody meets in the first hour: words that say what to do next, with the names that were typed.
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillTemplate } from '../../src/detect/index.ts';
import { type Console, openConsole, type Ran } from './console.ts';

let at: Console;
beforeAll(async () => {
  at = await openConsole();
});
afterAll(() => at.close());

const token = (): string =>
  fillTemplate('ghp_{{alnum:30}}{{checksum}}', { checksum: 'github-crc32', literals: ['ghp_'] }).text;

function refused({ code, stdout, stderr }: Ran, ...words: readonly string[]): void {
  expect([code, stdout]).toEqual([2, '']);
  for (const word of words) expect(stderr).toContain(word);
  expect(stderr).toMatch(/\nhint: /);
  expect(stderr).not.toContain('should not have happened');
}

test('help names no default that says nothing', async () => {
  for (const command of ['scan', 'org', 'worker', 'serve', 'why', 'install-hooks']) {
    const { stdout } = await at.keyburn(command, '--help');
    expect(stdout).not.toMatch(/\(default:\s+(?:false|\[\]|\d{6,})\)/);
  }
  expect((await at.keyburn('scan', '--help')).stdout).toMatch(/default: "text"/);
});

test('the line that goes on is the line that was typed: target, range and settings, fit for a shell', async () => {
  const folder = join(at.folder, "Ada's shop");
  await mkdir(folder);
  await writeFile(join(folder, 'env'), `TOKEN=${token()}\n`);
  const config = join(at.folder, 'own.toml');
  await writeFile(config, '');
  const { stdout } = await at.keyburn('scan', folder, '--offline', '--config', config);
  const typed = `keyburn scan '${folder.replace("'", "'\\''")}' --config ${config} (without --offline)`;
  expect(stdout).toContain(typed);
});

test('a folder without anything in it is not called quiet', async () => {
  const folder = join(at.folder, 'nothing');
  await mkdir(folder);
  const { code, stdout } = await at.keyburn('scan', folder);
  expect([code, stdout]).toEqual([0, expect.stringContaining('there was nothing to read')]);
});

test('sources of GitHub are not asked of a folder', async () => {
  refused(await at.keyburn('scan', '--sources', 'issues', at.folder), '--sources', 'github:acme/shop');
});

test('a folder without rules is no set of rules without faults', async () => {
  const folder = join(at.folder, 'no-rules');
  await mkdir(folder);
  refused(await at.keyburn('rules', 'check', folder), 'no rules there', '*.toml');
});

test('an issuer that is not there', async () => {
  for (const command of [['verify'], ['why'], ['revoke', '--exposure', 'public']])
    refused(
      await at.keyburnWith('hello', ...command, '--service', 'nobody'),
      'there is no such issuer',
      'rules list',
    );
});

test('why: nothing, neither of the two, and an answer that refuses nothing', async () => {
  refused(await at.keyburnWith('', 'why'), 'nothing on standard input', 'curl -i');
  refused(await at.keyburnWith('hello', 'why'), 'neither an HTTP response nor a key', 'curl -i');
  const ok = await at.keyburnWith('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{}', 'why');
  expect([ok.code, ok.stdout]).toEqual([0, expect.stringContaining('HTTP 200 is no refusal')]);
});

test('without git: said in one line', async () => {
  const bin = join(at.folder, 'bin');
  await mkdir(bin);
  await symlink(process.execPath, join(bin, 'node'));
  const bare = await openConsole({ PATH: bin });
  try {
    for (const command of ['demo', 'install-hooks'])
      refused(await bare.keyburn(command), 'git was not found', 'PATH');
  } finally {
    await bare.close();
  }
});

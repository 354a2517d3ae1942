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

/** Nothing on stdout, one message with what is wrong, and a hint with the way on. */
function refusal(wrong: string, hint: string): Ran {
  const [said, way] = [wrong, hint].map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return {
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(new RegExp(`^keyburn: .*${said}.*\\nhint: .*${way}.*\\n$`)) as string,
  };
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
  expect(await at.keyburn('scan', '--sources', 'issues', at.folder)).toEqual(
    refusal('--sources', 'github:acme/shop'),
  );
});

test('a folder without rules is no set of rules without faults', async () => {
  const folder = join(at.folder, 'no-rules');
  await mkdir(folder);
  expect(await at.keyburn('rules', 'check', folder)).toEqual(refusal('no rules there', '*.toml'));
});

test('an issuer that is not there', async () => {
  for (const command of [['verify'], ['why'], ['revoke', '--exposure', 'public']])
    expect(await at.keyburnWith('hello', ...command, '--service', 'nobody')).toEqual(
      refusal('there is no such issuer', 'rules list'),
    );
});

test('a key whose shape names its issuer is sent to nobody else', async () => {
  for (const command of [['verify'], ['revoke', '--exposure', 'public']])
    expect(await at.keyburnWith(token(), ...command, '--service', 'gitlab')).toEqual(
      refusal('it is not sent to gitlab', 'leave --service out'),
    );
});

test('why: nothing, neither of the two, and an answer that refuses nothing', async () => {
  expect(await at.keyburnWith('', 'why')).toEqual(refusal('nothing on standard input', 'curl -i'));
  expect(await at.keyburnWith('hello', 'why')).toEqual(
    refusal('neither an HTTP response nor a key', 'curl -i'),
  );
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
      expect(await bare.keyburn(command)).toEqual(refusal('git was not found', 'PATH'));
  } finally {
    await bare.close();
  }
});

test('a report that went to a file: what is in it, in a line, unless it shall be quiet', async () => {
  const folder = join(at.folder, 'reported');
  await mkdir(folder);
  await writeFile(join(folder, 'env'), `TOKEN=${token()}\n`);
  const file = join(at.folder, 'report.json');
  const scan = (...more: string[]) =>
    at.keyburn('scan', folder, '--offline', '--format', 'json', '--output', file, ...more);
  expect(await scan()).toMatchObject({ code: 1, stdout: '', stderr: `keyburn: 1 key, 0 live: ${file}\n` });
  expect(await scan('--quiet')).toMatchObject({ code: 1, stdout: '', stderr: '' });
});

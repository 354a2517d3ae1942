// What an installed package runs: the joined files, without its sources.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { layOut } from '../scripts/build.ts';
import { fillTemplate } from '../src/detect/index.ts';

const folder = mkdtempSync(join(realpathSync(tmpdir()), 'keyburn-installed-'));
const KEY = fillTemplate('ghp_{{alnum:30}}{{checksum}}', { checksum: 'github-crc32', literals: ['ghp_'] });
/** Files behind which the threads take part: shared-files.ts. */
const MANY = 6100;
const home = join(folder, 'home');
const MAIN = join(folder, 'bin/keyburn.js');
const env = { ...process.env, KEYBURN_HOME: home, NO_COLOR: '1' };

beforeAll(async () => {
  await layOut(folder);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('it says its version', () => {
  const out = execFileSync(process.execPath, [MAIN, '--version'], { env, encoding: 'utf8' });
  expect(out).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('its threads find what is there, by rules that need not be judged again', () => {
  const tree = join(folder, 'tree');
  mkdirSync(tree);
  for (let i = 0; i < MANY; i++) writeFileSync(join(tree, `${i}.txt`), '');
  writeFileSync(join(tree, 'last.env'), `TOKEN=${KEY.text}\n`);
  const { status, stdout } = spawnSync(
    process.execPath,
    [MAIN, 'scan', '--offline', '--threads', '2', '--format', 'jsonl', tree],
    { env, encoding: 'utf8' },
  );
  expect(status).toBe(1);
  expect(stdout).toContain('"rule":"github-pat-classic"');
  expect(readdirSync(home)).not.toContain('cache');
}, 60_000);

test('rules of one’s own are judged once', () => {
  const own = join(folder, 'own');
  mkdirSync(own);
  writeFileSync(
    join(own, 'acme.toml'),
    [
      'provider = "Acme"',
      'docs = "https://acme.example/keys"',
      '[[rule]]',
      'id = "acme-key"',
      'title = "Acme key"',
      'severity = "high"',
      'services = []',
      'literals = ["acme_"]',
      "pattern = '''(?<secret>acme_[0-9A-Za-z]{24})(?![0-9A-Za-z])'''",
      'match = ["acme_{{alnum:24}}"]',
      'miss = ["acme_{{alnum:9}}"]',
      '',
    ].join('\n'),
  );
  const tree = join(folder, 'small');
  mkdirSync(tree);
  const { text } = fillTemplate('acme_{{alnum:24}}', { literals: ['acme_'] });
  writeFileSync(join(tree, 'a.env'), `TOKEN=${text}\n`);
  const kept = (): string[] => readdirSync(join(home, 'cache')).filter((name) => name.startsWith('rules-'));
  const scan = (): unknown => {
    const argv = [MAIN, 'scan', '--offline', '--format', 'jsonl', '--rules', own, tree];
    const { status, stdout } = spawnSync(process.execPath, argv, { env, encoding: 'utf8' });
    return [status, stdout.includes('"rule":"acme-key"'), kept().length];
  };
  expect([scan(), scan()]).toEqual([
    [1, true, 1],
    [1, true, 1],
  ]);
}, 60_000);

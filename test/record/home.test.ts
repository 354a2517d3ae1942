import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../src/model/index.ts';
import { loadFingerprintKey, stateFolder } from '../../src/record/index.ts';

describe('the state folder', () => {
  const table: [string, Record<string, string>, NodeJS.Platform, string][] = [
    ['what KEYBURN_HOME names', { KEYBURN_HOME: '/srv/keyburn', HOME: '/home/ann' }, 'linux', '/srv/keyburn'],
    ['made absolute', { KEYBURN_HOME: 'state' }, 'linux', resolve('state')],
    ['not what is empty', { KEYBURN_HOME: '', HOME: '/home/ann' }, 'linux', '/home/ann/.local/state/keyburn'],
    ['the XDG folder', { XDG_STATE_HOME: '/x', HOME: '/home/ann' }, 'linux', '/x/keyburn'],
    [
      'no relative XDG folder',
      { XDG_STATE_HOME: 'x', HOME: '/home/ann' },
      'linux',
      '/home/ann/.local/state/keyburn',
    ],
    ['on macOS', { HOME: '/Users/ann' }, 'darwin', '/Users/ann/Library/Application Support/keyburn'],
    ['on Windows', { LOCALAPPDATA: '/c/local' }, 'win32', '/c/local/keyburn'],
    ['on Windows without LOCALAPPDATA', { USERPROFILE: '/c/ann' }, 'win32', '/c/ann/AppData/Local/keyburn'],
    ['without HOME', {}, 'linux', join(homedir(), '.local', 'state', 'keyburn')],
  ];
  it.each(table)('is %s', (_, env, platform, folder) => {
    expect(stateFolder(env, platform)).toBe(folder);
  });
});

describe('the fingerprint key', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'keyburn-home-'));
  });
  afterEach(() => rmSync(home, { recursive: true }));

  const secret = new Secret('acme_0123456789abcdefghij');
  const file = (): string => join(home, 'fingerprint.key');

  it('is made once, for its owner alone, and stays the same', () => {
    const first = loadFingerprintKey(home).fingerprint(secret);
    expect(loadFingerprintKey(home).fingerprint(secret)).toBe(first);
    expect(readdirSync(home)).toEqual(['fingerprint.key']);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it('is another one in another home', () => {
    const other = loadFingerprintKey(join(home, 'other')).fingerprint(secret);
    expect(loadFingerprintKey(home).fingerprint(secret)).not.toBe(other);
  });

  it('is closed to others where somebody opened it', () => {
    loadFingerprintKey(home);
    chmodSync(file(), 0o644);
    loadFingerprintKey(home);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it.each(['', 'short', 'x'.repeat(64)])('is refused when it is no key: "%s"', (text) => {
    writeFileSync(file(), text);
    expect(() => loadFingerprintKey(home)).toThrow(/fingerprint\.key: not a fingerprint key/);
    expect(readFileSync(file(), 'utf8')).toBe(text);
  });

  it('is one for all processes that start at once', async () => {
    const index = join(import.meta.dirname, '..', '..', 'src', 'record', 'index.ts');
    const model = join(import.meta.dirname, '..', '..', 'src', 'model', 'index.ts');
    const script = `
      import { loadFingerprintKey } from ${JSON.stringify(index)};
      import { Secret } from ${JSON.stringify(model)};
      process.stdout.write(loadFingerprintKey(process.argv[1]).fingerprint(new Secret('acme_0123456789abcdefghij')));
    `;
    const prints = await Promise.all(
      [1, 2, 3].map(async () => {
        const child = spawn(process.execPath, ['--input-type=module', '-e', script, home]);
        let text = '';
        child.stdout.on('data', (data: Buffer) => {
          text += data.toString();
        });
        await once(child, 'close');
        return text;
      }),
    );
    expect(prints).toEqual(prints.map(() => loadFingerprintKey(home).fingerprint(secret)));
    expect(readdirSync(home)).toEqual(['fingerprint.key']);
  });
});

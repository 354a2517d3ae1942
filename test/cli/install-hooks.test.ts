import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { command } from '../../src/cli/main.ts';
import { fillTemplate } from '../../src/detect/index.ts';

const MAIN = fileURLToPath(new URL('../../bin/keyburn.js', import.meta.url));
const key = fillTemplate('sk-ant-api03-{{base64url:93}}AA', { literals: ['sk-ant-api'] }).text;

interface Scene {
  readonly top: string;
  readonly env: Record<string, string>;
  readonly git: (...args: string[]) => { status: number | null; stdout: string; stderr: string };
  readonly write: (path: string, text: string) => void;
  readonly install: (...args: string[]) => Promise<{ code: number; out: string }>;
}

function scene(): Scene {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'keyburn-hooks-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const top = join(folder, 'work');
  // keyburn as an installed program would be: on the PATH.
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'keyburn'), `#!/bin/sh\nexec "${process.execPath}" "${MAIN}" "$@" --offline\n`);
  chmodSync(join(bin, 'keyburn'), 0o755);
  const env = {
    PATH: `${bin}:${process.env.PATH ?? ''}`,
    HOME: folder,
    KEYBURN_HOME: join(folder, 'state'),
    GIT_CONFIG_GLOBAL: join(folder, 'gitconfig'),
    GIT_CONFIG_NOSYSTEM: '1',
  };
  writeFileSync(env.GIT_CONFIG_GLOBAL, '[user]\nname = Ada\nemail = ada@example.com\n');
  execFileSync('git', ['init', '-q', '-b', 'main', top], { env });
  return {
    top,
    env,
    git: (...args) => spawnSync('git', args, { cwd: top, env, encoding: 'utf8' }),
    write(path, text) {
      mkdirSync(dirname(join(top, path)), { recursive: true });
      writeFileSync(join(top, path), text);
    },
    async install(...args) {
      const out = new PassThrough();
      const pieces: string[] = [];
      out.on('data', (piece: Buffer) => pieces.push(piece.toString('utf8')));
      const io = {
        stdin: new PassThrough(),
        stdout: out,
        stderr: out,
        env,
        cwd: top,
        signal: new AbortController().signal,
      };
      return { code: await command(['install-hooks', ...args], io), out: pieces.join('') };
    },
  };
}

test('a staged key stops the commit, a committed one stops the push, and clean work passes', {
  timeout: 60_000,
}, async () => {
  const { top, git, write, install } = scene();
  git('init', '-q', '--bare', `${top}.git`);
  git('remote', 'add', 'origin', `${top}.git`);
  const installed = await install();
  expect(installed.code).toBe(0);
  expect(installed.out.match(/^wrote /gm)).toHaveLength(2);
  expect((await install()).code).toBe(0);

  write('clean', 'x\n');
  git('add', '.');
  expect(git('commit', '-qm', 'clean').status).toBe(0);
  write('conf', `token = "${key}"\n`);
  git('add', '.');
  const stopped = git('commit', '-qm', 'leak');
  expect([stopped.status, stopped.stdout + stopped.stderr]).toEqual([
    1,
    expect.stringContaining('Anthropic'),
  ]);
  // Who stopped it, and the way on, are the last words.
  expect(stopped.stderr.trim().split('\n').slice(-2)).toEqual([
    expect.stringMatching(
      /^keyburn: this commit is stopped: take the key out and replace it \(exit code 1\)/,
    ),
    expect.stringContaining('git commit --no-verify'),
  ]);

  expect(git('push', '-q', 'origin', 'main').status).toBe(0);
  expect(git('commit', '-q', '--no-verify', '-m', 'leak').status).toBe(0);
  const refused = git('push', '-q', 'origin', 'main');
  expect([refused.status, refused.stderr]).toEqual([
    1,
    expect.stringMatching(/^keyburn: this push is stopped: [\s\S]*git push --no-verify/m),
  ]);
  expect(git('push', '-q', 'origin', 'HEAD:refs/heads/new').status).toBe(1);
  expect(git('push', '-q', 'origin', 'HEAD~1:refs/heads/old').status).toBe(0);
  expect(git('push', '-q', 'origin', ':refs/heads/old').status).toBe(0);
});

test('what the first push of a repository brings has not left yet', async () => {
  const { top, git, write, install } = scene();
  git('init', '-q', '--bare', `${top}.git`);
  git('remote', 'add', 'origin', `${top}.git`);
  await install('--hook', 'pre-push');
  write('conf', `token = "${key}"\n`);
  git('add', '.');
  git('commit', '-q', '-m', 'leak');
  const refused = git('push', '-q', 'origin', 'main');
  expect([refused.status, refused.stderr + refused.stdout]).toEqual([
    1,
    expect.stringMatching(/exposure {2}local[\s\S]*it has not been pushed/),
  ]);
});

test('where keyburn is not installed the commit is stopped, and not for a key', async () => {
  const { top, env, git, write, install } = scene();
  await install('--hook', 'pre-commit');
  write('clean', 'x\n');
  git('add', '.');
  const few = `${top}-bin`;
  mkdirSync(few);
  for (const name of ['git', 'sh']) {
    const program = execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
    symlinkSync(program, join(few, name));
  }
  const stopped = spawnSync('git', ['commit', '-qm', 'clean'], {
    cwd: top,
    env: { ...env, PATH: few },
    encoding: 'utf8',
  });
  expect(stopped.status).toBe(1);
  expect(stopped.stderr.trim().split('\n')).toEqual([
    expect.stringMatching(/^keyburn: not found: .*npm i -D keyburn/),
    expect.stringMatching(/^keyburn: this commit is stopped: not everything could be looked at/),
    expect.stringContaining('git commit --no-verify'),
  ]);
});

test('core.hooksPath inside the repository is where the hooks go', async () => {
  const { top, git, install } = scene();
  git('config', 'core.hooksPath', 'ci/hooks');
  expect((await install('--hook', 'pre-push')).code).toBe(0);
  expect(existsSync(join(top, 'ci/hooks/pre-push'))).toBe(true);
  expect(existsSync(join(top, 'ci/hooks/pre-commit'))).toBe(false);
});

test('hooks that other repositories use, and hooks of others, are left alone', async () => {
  const { top, git, write, install } = scene();
  git('config', '--global', 'core.hooksPath', join(top, '../shared'));
  const shared = await install();
  expect([shared.code, shared.out]).toEqual([2, expect.stringContaining('core.hooksPath')]);
  expect(existsSync(join(top, '../shared'))).toBe(false);
  git('config', '--global', '--unset', 'core.hooksPath');
  write('.git/hooks/pre-push', '#!/bin/sh\nexit 0\n');
  const foreign = await install();
  expect([foreign.code, foreign.out]).toEqual([2, expect.stringContaining('not ours')]);
  expect(readFileSync(join(top, '.git/hooks/pre-push'), 'utf8')).toBe('#!/bin/sh\nexit 0\n');
  expect(existsSync(join(top, '.git/hooks/pre-commit'))).toBe(false);
});

test.each([
  ['husky', '.husky/pre-commit', '# .husky/pre-push'],
  ['lefthook', 'lefthook.yml', 'use_stdin: true'],
  [
    'pre-commit',
    '.pre-commit-config.yaml',
    'Then: pre-commit install --hook-type pre-commit --hook-type pre-push',
  ],
])('where %s keeps the hooks, its lines are printed and nothing is written', async (name, file, words) => {
  const { top, write, install } = scene();
  write(file, '');
  const { code, out } = await install();
  expect(code).toBe(0);
  expect(out).toContain(`${name} keeps the hooks here`);
  expect(out).toContain(words);
  // Named once, and no word of a file that is written again: this one is not.
  expect(out.match(/- repo: /g)?.length ?? 1).toBe(1);
  expect(out).not.toContain('writes this file again');
  expect(existsSync(join(top, '.git/hooks/pre-commit'))).toBe(false);
  expect(readFileSync(join(top, file), 'utf8')).toBe('');
});

test('a folder that is no repository, and a hook that does not exist, are named', async () => {
  const { top, install } = scene();
  rmSync(join(top, '.git'), { recursive: true });
  expect((await install()).code).toBe(2);
  expect(await install('--hook', 'post-merge')).toMatchObject({ code: 2 });
  expect(await install('--print')).toMatchObject({ code: 0, out: expect.stringContaining('#!/bin/sh') });
});

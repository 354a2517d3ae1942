// Bad input gets a clear message, and nothing is lost: exit 2, or a result that names what was skipped.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { chmod, mkdir, readdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { simpleGit } from 'simple-git';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillTemplate } from '../../src/detect/index.ts';
import { type Console, openConsole } from './console.ts';

let at: Console;
beforeAll(async () => {
  at = await openConsole();
});
afterAll(() => at.close());

const token = (): string =>
  fillTemplate('ghp_{{alnum:30}}{{checksum}}', { checksum: 'github-crc32', literals: ['ghp_'] }).text;
const scan = (target: string, ...args: string[]) =>
  at.keyburn('scan', '--offline', '--format', 'json', ...args, target);

interface Report {
  readonly findings: readonly {
    readonly rule: string;
    readonly place: { readonly path: string; readonly line: number };
  }[];
  readonly summary: { readonly skipped: readonly { readonly path: string; readonly why: string }[] };
}
const parse = (stdout: string): Report => JSON.parse(stdout) as Report;

async function repository(name: string): Promise<{ folder: string; git: ReturnType<typeof simpleGit> }> {
  const folder = join(at.folder, name);
  await mkdir(folder);
  const git = simpleGit(folder);
  await git.init(['--quiet', '--initial-branch=main']);
  await git.addConfig('user.name', 'Ada');
  await git.addConfig('user.email', 'ada@example.com');
  return { folder, git };
}

async function commit(
  folder: string,
  git: ReturnType<typeof simpleGit>,
  path: string,
  text: string,
): Promise<void> {
  await writeFile(join(folder, path), text);
  await git.add('.');
  await git.commit(`add ${path}`);
}

const MAIN = fileURLToPath(new URL('../../bin/keyburn.js', import.meta.url));
const environment = () => ({
  PATH: process.env.PATH,
  HOME: at.folder,
  KEYBURN_HOME: join(at.folder, 'home'),
});

describe.runIf(existsSync('/dev/full'))('a full disk', () => {
  it('under standard output is a fault, not a finding', async () => {
    const full = openSync('/dev/full', 'w');
    const child = spawn(process.execPath, [MAIN, 'scan', '--offline', at.folder], {
      stdio: ['ignore', full, 'pipe'],
      env: environment(),
    });
    closeSync(full);
    const [said, [code]] = await Promise.all([text(child.stderr ?? Readable.from([])), once(child, 'close')]);
    expect(said).toMatch(/^keyburn: standard output cannot be written \(ENOSPC\)\nhint: /);
    expect(code).toBe(2);
  });

  it('under a report says so, and not that the report is there', async () => {
    const ran = await at.keyburn('scan', '--offline', '--output', '/dev/full', at.folder);
    expect(ran.stderr).toMatch(
      /^keyburn: \/dev\/full: the report could not be written whole \(ENOSPC\)\nhint: /,
    );
    expect(ran.code).toBe(2);
  });
});

it('Ctrl-C ends a wait for standard input at once', async () => {
  const child = spawn(process.execPath, [MAIN, 'redact'], { env: environment() });
  const ended = once(child, 'close');
  const said = text(child.stderr);
  child.stdin.write('nothing to see\n'.repeat(10_000));
  await once(child.stdout, 'data');
  child.stdout.resume();
  child.kill('SIGINT');
  expect((await ended)[0]).toBe(130);
  expect(await said).toMatch(/interrupted/);
});

describe('targets', () => {
  it('a missing path', async () => {
    const ran = await scan(join(at.folder, 'nowhere'));
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toMatch(/nowhere/);
    expect(ran.stderr).toMatch(/hint: /);
  });

  it('an address, offline: nobody is asked', async () => {
    const ran = await scan('https://user:pass@127.0.0.1:1/acme/shop.git');
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toMatch(
      /^keyburn: https:\/\/127\.0\.0\.1:1\S+: cannot be cloned without the network\nhint: /,
    );
  });

  it('a repository whose settings are broken', async () => {
    const { folder } = await repository('settings');
    await writeFile(join(folder, '.git', 'config'), '[core\n');
    const ran = await scan(folder);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toMatch(/settings: git cannot read this repository: .*config/);
  });

  it('a pack that was cut off, with every commit in it, is a gap', async () => {
    const { folder, git } = await repository('cut');
    await commit(folder, git, 'a.txt', `key ${token()}\n`);
    await git.raw(['repack', '-adq']);
    const packs = join(folder, '.git', 'objects', 'pack');
    for (const name of await readdir(packs)) {
      await chmod(join(packs, name), 0o600);
      if (name.endsWith('.pack')) await truncate(join(packs, name), 40);
    }
    const ran = await scan(folder);
    expect(ran).toMatchObject({ code: 2, stderr: '' });
    const { findings, summary } = parse(ran.stdout);
    expect(findings.map(({ place }) => place.path)).toEqual(['a.txt']);
    expect(summary.skipped.map(({ why }) => why).join('\n')).toMatch(/git cannot read/);
  });

  it('an unknown revision', async () => {
    const { folder, git } = await repository('revision');
    await commit(folder, git, 'a.txt', 'hello\n');
    const ran = await scan(folder, '--since', 'no-such-branch');
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(/no-such-branch/);
  });

  it('an option that looks like a revision is refused, not passed on to git', async () => {
    const { folder, git } = await repository('option');
    await commit(folder, git, 'a.txt', 'hello\n');
    const ran = await scan(folder, '--range', '--output=/tmp/x..HEAD');
    expect(ran.code).toBe(2);
  });

  it('--staged outside a repository', async () => {
    const folder = join(at.folder, 'plain');
    await mkdir(folder);
    const ran = await scan(folder, '--staged');
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(/repository/);
  });

  it('an empty repository is clean', async () => {
    const { folder } = await repository('empty');
    expect(await scan(folder)).toMatchObject({ code: 0, stderr: '' });
  });

  it('a bare repository, a worktree and a submodule are read like any other', async () => {
    const { folder, git } = await repository('origin');
    await commit(folder, git, 'a.env', `TOKEN=${token()}\n`);
    await simpleGit().clone(folder, join(at.folder, 'bare.git'), ['--quiet', '--bare']);
    await git.raw(['worktree', 'add', '-q', join(at.folder, 'worktree'), '-b', 'side']);
    const outer = await repository('outer');
    execFileSync('git', ['-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', folder, 'inner'], {
      cwd: outer.folder,
      stdio: 'ignore',
    });
    for (const target of [
      join(at.folder, 'bare.git'),
      join(at.folder, 'worktree'),
      join(outer.folder, 'inner'),
    ]) {
      const ran = await scan(target);
      expect(ran.code, `${target} ${ran.stderr}`).toBe(1);
      expect(
        parse(ran.stdout).findings.map((finding) => [finding.rule, finding.place.path, finding.place.line]),
      ).toEqual([['github-pat-classic', 'a.env', 1]]);
    }
  });

  it('a damaged object is named, everything else is read', async () => {
    const { folder, git } = await repository('damaged');
    await commit(folder, git, 'a.txt', 'first\n');
    await commit(folder, git, 'b.env', `TOKEN=${token()}\n`);
    const oid = (await git.raw(['rev-parse', 'HEAD:a.txt'])).trim();
    const file = join(folder, '.git/objects', oid.slice(0, 2), oid.slice(2));
    await chmod(file, 0o644);
    await writeFile(file, 'this is no zlib stream');
    const ran = await scan(folder);
    expect(ran.code).toBe(2);
    const report = parse(ran.stdout);
    expect(
      report.summary.skipped.some((skipped) => `${skipped.path} ${skipped.why}`.includes(oid.slice(0, 12))),
    ).toBe(true);
    expect(report.findings.map((finding) => finding.place.path)).toEqual(['b.env']);
  });

  it('a folder of objects that cannot be listed is named', async () => {
    const { folder, git } = await repository('unlisted');
    await commit(folder, git, 'b.env', `TOKEN=${token()}\n`);
    const packs = join(folder, '.git/objects/pack');
    await rm(packs, { recursive: true });
    await writeFile(packs, 'no folder, for any user');
    const ran = await scan(folder);
    expect(ran.code).toBe(2);
    const report = parse(ran.stdout);
    expect(report.summary.skipped.map((skipped) => skipped.path)).toContainEqual(
      expect.stringMatching(/objects.pack$/),
    );
    expect(report.findings.map((finding) => finding.place.path)).toEqual(['b.env']);
  });

  it.skipIf(process.getuid?.() === 0)('an unreadable file is named', async () => {
    const folder = join(at.folder, 'unreadable');
    await mkdir(folder);
    await writeFile(join(folder, 'secret.env'), 'A=1\n', { mode: 0 });
    const ran = await scan(folder);
    expect(ran.code).toBe(2);
    expect(parse(ran.stdout).summary.skipped).toMatchObject([{ path: 'secret.env' }]);
  });

  it('a loop of symbolic links ends', async () => {
    const folder = join(at.folder, 'loop');
    await mkdir(folder);
    await symlink('.', join(folder, 'self'));
    await writeFile(join(folder, 'a.env'), `TOKEN=${token()}\n`);
    const ran = await scan(folder);
    expect(parse(ran.stdout).findings).toHaveLength(1);
  });
});

describe('settings', () => {
  const config = async (text: string): Promise<string> => {
    const file = join(at.folder, 'keyburn.toml');
    await writeFile(file, text);
    return file;
  };

  it('broken TOML names file, line and column', async () => {
    const ran = await scan(at.folder, '--config', await config('[policy\nbreaker = 1\n'));
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(/keyburn\.toml:1:\d+: not TOML/);
  });

  it('all faults come at once', async () => {
    const text = '[policy]\nbreaker = -1\ntypo = true\n[[host]]\nhost = "ghe"\nkind = "gitlab"\napi = "x"\n';
    const ran = await scan(at.folder, '--config', await config(text));
    expect(ran.code).toBe(2);
    for (const part of ['policy.breaker', 'typo', 'host #1.kind', 'host #1.api'])
      expect(ran.stderr).toContain(part);
  });

  it('a missing file that was named', async () => {
    expect(await scan(at.folder, '--config', join(at.folder, 'none.toml'))).toMatchObject({
      code: 2,
      stdout: '',
    });
  });

  it('a keyburn.toml in the scanned folder is not read', async () => {
    const folder = join(at.folder, 'hostile');
    await mkdir(folder);
    await writeFile(join(folder, 'keyburn.toml'), 'this is not even TOML');
    expect((await scan(folder)).code).toBe(0);
  });

  it('a rule that names a URL, in one message with every other fault', async () => {
    const rules = join(at.folder, 'rules');
    await mkdir(rules, { recursive: true });
    await writeFile(
      join(rules, 'acme.toml'),
      `provider = "Acme"\n[[rule]]\nid = "acme-token"\ntitle = "Acme token"\nseverity = "high"\nservices = []\nliterals = ["acm_"]\npattern = '''acm_[a-z]{20}'''\nverify = "https://evil.example/{{secret}}"\nmatch = ["acm_{{lower:20}}"]\nmiss = ["acm_1"]\n`,
    );
    const ran = await scan(at.folder, '--rules', rules);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(/acme\.toml: acme-token: .*verify/);
    expect(ran.stderr).not.toMatch(/^\s+at /m);
  });

  it('--revoke and --offline exclude each other', async () => {
    expect((await scan(at.folder, '--revoke')).stderr).toMatch(/exclude each other/);
  });

  it('an unknown option, an unknown command, an unknown format', async () => {
    for (const args of [['scan', '--nope'], ['burn'], ['scan', '--format', 'yaml']]) {
      const ran = await at.keyburn(...args);
      expect(ran.code, args.join(' ')).toBe(2);
      expect(ran.stderr).toMatch(/hint: /);
    }
  });

  it('an output that cannot be written', async () => {
    const ran = await scan(at.folder, '--output', join(at.folder, 'no/such/folder/report.json'));
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(/cannot be written/);
  });

  it('a damaged ledger is named, and left as it is', async () => {
    const other = await openConsole();
    await mkdir(join(other.folder, 'home'), { recursive: true });
    const file = join(other.folder, 'home/ledger.sqlite');
    await writeFile(file, 'this is no database, but somebody may want it back');
    const ran = await other.keyburn('incidents');
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('ledger.sqlite');
    await other.close();
  });
});

describe('one key on standard input', () => {
  it('nothing there', async () => {
    expect((await at.keyburnWith('\n', 'verify')).stderr).toMatch(/nothing on standard input/);
  });

  it('a shape that nobody knows', async () => {
    const ran = await at.keyburnWith('hello', 'verify');
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(/--service/);
  });

  it('never takes a key as an argument', async () => {
    const ran = await at.keyburn('verify', token());
    expect(ran.code).toBe(2);
  });
});

it('an offline scan leaves nothing behind but the fingerprint key', async () => {
  const other = await openConsole();
  await writeFile(join(other.folder, 'a.env'), `TOKEN=${token()}\n`);
  await other.keyburn('scan', '--offline', join(other.folder, 'a.env'));
  const left = await readdir(join(other.folder, 'home')).catch(() => []);
  expect(left.filter((name) => name.includes('ledger'))).toEqual([]);
  await rm(other.folder, { recursive: true });
});

import {
  chmodSync,
  chownSync,
  copyFileSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { SetupError } from '../../src/model/index.ts';
import { open } from '../../src/read/index.ts';
import { Listener } from './listener.ts';
import { ALL, placed, read } from './reading.ts';
import { Repo, scratch, write } from './scratch.ts';

const asRoot = process.getuid?.() === 0;

test('the working tree: committed, changed, staged, untracked, and ignored only where tracked', async () => {
  const repo = Repo.make();
  repo.commit({ tracked: 'x', 'build/kept': 'key_ign111', '.gitignore': 'build\n*.tmp\n' });
  write(repo.path, {
    tracked: 'key_chg222',
    'new file': 'key_new333',
    'a.tmp': 'key_tmp444',
    'build/out': 'key_out555',
  });
  write(repo.path, { staged: 'key_stg666' });
  repo.git('add', 'staged');
  const { listener } = await read(repo.path, { history: 'no' });
  expect(listener.places).toEqual([
    'file:build/kept key_ign111',
    'file:new file key_new333',
    'file:staged key_stg666',
    'file:tracked key_chg222',
  ]);
});

test('history: every blob once, reached or not, and messages of commits and tags', async () => {
  const repo = Repo.make();
  repo.commit({ a: 'key_one111', same: 'key_one111' }, 'first key_msg111');
  repo.git('tag', '-a', 'v1', '-m', 'tagged key_tag111');
  repo.git('rm', '-q', 'a', 'same');
  repo.git('commit', '-q', '-m', 'gone');
  repo.git('checkout', '-q', '-b', 'side');
  repo.commit({ b: 'key_two222' });
  repo.git('checkout', '-q', 'main');
  repo.git('branch', '-q', '-D', 'side');
  repo.gitWith('key_nob333', 'hash-object', '-w', '--stdin');
  const { listener } = await read(repo.path);
  expect(listener.places).toEqual([
    'blob key_nob333',
    'blob key_one111',
    'blob key_two222',
    'commit key_msg111',
    'tag key_tag111',
  ]);
  expect(listener.heard).toHaveLength(5);
  expect(listener.total).toMatchObject({ blobs: 3, commits: 3, files: 0 });
  expect(listener.skipped).toEqual([]);
});

test('a signature is a header, not a message', async () => {
  const repo = Repo.make();
  const tree = repo.gitWith('', 'mktree');
  const commit = [
    `tree ${tree}`,
    'author A <a@b> 0 +0000',
    'committer A <a@b> 0 +0000',
    'gpgsig BEGIN',
    ' key_sig111',
    ' END',
  ];
  repo.gitWith(
    `${commit.join('\n')}\n\nmessage key_msg222\n`,
    'hash-object',
    '-t',
    'commit',
    '-w',
    '--stdin',
  );
  expect((await read(repo.path)).listener.found).toEqual(['8 1:9 near key_msg222']);
});

test('blobs of all sizes: empty, larger than a pipe, larger than a chunk', async () => {
  const repo = Repo.make();
  const filler = (size: number) => '.\n'.repeat(size / 2);
  repo.commit({
    empty: '',
    middle: `${filler(300_000)}key_mid111\n${filler(1000)}`,
    large: `${filler(6_000_000)}key_big222\n${filler(6_000_000)}`,
    binary: Buffer.alloc(9_000_000),
    wide: Buffer.from(`\ufeff${filler(200)}key_utf333`, 'utf16le'),
  });
  repo.git('gc', '-q');
  const { listener } = await read(repo.path);
  expect(listener.places).toEqual([
    'blob key_big222',
    'blob key_mid111',
    'blob key_utf333',
    'file:large key_big222',
    'file:middle key_mid111',
    'file:wide key_utf333',
  ]);
  expect(listener.total).toMatchObject({ blobs: 5, files: 5, binary: 2 });
  expect(listener.heard.find(({ text }) => text === 'key_big222')?.span.line).toBe(3_000_001);
});

test('an empty repository is clean', async () => {
  const { listener } = await read(Repo.make().path);
  expect([listener.total, listener.heard, listener.skipped]).toEqual([
    { bytes: 0, files: 0, blobs: 0, commits: 0, binary: 0 },
    [],
    [],
  ]);
});

test('a bare repository has history alone, and nothing staged', async () => {
  const repo = Repo.make(scratch(), '--bare');
  repo.gitWith('key_abc123', 'hash-object', '-w', '--stdin');
  expect((await read(repo.path)).listener.places).toEqual(['blob key_abc123']);
  await expect(open(repo.path, { ...ALL, mode: { kind: 'staged' } })).rejects.toThrow(SetupError);
});

test('a working tree of its own, on a detached HEAD', async () => {
  const repo = Repo.make();
  repo.commit({ a: 'key_abc123' });
  const second = scratch();
  repo.git('worktree', 'add', '-q', '--detach', join(second, 'tree'));
  write(join(second, 'tree'), { untracked: 'key_def456' });
  const { listener } = await read(join(second, 'tree'));
  expect(listener.places).toEqual(['blob key_abc123', 'file:a key_abc123', 'file:untracked key_def456']);
});

test('a submodule is read as files of the whole, and with its history as a target', async () => {
  const inner = Repo.make();
  inner.commit({ old: 'key_old111' });
  inner.git('rm', '-q', 'old');
  inner.commit({ now: 'key_now222' });
  const outer = Repo.make();
  outer.git('submodule', '--quiet', 'add', inner.path, 'libs/sub');
  outer.commit({ own: 'key_own333' });
  write(outer.path, { 'clone/untracked': '' });
  Repo.make(join(outer.path, 'clone')).commit({ inside: 'key_ins444' });
  const whole = await read(outer.path);
  expect(whole.listener.places).toEqual([
    'blob key_own333',
    'file:clone/inside key_ins444',
    'file:libs/sub/now key_now222',
    'file:own key_own333',
  ]);
  const alone = await read(join(outer.path, 'libs/sub'));
  expect(alone.listener.places).toEqual(['blob key_now222', 'blob key_old111', 'file:now key_now222']);
});

test('working trees beside a bare git folder are read', async () => {
  const project = scratch();
  const bare = Repo.make(join(project, '.bare'), '--bare');
  write(project, { '.git': 'gitdir: ./.bare\n', notes: 'key_not111' });
  const root = bare.git('commit-tree', '-m', 'x', bare.gitWith('', 'mktree'));
  const tree = new Repo(join(project, 'main'));
  bare.git('worktree', 'add', '-q', '-b', 'work', tree.path, root);
  tree.commit({ a: 'key_abc123' });
  const reading = await read(project);
  expect(reading.listener.places).toEqual([
    'blob key_abc123',
    'file:main/a key_abc123',
    'file:notes key_not111',
  ]);
  const [commit] = (await placed(reading)).flat().map((place) => place.split(' ')[1]);
  expect(commit).toBe(tree.oid('HEAD').slice(0, 7));
});

test('git names its own folder, whatever a hook has set for another', async () => {
  const other = Repo.make();
  other.commit({ b: 'key_oth111' });
  const repo = Repo.make();
  repo.commit({ a: 'x' });
  write(repo.path, { a: 'key_one111', b: 'key_two222' });
  // As `git commit -a` does for its hooks: the index of the next commit is not the usual one.
  const index = join(repo.path, '.git/next-index');
  copyFileSync(join(repo.path, '.git/index'), index);
  vi.stubEnv('GIT_DIR', join(other.path, '.git'));
  vi.stubEnv('GIT_WORK_TREE', other.path);
  vi.stubEnv('GIT_INDEX_FILE', index);
  repo.gitWith(
    '',
    'update-index',
    '--add',
    '--cacheinfo',
    `100644,${repo.gitWith('key_nxt333', 'hash-object', '-w', '--stdin')},b`,
  );
  renameSync(join(repo.path, '.git/index'), index);
  repo.git('read-tree', 'HEAD');
  expect((await read(repo.path, { mode: { kind: 'staged' } })).listener.places).toEqual(['blob key_nxt333']);
  vi.stubEnv('GIT_INDEX_FILE', join(other.path, '.git/index'));
  expect((await read(repo.path, { mode: { kind: 'staged' } })).listener.places).toEqual([]);
});

test('without git on the PATH, a set-up error says so', async () => {
  const repo = Repo.make();
  vi.stubEnv('PATH', '');
  await expect(open(repo.path, ALL)).rejects.toMatchObject({
    name: 'SetupError',
    hint: expect.stringContaining('PATH'),
  });
});

test('a folder of a repository: its files, the history of all; an ignored folder is read as it is', async () => {
  const repo = Repo.make();
  repo.commit({ 'src/a': 'key_src111', 'other/b': 'key_oth222', '.gitignore': 'dist' });
  write(repo.path, { 'dist/c': 'key_dst333' });
  const paths = async (folder: string, history: 'auto' | 'no') =>
    (await read(join(repo.path, folder), { history })).listener.places;
  expect(await paths('src', 'no')).toEqual(['file:a key_src111']);
  expect(await paths('src', 'auto')).toEqual(['blob key_oth222', 'blob key_src111', 'file:a key_src111']);
  expect(await paths('dist', 'no')).toEqual(['file:c key_dst333']);
});

test('a tracked folder that became a symlink is not followed', async () => {
  const outside = scratch();
  write(outside, { file: 'key_out111' });
  const repo = Repo.make();
  repo.commit({ 'dir/file': 'x' });
  rmSync(join(repo.path, 'dir'), { recursive: true });
  symlinkSync(outside, join(repo.path, 'dir'));
  expect((await read(repo.path, { history: 'no' })).listener.places).toEqual([]);
});

test('names with spaces, newlines and bytes that are no text', async () => {
  const repo = Repo.make();
  repo.commit({ 'a b': 'key_abc123', 'new\nline': 'key_def456' });
  writeFileSync(Buffer.concat([Buffer.from(`${repo.path}/odd`), Buffer.from([0xff])]), 'key_odd999');
  const { listener } = await read(repo.path, { history: 'no' });
  expect(listener.places).toEqual([
    'file:a b key_abc123',
    'file:new\nline key_def456',
    'file:odd\\xff key_odd999',
  ]);
});

test.skipIf(asRoot)('files and folders that may not be read are named', async () => {
  const repo = Repo.make();
  repo.commit({ a: 'x', b: 'key_abc123' });
  write(repo.path, { 'closed/c': 'key_def456' });
  chmodSync(join(repo.path, 'a'), 0);
  chmodSync(join(repo.path, 'closed'), 0);
  const { listener } = await read(repo.path, { history: 'no' });
  chmodSync(join(repo.path, 'closed'), 0o700);
  expect(listener.places).toEqual(['file:b key_abc123']);
  expect(listener.skipped).toEqual([
    { path: 'a', why: 'permission denied' },
    { path: 'closed', why: 'permission denied' },
  ]);
});

test('a damaged object is named, and all others are read', async () => {
  const repo = Repo.make();
  for (let index = 10; index < 40; index++)
    repo.commit({ [`f${index}`]: `key_numb${index}` }, `message key_mess${index}`);
  const bad = repo.oid('HEAD:f20');
  damage(repo, bad, (bytes) => bytes.fill(0x55, 5));
  const gone = repo.oid('HEAD:f30');
  damage(repo, gone, () => Buffer.from('this is no object'));
  // Its header is sound, so git lists it, and dies of it.
  const deadly = repo.oid('HEAD:f25');
  damage(repo, deadly, (bytes) => bytes.fill(0x55, bytes.length - 4));
  const { listener } = await read(repo.path);
  const blobs = listener.places.filter((place) => place.startsWith('blob'));
  expect(blobs).toHaveLength(27);
  expect(listener.places.filter((place) => place.startsWith('commit'))).toHaveLength(30);
  expect(listener.skipped.map(({ path }) => path).sort()).toEqual(
    [bad, gone, deadly].map((oid) => `object ${oid}`).sort(),
  );
  expect(listener.heard.filter(({ origin }) => origin.kind === 'blob')).toHaveLength(27);
});

test('a damaged pack: what is lost is named, the rest is read once', async () => {
  const repo = Repo.make();
  for (let index = 10; index < 40; index++)
    repo.commit({ [`f${index}`]: `key_numb${index} ${'x'.repeat(index)}` });
  repo.git('gc', '-q');
  const bad = repo.oid('HEAD:f20');
  const folder = join(repo.path, '.git/objects/pack');
  const name = readdirSync(folder).find((file) => file.endsWith('.pack')) ?? '';
  const listed = repo.git('verify-pack', '-v', join(folder, name.replace('.pack', '.idx'))).split('\n');
  const [, , , size, offset] = listed.find((line) => line.startsWith(bad))?.split(/ +/) ?? [];
  const pack = readFileSync(join(folder, name));
  chmodSync(join(folder, name), 0o644);
  writeFileSync(
    join(folder, name),
    pack.fill(0x55, Number(offset) + Number(size) - 5, Number(offset) + Number(size)),
  );
  const { listener } = await read(repo.path);
  const blobs = listener.heard.filter(({ origin }) => origin.kind === 'blob');
  expect(new Set(blobs.map(({ text }) => text)).size).toBe(29);
  expect(blobs).toHaveLength(29);
  expect(listener.total).toMatchObject({ blobs: 29, commits: 30 });
  expect(listener.skipped.map(({ path }) => path)).toEqual([`object ${bad}`]);
});

test('a pack without a usable index is named', async () => {
  const repo = Repo.make();
  repo.commit({ a: 'key_abc123' });
  repo.git('gc', '-q');
  repo.commit({ b: 'key_def456' });
  const packs = join(repo.path, '.git/objects/pack');
  for (const name of readdirSync(packs)) {
    if (!name.endsWith('.idx')) continue;
    chmodSync(join(packs, name), 0o644);
    writeFileSync(join(packs, name), 'no index');
  }
  const { listener } = await read(repo.path);
  expect(listener.places).toContain('blob key_def456');
  expect(listener.skipped.length).toBeGreaterThan(0);
});

test('a shallow clone is read and named as such', async () => {
  const origin = Repo.make();
  origin.commit({ a: 'key_old111' });
  origin.commit({ a: 'key_new222' });
  const folder = scratch();
  origin.git('clone', '-q', '--depth=1', `file://${origin.path}`, join(folder, 'clone'));
  const { listener } = await read(join(folder, 'clone'));
  expect(listener.places).toEqual(['blob key_new222', 'file:a key_new222']);
  expect(listener.skipped).toEqual([
    { path: join(folder, 'clone'), why: expect.stringContaining('shallow') },
  ]);
  expect((await read(join(folder, 'clone'), { history: 'no' })).listener.skipped).toEqual([]);
});

test('a partial clone: what its remote keeps is counted and named, and not fetched', async () => {
  const origin = Repo.make();
  origin.git('config', 'uploadpack.allowFilter', 'true');
  origin.commit({ a: 'key_old111' });
  origin.commit({ a: 'key_new222' });
  const folder = scratch();
  origin.git(
    'clone',
    '-q',
    '--no-checkout',
    '--filter=blob:none',
    `file://${origin.path}`,
    join(folder, 'clone'),
  );
  const { listener } = await read(join(folder, 'clone'));
  expect(listener.total).toMatchObject({ blobs: 0, commits: 2 });
  expect(listener.skipped).toEqual([
    { path: join(folder, 'clone'), why: expect.stringContaining('2 objects') },
  ]);
});

test('nothing that a repository configures is run', async () => {
  const repo = Repo.make();
  const folder = scratch();
  const trap = join(folder, 'trap.sh');
  writeFileSync(trap, `#!/bin/sh\ntouch '${join(folder, 'sprung')}'\ncat\n`);
  chmodSync(trap, 0o755);
  repo.commit({ a: 'key_abc123', '.gitattributes': '* filter=evil diff=evil' });
  for (const name of [
    'core.fsmonitor',
    'core.pager',
    'core.sshCommand',
    'diff.external',
    'gpg.program',
    'core.editor',
  ])
    repo.git('config', name, trap);
  for (const name of ['clean', 'smudge']) repo.git('config', `filter.evil.${name}`, trap);
  for (const name of ['textconv', 'command']) repo.git('config', `diff.evil.${name}`, trap);
  repo.git('config', 'log.showSignature', 'true');
  rmSync(join(folder, 'sprung'), { force: true });
  write(repo.path, { a: 'key_def456' });
  repo.git('-c', 'core.fsmonitor=false', '-c', 'filter.evil.clean=', 'add', 'a');
  rmSync(join(folder, 'sprung'), { force: true });
  write(repo.path, { a: 'key_ghi789' });
  for (const mode of [{ kind: 'all' }, { kind: 'staged' }, { kind: 'since', rev: 'HEAD' }] as const) {
    const reading = await read(repo.path, { mode });
    await reading.reader.locate(reading.listener.heard);
  }
  expect(readdirSync(folder)).toEqual(['trap.sh']);
});

test.runIf(asRoot)('a repository of another user is a set-up error that names the remedy', async () => {
  const repo = Repo.make();
  chownSync(repo.path, 12_345, 12_345);
  chownSync(join(repo.path, '.git'), 12_345, 12_345);
  await expect(open(repo.path, ALL)).rejects.toMatchObject({
    name: 'SetupError',
    hint: expect.stringContaining('safe.directory'),
  });
  vi.stubEnv('GIT_CONFIG_COUNT', '1');
  vi.stubEnv('GIT_CONFIG_KEY_0', 'safe.directory');
  vi.stubEnv('GIT_CONFIG_VALUE_0', repo.path);
  expect((await read(repo.path)).listener.skipped).toEqual([]);
});

test('an aborted signal ends the reading of history', async () => {
  const repo = Repo.make();
  repo.commit({ a: 'key_abc123' });
  const stop = new AbortController();
  const reader = await open(repo.path, { ...ALL, signal: stop.signal });
  stop.abort(new Error('enough'));
  await expect(reader.run(new Listener())).rejects.toThrow('enough');
});

afterEach(() => {
  vi.unstubAllEnvs();
});

function damage(repo: Repo, oid: string, change: (bytes: Buffer) => Buffer): void {
  const path = join(repo.path, '.git/objects', oid.slice(0, 2), oid.slice(2));
  chmodSync(path, 0o644);
  writeFileSync(path, change(readFileSync(path)));
}

test('a working tree in a folder whose name has a line end, asked from below its top', async () => {
  const repo = Repo.make();
  repo.commit({ 'in\nside/file': 'key_abc123' });
  const { listener } = await read(join(repo.path, 'in\nside'), { history: 'no' });
  expect(listener.places).toEqual(['file:file key_abc123']);
});

import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as zlib from 'node:zlib';
import { expect, test } from 'vitest';
import { SetupError } from '../../src/model/index.ts';
import { open } from '../../src/read/index.ts';
import { ALL, read } from './reading.ts';
import { Repo, scratch, write } from './scratch.ts';

const asRoot = process.getuid?.() === 0;

test('every regular file of a plain folder is looked at, in the order of names', async () => {
  const folder = scratch();
  write(folder, { 'b.txt': 'key_bbb222', 'a/deep/x': 'key_aaa111', 'a/empty': '', '.env': 'key_env333' });
  const { listener } = await read(folder);
  expect(listener.heard.map(({ origin }) => origin)).toEqual(
    ['.env', 'a/deep/x', 'b.txt'].map((path) => ({ kind: 'file', path, repository: folder })),
  );
  expect(listener.total).toEqual({ bytes: 30, files: 4, blobs: 0, commits: 0, binary: 0 });
  expect(listener.skipped).toEqual([]);
});

test('symlinks are not followed, in a circle or out of the folder', async () => {
  const outside = scratch();
  write(outside, { secret: 'key_out999' });
  const folder = scratch();
  write(folder, { 'in/file': 'key_abc123' });
  symlinkSync('.', join(folder, 'in', 'again'));
  symlinkSync(join(outside, 'secret'), join(folder, 'file'));
  symlinkSync(outside, join(folder, 'folder'));
  symlinkSync('nowhere', join(folder, 'broken'));
  const { listener } = await read(folder);
  expect(listener.places).toEqual(['file:in/file key_abc123']);
  expect(listener.skipped).toEqual([]);
});

test('a symlink that is the target itself is followed; one in a circle is a set-up error', async () => {
  const folder = scratch();
  write(folder, { 'real/file': 'key_abc123' });
  symlinkSync('real', join(folder, 'link'));
  symlinkSync('circle', join(folder, 'circle'));
  expect((await read(join(folder, 'link'))).listener.places).toEqual(['file:file key_abc123']);
  await expect(open(join(folder, 'circle'), ALL)).rejects.toThrow(SetupError);
});

test.skipIf(process.platform === 'win32')('a FIFO in a folder is not opened', async () => {
  const folder = scratch();
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  write(folder, { file: 'key_abc123' });
  expect((await read(folder)).listener.places).toEqual(['file:file key_abc123']);
});

test.skipIf(asRoot)('what may not be read is named', async () => {
  const folder = scratch();
  write(folder, { file: 'key_abc123', other: 'key_def456', 'dir/inside': 'x' });
  chmodSync(join(folder, 'file'), 0);
  chmodSync(join(folder, 'dir'), 0);
  const { listener } = await read(folder);
  chmodSync(join(folder, 'dir'), 0o700);
  expect(listener.places).toEqual(['file:other key_def456']);
  expect(listener.skipped).toEqual([
    { path: 'dir', why: 'permission denied' },
    { path: 'file', why: 'permission denied' },
  ]);
});

test('file names may hold spaces, newlines and bytes that are no text', async () => {
  const folder = scratch();
  write(folder, { 'a b': 'key_abc123', 'new\nline': 'key_def456' });
  const odd = Buffer.concat([
    Buffer.from(`${folder}/n\u00e4m`),
    Buffer.from([0xff, 0xe4]),
    Buffer.from('.txt'),
  ]);
  writeFileSync(odd, 'key_odd999');
  const { listener } = await read(folder);
  expect(listener.places).toEqual([
    'file:a b key_abc123',
    'file:new\nline key_def456',
    'file:näm\\xff\\xe4.txt key_odd999',
  ]);
});

test('a missing target, and options that need git, are set-up errors with a hint', async () => {
  const folder = scratch();
  const cases = [
    [join(folder, 'missing'), ALL],
    ['-', ALL],
    [folder, { ...ALL, history: 'yes' }],
    [folder, { ...ALL, mode: { kind: 'staged' } }],
    [folder, { ...ALL, mode: { kind: 'since', rev: 'HEAD' } }],
  ] as const;
  for (const [target, options] of cases) await expect(open(target, options)).rejects.toThrow(SetupError);
  await expect(open(join(folder, 'missing'), ALL)).rejects.toMatchObject({
    hint: expect.stringContaining('path'),
  });
});

test('a single file, CRLF and a line of megabytes included', async () => {
  const folder = scratch();
  const line = `${'x'.repeat(9_000_000)} key_abc123 ${'水'.repeat(100_000)} key_def456`;
  write(folder, { 'app.log': `one\r\n${line}\r\nkey_ghi789\r\n` });
  const { listener } = await read(join(folder, 'app.log'));
  expect(listener.heard.map(({ span, text }) => `${span.line}:${span.column} ${text}`)).toEqual([
    '2:9000002 key_abc123',
    '2:9100014 key_def456',
    '3:1 key_ghi789',
  ]);
  expect(listener.total.files).toBe(1);
});

const LOG = 'first\nkey_abc123\n';

test('packed logs are unpacked: .gz, of several members too', async () => {
  const folder = scratch();
  write(folder, { 'a.log.gz': Buffer.concat([zlib.gzipSync(LOG), zlib.gzipSync('and key_def456')]) });
  const { listener } = await read(folder);
  expect(listener.found).toEqual(['21 3:5 near key_def456', '6 2:1 near key_abc123']);
  expect(listener.skipped).toEqual([]);
});

test.runIf(typeof zlib.zstdCompressSync === 'function')(
  'packed logs are unpacked: .zst, of several frames too',
  async () => {
    const folder = scratch();
    write(folder, {
      'a.log.zst': Buffer.concat([zlib.zstdCompressSync(LOG), zlib.zstdCompressSync('and key_def456')]),
    });
    const { listener } = await read(join(folder, 'a.log.zst'));
    expect(listener.found).toEqual(['21 3:5 near key_def456', '6 2:1 near key_abc123']);
    expect(listener.skipped).toEqual([]);
  },
);

test('a packed log that is cut off is looked at as far as it goes, and named', async () => {
  const folder = scratch();
  const lines = Array.from({ length: 20_000 }, (_, line) => `line ${line * 7919} of a log`).join('\n');
  const packed = zlib.gzipSync(`key_abc123\n${lines}`);
  write(folder, { 'a.gz': packed.subarray(0, packed.length - 100), 'plain.gz': 'key_def456' });
  const { listener } = await read(folder);
  expect(listener.places).toEqual(['file:a.gz key_abc123', 'file:plain.gz key_def456']);
  expect(listener.skipped).toEqual([{ path: 'a.gz', why: expect.stringContaining('gzip') }]);
});

test('a packed binary is counted as binary', async () => {
  const folder = scratch();
  write(folder, { 'a.gz': zlib.gzipSync(Buffer.alloc(20_000)), 'b.bin': Buffer.alloc(100) });
  const { listener } = await read(folder);
  expect(listener.total).toMatchObject({ files: 2, binary: 2 });
  expect(listener.skipped).toEqual([]);
});

test('repositories in a plain folder are read with their history, and their files found where they are', async () => {
  const folder = scratch();
  const repo = Repo.make(join(folder, 'one'));
  repo.commit({ gone: 'key_old111' });
  repo.git('rm', '-q', 'gone');
  repo.commit({ here: 'key_new222', '.gitignore': 'ignored' });
  write(repo.path, { ignored: 'key_ign333' });
  mkdirSync(join(folder, 'two'));
  const { listener } = await read(folder);
  expect(listener.places).toEqual(['blob key_new222', 'blob key_old111', 'file:one/here key_new222']);
});

test('a bare repository and a second working tree in a plain folder: each history once', async () => {
  const folder = scratch();
  const repo = Repo.make(join(folder, 'one'));
  repo.commit({ here: 'key_new222' });
  repo.git('worktree', 'add', '-q', '--detach', join(folder, 'two'));
  repo.git('clone', '-q', '--bare', repo.path, join(folder, 'three.git'));
  const { listener } = await read(folder);
  expect(listener.heard.map(({ origin }) => (origin.kind === 'file' ? origin.path : origin.kind))).toEqual([
    'one/here',
    'blob',
    'blob',
    'two/here',
  ]);
});

test('an aborted signal ends the reading', async () => {
  const folder = scratch();
  write(folder, { a: 'key_abc123' });
  const reader = await open(folder, { ...ALL, signal: AbortSignal.abort(new Error('enough')) }).catch(
    (error: unknown) => error,
  );
  expect(reader).toMatchObject({ message: 'enough' });
});

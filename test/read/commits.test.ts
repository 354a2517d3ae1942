import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CONTEXT, SetupError } from '../../src/model/index.ts';
import { open } from '../../src/read/index.ts';
import { ALL, placed, read } from './reading.ts';
import { Repo, scratch, write } from './scratch.ts';

const range = (text: string) => ({ mode: { kind: 'range', range: text } }) as const;
const staged = { mode: { kind: 'staged' } } as const;

test('a range brings the blobs and messages of its commits, and nothing older', async () => {
  const repo = Repo.make();
  repo.commit({ old: 'key_old111' }, 'key_msg000');
  repo.git('tag', 'start');
  repo.commit({ 'new\nname': 'key_new222' }, 'key_msg222');
  repo.git('tag', 'end');
  repo.commit({ later: 'key_lat333' }, 'key_msg333');
  write(repo.path, { untracked: 'key_unt444' });
  const places = async (text: string) => (await read(repo.path, range(text))).listener.places;
  expect(await places('start..end')).toEqual(['blob key_new222', 'commit key_msg222']);
  expect(await places('end..')).toEqual(['blob key_lat333', 'commit key_msg333']);
  expect(await places('end..start')).toEqual([]);
  const since = await read(repo.path, { mode: { kind: 'since', rev: 'start' } });
  expect(since.listener.places).toEqual([
    'blob key_lat333',
    'blob key_new222',
    'commit key_msg222',
    'commit key_msg333',
  ]);
  expect(since.listener.total).toMatchObject({ commits: 2, blobs: 2, files: 0 });
});

test('a key that a merge brings by itself is in the range', async () => {
  const repo = Repo.make();
  repo.commit({ a: 'x' });
  repo.git('tag', 'start');
  repo.git('checkout', '-q', '-b', 'side');
  repo.commit({ side: 'key_sid111' });
  repo.git('checkout', '-q', 'main');
  repo.commit({ main: 'y' });
  repo.git('merge', '-q', '--no-commit', 'side');
  write(repo.path, { evil: 'key_evl222' });
  repo.git('add', '.');
  repo.git('commit', '-q', '-m', 'merge');
  const reading = await read(repo.path, range('start..HEAD'));
  expect(reading.listener.places).toEqual(['blob key_evl222', 'blob key_sid111']);
  const merge = repo.oid('HEAD').slice(0, 7);
  const side = repo.oid('side').slice(0, 7);
  expect((await placed(reading)).flat().sort()).toEqual([`evil:1 ${merge} false`, `side:1 ${side} false`]);
});

test('a rev that is not there, and a text that is no range, are set-up errors', async () => {
  const repo = Repo.make();
  repo.commit({ a: 'x' });
  for (const text of ['nowhere..HEAD', 'HEAD', '--all..HEAD', `${'0'.repeat(40)}..HEAD`])
    await expect(read(repo.path, range(text))).rejects.toThrow(SetupError);
  await expect(read(repo.path, { mode: { kind: 'since', rev: '--output=x' } })).rejects.toThrow(SetupError);
});

test('a range that a shallow clone cuts is never called complete', async () => {
  const origin = Repo.make();
  const first = origin.commit({ a: '1' });
  origin.commit({ a: 'key_two222' });
  origin.commit({ a: 'key_thr333' });
  const folder = join(scratch(), 'clone');
  origin.git('clone', '-q', '--depth=1', `file://${origin.path}`, folder);
  const clone = new Repo(folder);
  await expect(read(folder, range(`${first}..HEAD`))).rejects.toMatchObject({
    hint: expect.stringContaining('unshallow'),
  });
  origin.git('config', 'uploadpack.allowAnySHA1InWant', 'true');
  clone.git('fetch', '-q', '--depth=1', 'origin', first);
  const { listener } = await read(folder, range(`${first}..HEAD`));
  expect(listener.places).toEqual(['blob key_thr333']);
  expect(listener.skipped).toEqual([{ path: folder, why: expect.stringContaining('incomplete') }]);
});

test('a damaged object in a range is named, and the rest read', async () => {
  const repo = Repo.make();
  repo.commit({ a: '1' });
  repo.git('tag', 'start');
  repo.commit({ b: 'key_bbb111', c: 'key_ccc222' });
  repo.commit({ d: 'key_ddd333' });
  const bad = repo.oid('HEAD:c');
  rmSync(join(repo.path, '.git/objects', bad.slice(0, 2), bad.slice(2)));
  const { listener } = await read(repo.path, range('start..'));
  expect(listener.places).toEqual(['blob key_bbb111', 'blob key_ddd333']);
  expect(listener.skipped.map(({ path }) => path)).toEqual([`object ${bad}`]);
});

test('staged: only what the added lines hold, at its real line', async () => {
  const repo = Repo.make();
  repo.commit({ file: 'one\nkey_old111\nthree\nfour\n', gone: 'key_gon222', moved: 'key_mov333' });
  write(repo.path, {
    file: 'one\nkey_old111\nthree key_new444\nfour\nfive\nkey_six666\n',
    fresh: 'key_fre555\n',
  });
  repo.git('rm', '-q', 'gone');
  repo.git('add', '.');
  // A user's own ideas of how a diff looks change nothing.
  for (const [name, value] of Object.entries({
    interHunkContext: '9',
    context: '9',
    noprefix: 'true',
    orderFile: '/missing',
  }))
    repo.git('config', `diff.${name}`, value);
  write(repo.path, { file: 'key_not777', unstaged: 'key_uns888' });
  const reading = await read(repo.path, staged);
  expect(reading.listener.found).toEqual([
    '0 1:1 near key_fre555',
    '21 3:7 near key_new444',
    '42 6:1 near key_six666',
  ]);
  expect((await placed(reading)).flat().sort()).toEqual([
    'file:3 - false',
    'file:6 - false',
    'fresh:1 - false',
  ]);
});

test('staged: a block whose middle alone changed is found', async () => {
  const repo = Repo.make();
  repo.commit({ pem: 'BEGIN\nold\nEND\n\nBEGIN\nsame\nEND\n' });
  write(repo.path, { pem: 'BEGIN\nnew\nEND\n\nBEGIN\nsame\nEND\n' });
  repo.git('add', '.');
  expect((await read(repo.path, staged)).listener.heard.map(({ text }) => text)).toEqual(['BEGIN\nnew\nEND']);
});

test('staged before the first commit, and with names that git would quote', async () => {
  const repo = Repo.make();
  write(repo.path, {
    'a "b"\n': 'x\nkey_abc123',
    'é\t\\101': 'key_def456',
    wide: Buffer.from('\ufeffkey_utf111', 'utf16le'),
  });
  repo.git('add', '.');
  const reading = await read(repo.path, staged);
  expect(reading.listener.heard.map(({ text }) => text).sort()).toEqual([
    'key_abc123',
    'key_def456',
    'key_utf111',
  ]);
  expect((await placed(reading)).flat().sort()).toEqual([
    'a "b"\n:2 - false',
    'wide:1 - false',
    'é\t\\101:1 - false',
  ]);
});

test('staged: of a long file only what lies near an added line is looked at, as far as a match may reach', async () => {
  const repo = Repo.make();
  const far = Array.from({ length: 20_000 }, () => 'nothing').join('\n');
  repo.commit({ long: `${far}\nold\n${far}\n` });
  write(repo.path, { long: `${far}\nnew\n${far}\n` });
  repo.git('add', '.');
  const looked: number[] = [];
  const reader = await open(repo.path, { ...ALL, ...staged });
  await reader.run({
    look({ offset, ranges, within = [] }) {
      for (const { from, to } of ranges) looked.push(offset + from, offset + to);
      expect(within.length).toBeLessThan(2);
      return { findings: [], far: [] };
    },
    inherit: () => undefined,
    skip: () => undefined,
    advance: () => undefined,
  });
  const line = far.length + 1;
  expect([Math.min(...looked), Math.max(...looked)]).toEqual([line - CONTEXT, line + 4 + CONTEXT]);
});

test('staged: the same blob at two paths counts the lines of both', async () => {
  const repo = Repo.make();
  repo.commit({ a: 'key_aaa111\nx\n', b: 'x\nkey_bbb222\n' });
  write(repo.path, { a: 'key_aaa111\nkey_bbb222\n', b: 'key_aaa111\nkey_bbb222\n' });
  repo.git('add', '.');
  const reading = await read(repo.path, staged);
  expect(reading.listener.heard.map(({ text }) => text)).toEqual(['key_aaa111', 'key_bbb222']);
});

test('staged in a large blob: lines are counted through all of its ranges', async () => {
  const repo = Repo.make();
  const filler = '.\n'.repeat(2_600_000);
  repo.commit({ big: `key_old111\n${filler}end\n` });
  write(repo.path, { big: `key_old111\n${filler}key_new222\nend\n` });
  repo.git('add', '.');
  const { listener } = await read(repo.path, staged);
  expect(listener.heard.map(({ text, span }) => `${span.line} ${text}`)).toEqual(['2600002 key_new222']);
});

test('commits that a front door names: several tips, a tag with its message, and nothing that is no object id', async () => {
  const repo = Repo.make();
  repo.commit({ old: 'key_old111' });
  const start = repo.oid('HEAD');
  repo.commit({ one: 'key_one222' }, 'one');
  const one = repo.oid('HEAD');
  repo.git('reset', '-q', '--hard', start);
  repo.commit({ two: 'key_two333' }, 'two');
  repo.git('tag', '-a', '-m', 'key_tag444', 'v1');
  const commits = (tips: string[], not: string[]) =>
    read(repo.path, { mode: { kind: 'commits', tips, not } }).then(({ listener }) => listener.places);
  expect(await commits([one, repo.oid('v1')], [start])).toEqual([
    'blob key_one222',
    'blob key_two333',
    'tag key_tag444',
  ]);
  expect(await commits([one], [one])).toEqual([]);
  await expect(commits(['--all'], [])).rejects.toThrow(RangeError);
});

test('objects beside the commits are read wherever they stand, and placed as if all had been read', async () => {
  const repo = Repo.make();
  repo.commit({ old: 'key_old111', quiet: 'x' }, 'key_msg000');
  const start = repo.oid('HEAD');
  repo.commit({ one: 'key_one222', old: 'clean' });
  const objects = [repo.oid(`${start}:old`), start];
  const only = await read(repo.path, { mode: { kind: 'commits', tips: [], not: [], objects } });
  expect(only.listener.places).toEqual(['blob key_old111', 'commit key_msg000']);
  const mode = { kind: 'commits', tips: [repo.oid('HEAD')], not: [start], objects } as const;
  const both = await read(repo.path, { mode });
  const all = await read(repo.path, { history: 'yes' });
  const sorted = async (reading: typeof all) => [...new Set((await placed(reading)).flat())].sort();
  expect(await sorted(both)).toEqual(await sorted(all));
  expect(both.listener.skipped).toEqual([]);
  await expect(read(repo.path, { mode: { ...mode, objects: ['--all'] } })).rejects.toThrow(RangeError);
});

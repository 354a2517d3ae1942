import { join } from 'node:path';
import { expect, test } from 'vitest';
import { placed, read } from './reading.ts';
import { Repo, scratch, write } from './scratch.ts';

const noHistory = { history: 'no' } as const;

function short(oid: string): string {
  return oid.slice(0, 7);
}

test('a blob has a place for each of its paths, with the first commit there, the oldest first', async () => {
  const repo = Repo.make();
  const first = repo.commit({ z: 'x\nkey_abc123\n' });
  repo.commit({ z: 'changed' });
  const second = repo.commit({ a: 'x\nkey_abc123\n' });
  repo.commit({ z: 'x\nkey_abc123\n' });
  repo.git('rm', '-q', 'a', 'z');
  repo.commit({});
  const reading = await read(repo.path);
  expect(await placed(reading)).toEqual([[`z:2 ${short(first)} false`, `a:2 ${short(second)} false`]]);
  const [located] = await reading.reader.locate(reading.listener.heard);
  expect(located?.places[0]?.place).toEqual({
    kind: 'blob',
    path: 'z',
    line: 2,
    column: 1,
    endLine: 2,
    repository: repo.path,
    object: repo.oid(`${first}:z`),
    commit: first,
    author: 'Ada',
    email: 'ada@example.com',
    date: expect.stringMatching(/^2026-01-01T00:0\d:00(Z|\+00:00)$/),
  });
});

test('messages are placed by their own headers, zone included', async () => {
  const repo = Repo.make();
  repo.commit({}, 'key_msg111');
  repo.git('tag', '-a', 'v1', '-m', 'key_tag222');
  const tree = repo.oid('HEAD^{tree}');
  const raw = `tree ${tree}\nauthor Jo <jo@x> 1767225600 -0330\ncommitter C <c@x> 0 +0000\n\nkey_raw333\n`;
  const lost = repo.gitWith(raw, 'hash-object', '-t', 'commit', '-w', '--stdin');
  const reading = await read(repo.path);
  const located = await reading.reader.locate(reading.listener.heard);
  const byText = new Map(reading.listener.heard.map(({ text }, index) => [text, located[index]?.places[0]]));
  expect(byText.get('key_msg111')).toMatchObject({
    place: { commit: repo.oid('HEAD'), author: 'Ada' },
    pushed: false,
  });
  expect(byText.get('key_tag222')).toMatchObject({ place: { path: 'tag:v1', author: 'Bob' }, pushed: false });
  expect(byText.get('key_raw333')?.place).toMatchObject({
    path: `commit:${lost.slice(0, 12)}`,
    author: 'Jo',
    date: '2025-12-31T20:30:00-03:30',
  });
});

test('a commit that nothing reaches still says who and where; a stray blob says itself', async () => {
  const repo = Repo.make();
  const lost = repo.commit({ left: 'key_los111' });
  repo.git('checkout', '-q', '--orphan', 'other');
  repo.git('rm', '-q', '-f', 'left');
  repo.commit({ b: 'x' });
  repo.git('branch', '-q', '-D', 'main');
  repo.git('reflog', 'expire', '--expire=now', '--all');
  const stray = repo.gitWith('key_str222', 'hash-object', '-w', '--stdin');
  const places = (await placed(await read(repo.path))).flat().sort();
  expect(places).toEqual([`blob:${stray.slice(0, 12)}:1 - false`, `left:1 ${short(lost)} false`]);
});

test('pushed: what the remote-tracking refs reach; the address is the web page, without credentials', async () => {
  const origin = Repo.make(scratch(), '--bare');
  const repo = Repo.make();
  repo.git('remote', 'add', 'origin', origin.path);
  const out = repo.commit({ 'dir/a b': 'x\nkey_out111' }, 'key_msg111');
  repo.git('push', '-q', 'origin', 'main');
  const here = repo.commit({ c: 'key_her222' });
  write(repo.path, { d: 'key_new333' });
  repo.git('remote', 'set-url', 'origin', 'https://user:pass@github.com/owner/name.git');
  const reading = await read(repo.path);
  const located = await reading.reader.locate(reading.listener.heard);
  const shown = reading.listener.heard.map(({ origin: { kind }, text }, index) => {
    const { pushed, remote, place } = located[index]?.places[0] ?? {};
    expect(remote).toBe('https://github.com/owner/name.git');
    return `${kind} ${text} ${pushed} ${place?.url}`;
  });
  expect(shown.sort()).toEqual([
    'blob key_her222 false undefined',
    `blob key_out111 true https://github.com/owner/name/blob/${out}/dir/a%20b#L2`,
    'file key_her222 false undefined',
    'file key_new333 false undefined',
    `file key_out111 true https://github.com/owner/name/blob/${out}/dir/a%20b#L2`,
    `message key_msg111 true https://github.com/owner/name/commit/${out}`,
  ]);
  expect(here).not.toBe(out);
});

test('local is what a branch here holds and the remote never had; what was pushed once stays pushed', async () => {
  const origin = Repo.make(scratch(), '--bare');
  const repo = Repo.make();
  repo.git('remote', 'add', 'origin', origin.path);
  repo.commit({ a: 'x' });
  repo.git('push', '-q', 'origin', 'main');
  // Thrown away by a force push: the remote had it.
  repo.commit({ pushed: 'key_pus111' });
  repo.git('push', '-q', 'origin', 'main');
  repo.git('reset', '-q', '--hard', 'HEAD~1');
  repo.git('push', '-q', '-f', 'origin', 'main');
  // Thrown away here: nobody can say whether it left.
  repo.commit({ amended: 'key_ame222' });
  repo.git('reset', '-q', '--hard', 'HEAD~1');
  // A branch that was pushed, and deleted there.
  repo.git('checkout', '-q', '-b', 'merged');
  repo.commit({ squashed: 'key_squ333' });
  repo.git('push', '-q', '-u', 'origin', 'merged');
  repo.git('push', '-q', 'origin', '--delete', 'merged');
  repo.git('checkout', '-q', 'main');
  // What a branch here alone holds.
  repo.commit({ ours: 'key_our444' });
  const reading = await read(repo.path, { history: 'yes' });
  const located = await reading.reader.locate(reading.listener.heard);
  const shown = reading.listener.heard.flatMap(({ origin: { kind }, text }, index) =>
    kind === 'blob' ? [`${text} ${located[index]?.places[0]?.pushed}`] : [],
  );
  expect(shown.sort()).toEqual([
    'key_ame222 unknown',
    'key_our444 false',
    'key_pus111 true',
    'key_squ333 unknown',
  ]);
});

test('without history, a file is placed by HEAD where its bytes stand there', async () => {
  const repo = Repo.make();
  const first = repo.commit({ same: 'key_abc123\n', changed: 'key_def456\nx\n', 'crlf.txt': 'key_crl111\n' });
  const second = repo.commit({ 'sub/moved': 'key_mov333\n' });
  write(repo.path, {
    changed: 'added key_add222\nkey_def456\n',
    'crlf.txt': 'key_crl111\r\n',
    fresh: 'key_new444',
  });
  const reading = await read(repo.path, noHistory);
  expect((await placed(reading)).flat()).toEqual(
    [
      'fresh:1 - false',
      'changed:1 - false',
      `changed:2 ${short(first)} false`,
      `crlf.txt:1 ${short(first)} false`,
      `same:1 ${short(first)} false`,
      `sub/moved:1 ${short(second)} false`,
    ].sort((a, b) => order(a) - order(b)),
  );
  const below = await read(join(repo.path, 'sub'), noHistory);
  expect((await placed(below)).flat()).toEqual([`moved:1 ${short(second)} false`]);
  const single = await read(join(repo.path, 'same'));
  expect((await placed(single)).flat()).toEqual([`${join(repo.path, 'same')}:1 ${short(first)} false`]);

  function order(place: string): number {
    return reading.listener.heard.findIndex(
      ({ origin, span }) => origin.kind === 'file' && place.startsWith(`${origin.path}:${span.line}`),
    );
  }
});

test('whether it left the machine is unknown where git cannot tell', async () => {
  const bare = Repo.make(scratch(), '--bare');
  const repo = Repo.make();
  repo.commit({ a: 'key_abc123' });
  repo.git('remote', 'add', 'origin', bare.path);
  expect((await placed(await read(repo.path))).flat().map((place) => place.split(' ')[2])).toEqual([
    'unknown',
    'unknown',
  ]);
  repo.git('push', '-q', bare.path, 'main');
  expect((await placed(await read(bare.path))).flat().map((place) => place.split(' ')[2])).toEqual([
    'unknown',
  ]);
  const folder = scratch();
  write(folder, { log: 'key_abc123' });
  expect((await placed(await read(folder))).flat()).toEqual(['log:1 - unknown']);
});

test('files of a submodule are placed by the submodule', async () => {
  const inner = Repo.make();
  const commit = inner.commit({ now: 'key_now222' });
  const outer = Repo.make();
  outer.git('submodule', '--quiet', 'add', inner.path, 'libs/sub');
  outer.commit({});
  const reading = await read(outer.path);
  const [located] = await reading.reader.locate(reading.listener.heard);
  expect(located?.places).toMatchObject([
    {
      place: { path: 'libs/sub/now', commit, repository: join(outer.path, 'libs/sub') },
      pushed: true,
      remote: inner.path,
    },
  ]);
});

test('an empty repository, no sightings, and attribution left out', async () => {
  const repo = Repo.make();
  write(repo.path, { a: 'key_abc123' });
  expect(await placed(await read(repo.path))).toEqual([['a:1 - false']]);
  repo.commit({ a: 'key_abc123' });
  const reading = await read(repo.path, { attribution: false });
  expect(await reading.reader.locate([])).toEqual([]);
  const [file, blob] = (await placed(reading)).flat().sort();
  expect(file).toBe('a:1 - unknown');
  expect(blob).toMatch(/^blob:[0-9a-f]{12}:1 - false$/);
});

test('the cases of a SHA-256 repository are the same', async () => {
  const repo = Repo.make(scratch(), '--object-format=sha256');
  const commit = repo.commit({ a: 'key_abc123' });
  const places = (await placed(await read(repo.path))).flat();
  expect(places).toEqual([`a:1 ${short(commit)} false`, `a:1 ${short(commit)} false`]);
});

import { readdirSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { SetupError } from '../../src/model/index.ts';
import { open } from '../../src/read/index.ts';
import { ALL, read } from './reading.ts';
import { Repo, scratch } from './scratch.ts';

test('an address is cloned with all refs, read, placed, and removed', async () => {
  const home = scratch();
  vi.stubEnv('KEYBURN_HOME', home);
  const repo = Repo.make();
  const commit = repo.commit({ a: 'key_abc123' });
  repo.git(
    'update-ref',
    'refs/pull/1/head',
    repo.gitWith('', 'commit-tree', '-m', 'key_pul111', `${commit}^{tree}`),
  );
  const url = `file://${repo.path}`;
  const { reader, listener } = await read(url);
  expect(listener.places).toEqual(['blob key_abc123', 'commit key_pul111']);
  const located = await reader.locate(listener.heard);
  const blob = listener.heard.findIndex(({ text }) => text === 'key_abc123');
  expect(located[blob]?.places).toMatchObject([
    { place: { path: 'a', commit, repository: url }, pushed: true, remote: url },
  ]);
  expect(readdirSync(home, { recursive: true }).length).toBeGreaterThan(1);
  await reader.close();
  await reader.close();
  expect(readdirSync(home)).toEqual(['clones']);
  expect(readdirSync(`${home}/clones`)).toEqual([]);
});

test.each([
  'http://example.com/o/r',
  'git://example.com/o/r',
  'ext::sh -c "touch x"',
  'ftp://example.com/o/r',
])('%s is refused', async (address) => {
  await expect(open(address, ALL)).rejects.toThrow(SetupError);
});

test('an address that cannot be cloned is a set-up error without its credentials, and leaves nothing behind', async () => {
  const home = scratch();
  vi.stubEnv('KEYBURN_HOME', home);
  const failed = await open(`file://${home}/missing`, ALL).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(SetupError);
  const refused = await open('https://user:hunter2@127.0.0.1:1/o/r.git', ALL).catch(
    (error: unknown) => error,
  );
  expect(refused).toBeInstanceOf(SetupError);
  expect(String(refused)).toContain('https://127.0.0.1:1/o/r.git');
  expect(String(refused)).not.toContain('hunter2');
  expect(readdirSync(`${home}/clones`)).toEqual([]);
});

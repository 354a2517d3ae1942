import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { appearances, REACHABLE, startLog } from '../../src/read/log.ts';
import { findRepository, type Repository } from '../../src/read/repository.ts';
import { Repo, scratch } from './scratch.ts';

async function opened(repo: Repo): Promise<Repository> {
  const repository = await findRepository(repo.path);
  if (repository === undefined) throw new Error('no repository is there');
  return repository;
}

test('the log that is started early says what the late one says', async () => {
  const repo = Repo.make();
  repo.commit({ a: 'one' });
  repo.commit({ a: 'two', 'dir/b c': 'one' });
  repo.git('checkout', '-q', '-b', 'side');
  repo.commit({ d: 'three' });
  const wanted = new Set([repo.oid('HEAD:a'), repo.oid('HEAD:dir/b c'), repo.oid('HEAD:d')]);
  const repository = await opened(repo);
  const log = startLog(repository);
  const late = await appearances(repository, wanted, REACHABLE);
  expect(late.blobs.size).toBe(3);
  expect(await log.told(wanted)).toEqual(late);
  // Once: whoever asks again asks git.
  expect(await log.told(wanted)).toBeUndefined();
});

test('an early log that ends badly says nothing, and one that nobody asks for can be stopped', async () => {
  const repo = Repo.make();
  repo.commit({ a: 'one' });
  repo.commit({ a: 'two' });
  const repository = await opened(repo);
  const unasked = startLog(repository);
  unasked.stop();
  unasked.stop();
  expect(await unasked.told(new Set())).toBeUndefined();
  const tree = repo.oid('HEAD~1^{tree}');
  rmSync(join(repo.path, '.git/objects', tree.slice(0, 2), tree.slice(2)));
  expect(await startLog(repository).told(new Set([repo.oid('HEAD:a')]))).toBeUndefined();
});

test('it leaves nothing behind', async () => {
  const repo = Repo.make();
  repo.commit({ a: 'one' });
  const folder = scratch();
  vi.stubEnv('TMPDIR', folder);
  onTestFinished(() => void vi.unstubAllEnvs());
  const log = startLog(await opened(repo));
  expect(readdirSync(folder)).toEqual([]);
  log.stop();
});

test('without a temporary folder nothing is started early', async () => {
  const repo = Repo.make();
  repo.commit({ a: 'one' });
  vi.stubEnv('TMPDIR', join(repo.path, 'not there'));
  onTestFinished(() => void vi.unstubAllEnvs());
  const log = startLog(await opened(repo));
  expect(await log.told(new Set([repo.oid('HEAD:a')]))).toBeUndefined();
  log.stop();
});

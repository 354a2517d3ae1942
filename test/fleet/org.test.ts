// `keyburn org` from end to end: real repositories behind a double of GitHub, the real embedded key service.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commit, fork, git, makeBare } from './repositories.ts';
import { lines, OrgStage } from './stage.ts';

let stage: OrgStage;
beforeEach(async () => {
  stage = await OrgStage.set();
});
afterEach(() => stage.close());

/** A repository with one file a commit. */
function host(id: number, files: readonly Record<string, string>[], name = `acme/r${id}`): string {
  const folder = makeBare(stage.hosted, id);
  if (files.length > 0)
    commit(
      folder,
      files.map((one) => ({ files: one })),
    );
  stage.github.add({ id, name });
  return folder;
}

const plain = { 'README.md': '# nothing here\n' };
const holding = (key: string) => ({ 'pay.env': `PAYMENTS_KEY=${key}\n` });

/** As a push would: new commits, a new date. */
function push(id: number, ...commits: Parameters<typeof commit>[1]): void {
  commit(join(stage.hosted, `${id}.git`), commits);
  const repository = stage.github.repositories.get(id);
  if (repository) repository.pushedAt = new Date().toISOString();
}

describe('keyburn org', { timeout: 60_000 }, () => {
  it('says of a misspelt name what else it may be, and counts in words', async () => {
    host(1, [plain]);
    const ran = await stage.keyburn('org', 'acme', 'acmee', '--base-url', stage.github.url);
    expect(ran.code, ran.stderr).toBe(2);
    expect(ran.stdout).toMatch(/acmee: cannot be listed: \S+ knows no organisation acmee \(.*--user/);
    expect(ran.stderr).toMatch(/^keyburn: 1 repository scanned; \d+ requests; /m);
    const status = await stage.keyburn('fleet');
    expect([status.code, status.stdout]).toEqual([0, expect.stringContaining('1 known, 1 scanned')]);
  });

  it('finds, burns, tells and remembers, and then reads only what is new', async () => {
    const [first, second] = [await stage.key(), await stage.key()];
    host(1, [plain, holding(first), plain]);
    host(2, [plain]);
    host(3, []);
    const ran = await stage.org('--revoke', '--format', 'jsonl');
    expect(ran.code, ran.stderr).toBe(1);
    const report = lines(ran.stdout);
    expect(report.findings).toMatchObject([
      {
        exposure: 'public',
        receipt: { outcome: 'revoked' },
        place: { path: 'pay.env', repository: `${stage.github.url}/acme/r1.git` },
      },
    ]);
    expect(report.summary.skipped).toEqual([]);
    expect(await stage.works(first)).toBe(false);
    expect(stage.told().map(({ type }) => type)).toEqual(['incident.burned']);

    stage.github.calls.length = 0;
    const packs = stage.github.git.packs;
    const again = await stage.org('--revoke', '--format', 'jsonl');
    expect(again.code, again.stderr).toBe(0);
    expect(stage.github.calls.map(({ status }) => status)).toEqual([304]);
    expect(stage.github.git.packs).toBe(packs);

    push(2, { files: holding(second) });
    const third = await stage.org('--revoke', '--format', 'jsonl');
    expect(lines(third.stdout).findings).toHaveLength(1);
    expect(lines(third.stdout).summary.blobs).toBe(1);
    expect(await stage.works(second)).toBe(false);
    expect(stage.told()).toHaveLength(2);
  });

  it('scans nothing of a fork that its parent has shown already', async () => {
    const [shared, own] = [await stage.key(), await stage.key()];
    host(1, [plain, holding(shared)]);
    fork(stage.hosted, 1, 2);
    stage.github.add({ id: 2, name: 'acme/fork', source: 1, pushedAt: '2025-01-01T00:00:00Z' });
    const first = lines((await stage.org('--format', 'jsonl', '--concurrency', '1')).stdout);
    expect(first.findings).toHaveLength(1);
    push(2, { files: holding(own) });
    const second = lines((await stage.org('--format', 'jsonl')).stdout);
    expect(second.findings.map(({ place }) => place.repository)).toEqual([
      `${stage.github.url}/acme/fork.git`,
    ]);
    expect(second.summary.blobs).toBe(1);
  });

  it('reads what more people could see in a public fork of a private repository', async () => {
    const key = await stage.key();
    host(1, [holding(key)]);
    const parent = stage.github.repositories.get(1);
    if (parent) parent.visibility = 'private';
    fork(stage.hosted, 1, 2);
    stage.github.add({ id: 2, name: 'acme/fork', source: 1, pushedAt: '2025-01-01T00:00:00Z' });
    const ran = await stage.org('--revoke', '--format', 'jsonl', '--concurrency', '1');
    expect(await stage.works(key), ran.stderr).toBe(false);
    expect(lines(ran.stdout).findings.map(({ exposure }) => exposure)).toContain('public');
  });

  it('finds what a forced push and a deleted branch took away', async () => {
    const [pushedAway, deleted] = [await stage.key(), await stage.key()];
    const folder = host(1, [plain]);
    const before = commit(folder, [{ files: holding(pushedAway) }]);
    git(folder, 'update-ref', 'refs/heads/main', `${before}~1`);
    const branch = commit(folder, [
      { ref: 'refs/heads/try', from: 'refs/heads/main', files: { 'b.env': holding(deleted)['pay.env'] } },
    ]);
    git(folder, 'update-ref', '-d', 'refs/heads/try');
    const zero = '0'.repeat(40);
    const at = '2026-01-02T00:00:00Z';
    stage.github.repositories.get(1)?.activity.push(
      { id: 1, before, after: zero, ref: 'refs/heads/main', timestamp: at, activity_type: 'force_push' },
      {
        id: 2,
        before: branch,
        after: zero,
        ref: 'refs/heads/try',
        timestamp: at,
        activity_type: 'branch_deletion',
      },
      {
        id: 3,
        before: 'a'.repeat(40),
        after: zero,
        ref: 'refs/heads/x',
        timestamp: at,
        activity_type: 'branch_deletion',
      },
    );
    const ran = await stage.org('--format', 'jsonl');
    const report = lines(ran.stdout);
    expect(report.findings.map(({ place }) => place.path).sort(), ran.stderr).toEqual(['b.env', 'pay.env']);
    expect(report.summary.skipped).toEqual([]);
    expect(lines((await stage.org('--format', 'jsonl')).stdout).findings).toEqual([]);
  });

  it('asks once for what was taken away since, and for each kind where much has happened', async () => {
    const folder = host(1, [plain]);
    const repository = stage.github.repositories.get(1);
    const at = '2026-01-02T00:00:00Z';
    const zero = '0'.repeat(40);
    let id = 0;
    const happen = (before: string, kind: 'push' | 'branch_deletion'): void => {
      repository?.activity.push({
        id: ++id,
        before,
        after: zero,
        ref: 'refs/heads/x',
        timestamp: at,
        activity_type: kind,
      });
    };
    const takeAway = async (): Promise<string> => {
      const key = await stage.key();
      const ref = 'refs/heads/try';
      happen(commit(folder, [{ ref, from: 'refs/heads/main', files: holding(key) }]), 'branch_deletion');
      git(folder, 'update-ref', '-d', ref);
      // Whatever takes a commit away changes a ref.
      commit(folder, [{ files: { [`${id}.txt`]: 'more\n' } }]);
      if (repository) repository.pushedAt = new Date(Date.now() + id).toISOString();
      return key;
    };
    const scan = async (): Promise<number> => {
      stage.github.calls.length = 0;
      await stage.org('--revoke', '--fail-on', 'none');
      return stage.github.calls.filter(({ path }) => path.includes('/activity')).length;
    };
    const keys = [await takeAway()];
    expect(await scan()).toBe(2);
    keys.push(await takeAway());
    expect(await scan()).toBe(1);
    keys.push(await takeAway());
    for (let index = 0; index < 120; index++) happen('b'.repeat(40), 'push');
    expect(await scan()).toBe(3);
    keys.push(await takeAway());
    // One page is not all of it, but reaches back to the last time.
    expect(await scan()).toBe(1);
    for (const key of keys) expect(await stage.works(key)).toBe(false);
  });

  it('reads pull requests and tags', async () => {
    const [pulled, tagged] = [await stage.key(), await stage.key()];
    const folder = host(1, [plain]);
    commit(folder, [
      { ref: 'refs/pull/7/head', from: 'refs/heads/main', files: { 'p.env': `K=${pulled}\n` } },
    ]);
    commit(folder, [{ ref: 'refs/tags/v1', from: 'refs/heads/main', files: { 't.env': `K=${tagged}\n` } }]);
    const report = lines((await stage.org('--format', 'jsonl')).stdout);
    expect(report.findings.map(({ place }) => place.path).sort()).toEqual(['p.env', 't.env']);
  });

  it('keeps the history of a repository that was renamed', async () => {
    host(1, [plain, holding(await stage.key())]);
    await stage.org('--format', 'jsonl');
    const repository = stage.github.repositories.get(1);
    repository?.formerly.push(repository.name);
    if (repository) repository.name = 'acme/renamed';
    push(1, { files: { 'new.txt': 'new\n' } });
    const report = lines((await stage.org('--format', 'jsonl')).stdout);
    expect(report.summary.blobs).toBe(1);
    expect(report.findings).toEqual([]);
  });

  it('reports what is broken, and goes on with the rest', async () => {
    const key = await stage.key();
    host(1, [holding(key)]);
    const broken = host(2, [plain]);
    rmSync(join(broken, 'objects'), { recursive: true });
    host(3, [plain]);
    const vanishing = stage.github.repositories.get(3);
    stage.github.beforeGit = (repository) => {
      if (repository === vanishing) repository.gone = true;
    };
    host(4, [plain]);
    const large = stage.github.repositories.get(4);
    if (large) large.sizeKb = 10_000_000;
    const ran = await stage.org('--revoke', '--format', 'jsonl', '--fail-on', 'live');
    expect(ran.code, ran.stderr).toBe(2);
    const { summary } = lines(ran.stdout);
    expect(summary.skipped.map(({ path }) => path).sort()).toEqual(['acme/r2', 'acme/r3', 'acme/r4']);
    expect(summary.skipped.find(({ path }) => path === 'acme/r3')?.why).toContain('deleted');
    expect(summary.skipped.find(({ path }) => path === 'acme/r4')?.why).toContain('larger than');
    expect(await stage.works(key)).toBe(false);
    // What was deleted is no gap any more; what is broken still is.
    stage.github.beforeGit = undefined;
    const again = lines((await stage.org('--format', 'jsonl')).stdout).summary.skipped;
    expect(again.map(({ path }) => path).sort()).toEqual(['acme/r2', 'acme/r4']);
  });

  it('stops asking with a credential that is refused, and says what was left', async () => {
    for (let id = 1; id <= 9; id++) host(id, [plain]);
    for (const one of stage.github.repositories.values()) one.visibility = 'private';
    await stage.org('--format', 'jsonl');
    for (let id = 1; id <= 9; id++) push(id, { files: { 'x.txt': 'x\n' } });
    stage.github.token = 'another-one';
    const ran = await stage.org('--format', 'jsonl');
    expect(ran.code, ran.stderr).toBe(2);
    const { skipped } = lines(ran.stdout).summary;
    expect(skipped).toContainEqual({ path: 'acme', why: expect.stringContaining('refused (401)') });
    expect(ran.stdout + ran.stderr).not.toContain('the-token-of-the-team');
  });

  it('waits for the host where a limit is reached', async () => {
    for (let id = 1; id <= 5; id++) host(id, [plain]);
    stage.github.limit = { requests: 4, windowMs: 1_000 };
    const ran = await stage.org('--format', 'jsonl');
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.stderr).toContain('rate limit');
    expect(stage.github.calls.some(({ status }) => status === 403)).toBe(true);
    expect(lines(ran.stdout).summary.skipped).toEqual([]);
  });

  it('lists page after page, and stops early the next time', async () => {
    // One empty folder stands for most of them.
    makeBare(stage.hosted, 1);
    makeBare(stage.hosted, 17);
    for (let id = 1; id <= 210; id++)
      stage.github.add({ id, name: `acme/r${id}`, ...(id === 17 ? {} : { folder: '1.git' }) });
    const sources = ['--sources', 'git', '--format', 'jsonl', '--shard', '1/40'];
    const first = await stage.org(...sources);
    expect(first.code, first.stderr.slice(0, 2_000)).toBe(0);
    expect(stage.github.calls).toHaveLength(3);
    stage.github.calls.length = 0;
    push(17, { files: plain });
    await stage.org(...sources);
    expect(stage.github.calls).toHaveLength(1);
    expect(stage.github.calls[0]?.status).toBe(200);
  });

  it('takes a list of names, and says which are not there', async () => {
    host(1, [plain]);
    const file = join(stage.folder, 'names.txt');
    writeFileSync(file, `# ours\nacme/r1\n${stage.github.url}/acme/none.git\n`);
    const { api } = stage.github;
    const ran = await stage.keyburn('org', '--repositories', file, '--base-url', api, '--format', 'jsonl');
    expect(ran.code, ran.stderr).toBe(2);
    expect(lines(ran.stdout).summary.skipped.map(({ path }) => path)).toEqual(['acme/none']);
  });
});

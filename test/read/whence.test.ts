// What a walk of the trees says of who brought a blob is what `git log` says, on histories of every kind.

import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { appearances, lostAppearances, oldestFirst, REACHABLE, type Told } from '../../src/read/log.ts';
import { JobReader, type RunCensus } from '../../src/read/pack/index.ts';
import { findRepository, type Repository } from '../../src/read/repository.ts';
import { whence } from '../../src/read/whence/index.ts';
import { Repo, scratch } from './scratch.ts';

const PATHS = ['a', 'b', 'a.c', 'a/x', 'd/a', 'd/b', 'd/e/a', 'd/e/f/b', 'a-b/é', 'long/way/down/to/a'];
const CONTENTS = Array.from({ length: 6 }, (_, i) => `content ${i}\n`.repeat(i + 1));

interface Step {
  /** Whose tip moves; a branch that is not there yet begins anew, without a parent. */
  readonly branch: number;
  readonly merged: readonly number[];
  /** To where the branch is forced before; its old commits may be lost. */
  readonly reset: number | undefined;
  /** Seconds since the commit before: often none, sometimes less. */
  readonly later: number;
  readonly edits: readonly { readonly path: number; readonly content: number | undefined }[];
}

const branch = fc.nat({ max: 3 });
const step: fc.Arbitrary<Step> = fc.record({
  branch,
  merged: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.uniqueArray(branch, { maxLength: 3 }) },
  ),
  reset: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: branch }),
  later: fc.constantFrom(0, 0, 1, 60, 60, -90),
  edits: fc.array(
    fc.record({
      path: fc.nat({ max: PATHS.length - 1 }),
      content: fc.option(fc.nat({ max: CONTENTS.length - 1 }), { nil: undefined }),
    }),
    { maxLength: 4 },
  ),
});

/** A stream for `git fast-import`; merges are made by hand, so some are evil and some keep to one side. */
function stream(steps: readonly Step[], first = 0): string {
  const lines: string[] = [];
  const tips = new Map<number, number>();
  let date = 1_700_000_000 + 1000 * first;
  for (const [at, { branch: own, merged, reset, later, edits }] of steps.entries()) {
    date += later;
    const forced = reset === undefined ? undefined : tips.get(reset);
    if (forced !== undefined) {
      lines.push(`reset refs/heads/b${own}`, `from :${forced}`, '');
      tips.set(own, forced);
    }
    const parents = [own, ...merged.filter((one) => one !== own)].flatMap((one) => tips.get(one) ?? []);
    const message = `step ${first + at}`;
    lines.push(`commit refs/heads/b${own}`, `mark :${at + 1}`);
    lines.push(
      `author Zoë <zoe@example.invalid> ${date - 5} +0130`,
      `committer C <c@example.invalid> ${date} +0000`,
    );
    lines.push(`data ${message.length}`, message);
    const [from, ...others] = tips.has(own) ? parents : [undefined, ...parents];
    if (from !== undefined) lines.push(`from :${from}`);
    for (const other of new Set(others)) lines.push(`merge :${other}`);
    for (const { path, content } of edits) {
      const name = PATHS[path] ?? '';
      const text = content === undefined ? undefined : CONTENTS[content];
      if (text === undefined) lines.push(`D ${name}`);
      else lines.push(`M 100644 inline ${name}`, `data ${text.length}`, text);
    }
    lines.push('');
    tips.set(own, at + 1);
  }
  return `${lines.join('\n')}\n`;
}

function imported(steps: readonly Step[], repo = Repo.make(scratch(), '--bare'), first = 0): Repo {
  repo.gitWith(stream(steps, first), '-c', 'fastimport.unpackLimit=1', 'fast-import', '--quiet', '--force');
  return repo;
}

async function opened(repo: Repo): Promise<Repository> {
  const repository = await findRepository(repo.path);
  if (repository === undefined) throw new Error('no repository is there');
  return repository;
}

function blobsOf(repo: Repo): Set<string> {
  const all = repo.git('cat-file', '--batch-all-objects', '--batch-check=%(objecttype) %(objectname)');
  return new Set(all.split('\n').flatMap((line) => (line.startsWith('blob ') ? [line.slice(5)] : [])));
}

function shown(told: Told | undefined): unknown {
  return (
    told && {
      whole: told.whole,
      blobs: Object.fromEntries([...told.blobs].map(([oid, paths]) => [oid, oldestFirst(paths)])),
    }
  );
}

/** What a walk says and what the log says, of all blobs: what commits have, and then the rest. */
async function both(repo: Repo, engine: 'wasm' | 'plain' = 'wasm'): Promise<{ walk: unknown; log: unknown }> {
  const repository = await opened(repo);
  const wanted = blobsOf(repo);
  const runCensus: RunCensus = async (jobs) => {
    const sink = { look: () => ({ findings: [], far: [] }), inherit() {}, skip() {}, advance() {} };
    const reader = new JobReader({ repository: '', sink, engine, arena: 4_000_000, pages: 20 });
    const parts = jobs.map((job) => reader.census(job));
    reader.close();
    return parts;
  };
  const own = whence(repository, wanted, { runCensus });
  const reachable = await own.reachable(wanted);
  const missing = new Set([...wanted].filter((oid) => !reachable?.blobs.has(oid)));
  return {
    walk: [shown(reachable), shown(await own.lost(missing))],
    log: [
      shown(await appearances(repository, wanted, REACHABLE)),
      shown(await lostAppearances(repository, missing)),
    ],
  };
}

describe('who brought a blob', () => {
  it('is what git log says: branches, merges, octopuses, orphans, forced branches, equal dates', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const { walk, log } = await both(imported(steps));
        expect(walk).toEqual(log);
      }),
      { numRuns: 25 },
    );
  });

  it('is the same from several packs, loose objects and deltas as from one pack', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 4, maxLength: 20 }),
        fc.constantFrom('packs', 'loose', 'deltas', 'plain'),
        async (steps, kind) => {
          const repo = imported(steps);
          imported(steps.slice(0, 5), repo, 7);
          if (kind === 'deltas') repo.git('repack', '-A', '-d', '-f', '-q', '--depth=50', '--window=50');
          if (kind === 'loose') loosen(repo);
          const { walk, log } = await both(repo, kind === 'plain' ? 'plain' : 'wasm');
          expect(walk).toEqual(log);
        },
      ),
      { numRuns: 20 },
    );
  });
});

/** All objects loose: git leaves out what it has already, so the packs go aside first. */
function loosen(repo: Repo): void {
  const folder = join(repo.path, 'objects/pack');
  const packs = readdirSync(folder).filter((name) => name.endsWith('.pack'));
  const contents = packs.map((name) => readFileSync(join(folder, name)));
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { force: true });
  for (const content of contents) repo.gitWith(content, 'unpack-objects', '-q');
}

test('a chain of many versions of a wide folder, packed as deltas', async () => {
  const repo = Repo.make(scratch(), '--bare');
  const lines: string[] = [];
  for (let at = 0; at < 120; at++) {
    lines.push(
      'commit refs/heads/main',
      `committer C <c@example.invalid> ${1_700_000_000 + at} +0000`,
      'data 1',
      'x',
    );
    const count = at === 0 ? 700 : 3;
    for (let i = 0; i < count; i++) {
      const name = `wide/${(i * 37 + at * 11) % 900}/${i % 7}/file-${at % 5}`;
      const text = `text ${(i + at) % 40}`;
      lines.push(`M 100644 inline ${name}`, `data ${text.length}`, text);
    }
    if (at % 9 === 8) lines.push(`D wide/${(at * 11) % 900}`);
    lines.push('');
  }
  repo.gitWith(lines.join('\n'), 'fast-import', '--quiet');
  repo.git('repack', '-a', '-d', '-f', '-q', '--depth=50', '--window=20');
  const { walk, log } = await both(repo);
  expect(walk).toEqual(log);
});

test('objects that are borrowed, and a part of them again', async () => {
  const lender = Repo.make();
  lender.commit({ a: 'one', 'd/b': 'two' });
  lender.commit({ 'd/b': 'one' });
  lender.git('repack', '-a', '-d', '-q');
  const repo = Repo.make();
  appendFileSync(join(repo.path, '.git/objects/info/alternates'), `${join(lender.path, '.git/objects')}\n`);
  repo.git('update-ref', 'refs/heads/main', lender.oid('HEAD'));
  repo.git('reset', '-q', '--hard');
  repo.commit({ c: 'two', 'd/b': 'three' });
  repo.git('rm', '-q', 'a');
  repo.commit({ 'e/a': 'one' });
  const { walk, log } = await both(repo);
  expect(walk).toEqual(log);
});

test('a shallow clone: its oldest commits brought what they have', async () => {
  const repo = Repo.make();
  for (const at of [1, 2, 3, 4]) repo.commit({ a: `a${at}`, [`b${at}`]: 'same' });
  const path = join(scratch(), 'clone');
  repo.git('clone', '-q', '--depth=2', `file://${repo.path}`, path);
  const { walk, log } = await both(new Repo(path));
  expect(walk).toEqual(log);
});

test('a working tree of its own, commits that only a reflog has, and those that nothing has', async () => {
  const repo = Repo.make();
  repo.commit({ a: 'kept' });
  repo.commit({ b: 'dropped, and in the reflog' });
  repo.git('reset', '-q', '--hard', 'HEAD~1');
  const side = join(scratch(), 'side');
  repo.git('worktree', 'add', '-q', '--detach', side);
  const there = new Repo(side);
  there.commit({ c: 'in another working tree' });
  for (const one of [repo, there]) {
    const { walk, log } = await both(one);
    expect(walk).toEqual(log);
  }
  repo.git('reflog', 'expire', '--expire=now', '--all');
  const { walk, log } = await both(repo);
  expect(walk).toEqual(log);
});

test('modes, links to files and to other repositories, names that are no UTF-8', async () => {
  const repo = Repo.make();
  const blob = repo.gitWith('text', 'hash-object', '-w', '--stdin');
  const tree = (...entries: string[]): string => {
    const raw = entries.map((entry) => {
      const oid = entry.startsWith('16') ? '11'.repeat(20) : blob;
      return Buffer.concat([Buffer.from(`${entry}\0`, 'latin1'), Buffer.from(oid, 'hex')]);
    });
    return repo.gitWith(Buffer.concat(raw), 'hash-object', '-t', 'tree', '-w', '--literally', '--stdin');
  };
  const commit = (of: string, ...parents: string[]): string =>
    repo.git('commit-tree', of, '-m', 'x', ...parents.flatMap((parent) => ['-p', parent]));
  const first = commit(tree('120000 link', '100644 n\xe9'));
  const second = commit(tree('100755 n\xe9', '160000 sub'), first);
  repo.git('update-ref', 'refs/heads/main', commit(tree('100644 sub'), second));
  const { walk, log } = await both(repo);
  expect(walk).toEqual(log);
});

describe('only git can tell', () => {
  const asked = async (repo: Repo): Promise<unknown> => {
    const wanted = blobsOf(repo);
    return await whence(await opened(repo), wanted).reachable(wanted);
  };

  it('of commits that are replaced or grafted', async () => {
    const repo = Repo.make();
    repo.commit({ a: 'one' });
    repo.commit({ a: 'two' });
    expect(await asked(repo)).toBeDefined();
    mkdirSync(join(repo.path, '.git/info'), { recursive: true });
    writeFileSync(join(repo.path, '.git/info/grafts'), `${repo.oid('HEAD')}\n`);
    expect(await asked(repo)).toBeUndefined();
    rmSync(join(repo.path, '.git/info/grafts'));
    repo.git('replace', '--graft', 'HEAD');
    expect(await asked(repo)).toBeUndefined();
  });

  it('where a tree or a commit is missing or damaged', async () => {
    const lose = (repo: Repo, name: string): void => {
      const oid = repo.oid(name);
      rmSync(join(repo.path, '.git/objects', oid.slice(0, 2), oid.slice(2)), { force: true });
    };
    for (const name of ['HEAD~1^{tree}', 'HEAD~1:d', 'HEAD~1']) {
      const repo = Repo.make();
      repo.commit({ a: 'one', 'd/b': 'two' });
      repo.commit({ a: 'two', 'd/b': 'three' });
      repo.commit({ a: 'three' });
      repo.commit({ 'd/b': 'four' });
      lose(repo, name);
      expect(await asked(repo), name).toBeUndefined();
    }
    const repo = Repo.make();
    repo.commit({ a: 'one' });
    const oid = repo.oid('HEAD^{tree}');
    const file = join(repo.path, '.git/objects', oid.slice(0, 2), oid.slice(2));
    rmSync(file);
    writeFileSync(file, 'no tree');
    expect(await asked(repo)).toBeUndefined();
  });

  it('of a repository whose objects have other names', async () => {
    const repo = Repo.make(scratch(), '--object-format=sha256');
    repo.commit({ a: 'one' });
    expect(await asked(repo)).toBeUndefined();
  });
});

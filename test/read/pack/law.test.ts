// The law of the pack reader: what is found through it is what is found in every object whole.

import { appendFileSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { reveal } from '../../../src/model/reveal.ts';
import { type Job, JobReader, plan, readObjects } from '../../../src/read/pack/index.ts';
import { FAKE_RULES, FakeDetector, Notebook } from './fake-detector.ts';
import { git, listObjects, readAllWhole } from './reference.ts';
import { makeRepository, type Repository } from './repository.ts';
import { dice, edit, versions, words } from './texts.ts';

const NEAR_ONLY = new FakeDetector(FAKE_RULES.filter(({ far }) => !far));

/** A repository with histories of several kinds of file, all objects loose. */
function historic(seed: number, commits = 12, length = 3000): Repository {
  const roll = dice(seed);
  const repository = makeRepository();
  const files = [
    versions(roll, commits, length),
    versions(roll, commits, length >> 3),
    versions(roll, commits, 12_000),
  ];
  for (let i = 0; i < commits; i++) {
    const [a, b, c] = files.map((file) => file[i] ?? Buffer.alloc(0));
    repository.commit({
      'a.txt': a ?? Buffer.alloc(0),
      'b.txt': b ?? Buffer.alloc(0),
      [`c${i % 3}.txt`]: c ?? Buffer.alloc(0),
    });
  }
  return repository;
}

function whole(directory: string, repository = directory, detector?: FakeDetector): Notebook {
  const notes = new Notebook(reveal, detector);
  readAllWhole(directory, repository, notes);
  return notes;
}

async function fast(directory: string, gitDir = directory, detector?: FakeDetector): Promise<Notebook> {
  const notes = new Notebook(reveal, detector);
  const outcome = await readObjects(gitDir, notes, { repository: directory });
  expect(outcome).toEqual({ kind: 'complete' });
  return notes;
}

/** What can be compared. */
function told({ lines, counts }: Notebook): { lines: string[]; counts: Notebook['counts'] } {
  if (lines.length === 0) throw new Error('nothing was found: that proves nothing');
  return { lines: lines.sort(), counts };
}

const repack = (repository: Repository, ...more: string[]): Buffer =>
  repository.git([
    '-c',
    'pack.threads=1',
    'repack',
    '-q',
    '-a',
    '-d',
    '-f',
    '--depth=50',
    '--window=20',
    ...more,
  ]);

describe('the pack reader finds what a look at every object whole finds', () => {
  it('in loose objects', async () => {
    using repository = historic(1, 6);
    expect(told(await fast(repository.directory))).toEqual(told(whole(repository.directory)));
  });

  for (const seed of [2, 3]) {
    it(`in a pack with deltas by offset, history ${seed}`, async () => {
      using repository = historic(seed, 20);
      repack(repository);
      expect(told(await fast(repository.directory))).toEqual(told(whole(repository.directory)));
      const notes = await fast(repository.directory, repository.directory, NEAR_ONLY);
      expect(told(notes)).toEqual(told(whole(repository.directory, repository.directory, NEAR_ONLY)));
      expect(notes.inherited).toBeGreaterThan(0);
    });
  }

  it('in a pack with deltas by name, and a very deep one', async () => {
    using repository = historic(6, 60, 500);
    repository.git(['config', 'repack.useDeltaBaseOffset', 'false']);
    repack(repository, '--depth=4000', '--window=100');
    expect(told(await fast(repository.directory))).toEqual(told(whole(repository.directory)));
  });

  it('in several packs and loose objects that hold the same objects', async () => {
    using repository = historic(7, 10);
    const { directory } = repository;
    // A pack that keeps what the next one holds again.
    const oids = listObjects(directory).map(({ oid }) => `${oid}\n`);
    const pack = (some: string[]): Buffer =>
      repository.git(['pack-objects', '-q', 'objects/pack/pack'], some.join(''));
    pack(oids.filter((_, i) => i % 3 !== 0));
    pack(oids.filter((_, i) => i % 5 !== 0));
    repository.git(['prune-packed']);
    repository.git(['multi-pack-index', 'write']);
    expect(
      readdirSync(path.join(directory, 'objects/pack')).filter((name) => name.endsWith('.pack')),
    ).toHaveLength(2);
    expect(told(await fast(directory))).toEqual(told(whole(directory)));
  });

  it('where the index has 64-bit offsets', async () => {
    using repository = historic(8, 8);
    repack(repository);
    const folder = path.join(repository.directory, 'objects/pack');
    const pack = readdirSync(folder).find((name) => name.endsWith('.pack')) ?? '';
    const target = path.join(folder, pack.replace('.pack', '.idx'));
    renameSync(target, `${target}.old`);
    repository.git(['index-pack', '--index-version=2,0x40', '-o', target, path.join(folder, pack)]);
    expect(told(await fast(repository.directory))).toEqual(told(whole(repository.directory)));
  });

  it('in a shared clone of a shared clone, a worktree and a shallow clone', async () => {
    using origin = historic(9, 8);
    repack(origin);
    using place = makeRepository();
    const at = (name: string): string => path.join(place.directory, name);
    git(place.directory, ['clone', '-q', '--shared', '--bare', origin.directory, at('one')]);
    git(place.directory, ['clone', '-q', '--shared', at('one'), at('two')]);
    appendFileSync(at('two/.git/objects/info/alternates'), '# a comment\n../../.git/objects\n');
    writeFileSync(at('two/new.txt'), words(dice(99), 4000));
    git(at('two'), ['add', '.']);
    git(at('two'), ['commit', '-q', '-m', 'one key more']);
    git(at('two'), ['worktree', 'add', '-q', at('tree')]);
    const gitDir = git(at('tree'), ['rev-parse', '--absolute-git-dir']).toString().trim();
    const expected = whole(at('tree'), at('two'));
    expect(told(await fast(at('two'), at('two/.git')))).toEqual(told(expected));
    expect(told(await fast(at('two'), gitDir))).toEqual(told(expected));
    git(place.directory, ['clone', '-q', '--depth=2', `file://${origin.directory}`, at('shallow')]);
    expect(told(await fast(at('shallow'), at('shallow/.git')))).toEqual(told(whole(at('shallow'))));
  });

  it('where text, binary and UTF-16 are versions of each other', async () => {
    using repository = makeRepository();
    const roll = dice(10);
    const text = Buffer.from(words(roll, 6000));
    const nul = (at: number): Buffer =>
      Buffer.concat([text.subarray(0, at), Buffer.from([0]), text.subarray(at)]);
    const wide = Buffer.from(words(roll, 3000), 'utf16le');
    const marked = Buffer.concat([Buffer.from([0xff, 0xfe]), wide]);
    const all = [
      text,
      nul(10),
      nul(7999),
      nul(8000),
      nul(20_000),
      edit(roll, text),
      edit(roll, nul(100)),
      wide,
      marked,
    ];
    all.push(
      edit(roll, text),
      Buffer.from(wide).swap16(),
      Buffer.alloc(0),
      Buffer.from('key'),
      Buffer.alloc(100_000),
    );
    for (const content of all) repository.commit({ 'a.txt': content }, 'a key\n\nand\0a NUL');
    repository.git(['tag', '-a', '-m', 'a tag with a key', 'v1', 'main']);
    repository.git(['tag', '-a', '-m', 'a tag of a tag, a key', 'v2', 'v1']);
    repack(repository, '--window=50');
    const notes = await fast(repository.directory);
    expect(told(notes)).toEqual(told(whole(repository.directory)));
    expect(notes.counts.binary).toBeGreaterThan(4);
  });

  it('whatever the room, the engine, the order of the jobs and the reader that does them', async () => {
    using repository = historic(11, 30, 8000);
    repack(repository);
    const { directory } = repository;
    const expected = whole(directory);
    for (const [engine, arena, pages] of [
      ['wasm', 700_000, 1],
      ['plain', 700_000, 2],
      ['plain', 30_000_000, 9],
    ] as const) {
      const notes = new Notebook(reveal);
      const planned = structuredClone(plan(directory));
      if (planned.kind !== 'ready') throw new Error(planned.why);
      // As many readers as roots, in another order.
      const jobs = planned.jobs.flatMap((job): Job[] => {
        if (job.kind === 'loose') return [job];
        return Array.from({ length: job.to - job.from }, (_, i) => ({
          ...job,
          from: job.from + i,
          to: job.from + i + 1,
        }));
      });
      const readers = [0, 1].map(
        () => new JobReader({ repository: directory, sink: notes, arena, pages, engine }),
      );
      const unread = jobs.reverse().flatMap((job, i) => readers[i % 2]?.run(job) ?? []);
      for (const reader of readers) reader.close();
      expect(unread).toEqual([]);
      expect(told(notes)).toEqual(told(expected));
    }
  });

  it('except for what does not fit the room, which it hands back', async () => {
    using repository = historic(12, 10, 30_000);
    repack(repository);
    const { directory } = repository;
    const notes = new Notebook(reveal);
    const planned = plan(directory);
    if (planned.kind !== 'ready') throw new Error(planned.why);
    const reader = new JobReader({ repository: directory, sink: notes, arena: 250_000 });
    const unread = planned.jobs.flatMap((job) => reader.run(job));
    reader.close();
    expect(unread.length).toBeGreaterThan(0);
    const missing = new Set(unread.map(({ oid }) => oid));
    expect([...missing].filter((oid) => notes.seen.has(oid))).toEqual([]);
    const expected = whole(directory).lines.filter((line) => !missing.has(line.split(' ')[1] ?? ''));
    expect(notes.lines.sort()).toEqual(expected.sort());
  });
});

describe('the pack reader leaves to git', () => {
  it('SHA-256 repositories and unknown extensions', async () => {
    using repository = makeRepository(['--object-format=sha256']);
    repository.commit({ 'a.txt': Buffer.from('a key') });
    const notes = new Notebook(reveal, new FakeDetector());
    expect(await readObjects(repository.directory, notes, { repository: '/r' })).toEqual({
      kind: 'repository',
      why: 'objects are named by sha256',
    });
    using other = makeRepository();
    appendFileSync(path.join(other.directory, 'config'), '[extensions]\n\tsomethingNew = true\n');
    expect(await readObjects(other.directory, notes, { repository: '/r' })).toMatchObject({
      kind: 'repository',
    });
    expect(notes.lines).toEqual([]);
  });

  it('repositories whose objects a hook keeps elsewhere', () => {
    using repository = historic(15, 2);
    for (const name of ['GIT_OBJECT_DIRECTORY', 'GIT_ALTERNATE_OBJECT_DIRECTORIES'])
      expect(plan(repository.directory, {}, { [name]: '/elsewhere' })).toEqual({
        kind: 'fallback',
        why: `${name} is set`,
        skipped: [],
      });
    expect(plan(repository.directory, {}, {}).kind).toBe('ready');
  });

  it('packs with an index of version 1', async () => {
    using repository = historic(13, 2);
    repack(repository);
    const folder = path.join(repository.directory, 'objects/pack');
    const pack = readdirSync(folder).find((name) => name.endsWith('.pack')) ?? '';
    const target = path.join(folder, pack.replace('.pack', '.idx'));
    renameSync(target, `${target}.old`);
    repository.git(['index-pack', '--index-version=1', '-o', target, path.join(folder, pack)]);
    const notes = new Notebook(reveal);
    expect(await readObjects(repository.directory, notes, { repository: '/r' })).toMatchObject({
      kind: 'repository',
    });
    expect(notes.lines).toEqual([]);
    // Git reads them well: nothing is missing.
    expect(notes.skipped).toEqual([]);
  });

  it('nothing without a word: packs without an index and lost folders are skipped aloud', async () => {
    using repository = historic(14, 2);
    const { directory } = repository;
    // The extension of a partial clone changes nothing about what is here.
    repository.git(['config', 'core.repositoryFormatVersion', '1']);
    repository.git(['config', 'extensions.partialClone', 'origin']);
    mkdirSync(path.join(directory, 'objects/info'), { recursive: true });
    writeFileSync(path.join(directory, 'objects/info/alternates'), '/nowhere/objects\n');
    writeFileSync(path.join(directory, 'objects/pack/pack-1234.pack'), 'PACK');
    const notes = new Notebook(reveal);
    expect(await readObjects(directory, notes, { repository: '/r' })).toEqual({ kind: 'complete' });
    expect(notes.skipped.map(({ why }) => why).sort()).toEqual([
      'a pack without an index',
      'no folder of objects is there',
    ]);
  });
});

// What is remembered between runs changes how long a scan takes, and nothing that it says.
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDetector } from '../../src/detect/index.ts';
import { createMemory, createShelf, emptyTally, find } from '../../src/find/index.ts';
import { FingerprintKey } from '../../src/model/index.ts';
import { open, type RunJobs, runJobsHere } from '../../src/read/index.ts';
import { keyFile, rules, token } from './acme.ts';

const detector = createDetector(rules);
const key = new FingerprintKey(new Uint8Array(32).fill(7));

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'keyburn-seen-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

let made = 0;

/** A repository that grows by steps, and a clone of it that fetches. */
class Pair {
  readonly folder = join(root, `pair-${made++}`);
  readonly origin = join(this.folder, 'origin');
  readonly clone = join(this.folder, 'clone');
  readonly cache = join(this.folder, 'cache');
  #lines = Array.from(
    { length: 120 },
    (_, i) => `line ${i} of a file with words enough for a delta ${i * 7}`,
  );
  #commits = 0;

  constructor() {
    mkdirSync(this.origin, { recursive: true });
    this.git(this.origin, 'init', '-q', '--initial-branch=main');
    this.commit(1);
    this.git(this.folder, 'clone', '-q', this.origin, this.clone);
  }

  git(cwd: string, ...args: string[]): void {
    const own = [
      'user.name=Ada',
      'user.email=ada@example.com',
      'commit.gpgsign=false',
      'gc.auto=0',
      'maintenance.auto=false',
    ];
    execFileSync('git', [...own.flatMap((setting) => ['-c', setting]), ...args], { cwd, stdio: 'ignore' });
  }

  commit(seed: number, where: string = this.origin): void {
    const at = (seed * 37) % this.#lines.length;
    this.#commits += 1;
    this.#lines = this.#lines.with(
      at,
      seed % 3 === 0
        ? `changed by ${this.#commits}`
        : `${seed % 2 === 0 ? 'beta' : 'token'} = ${token(seed % 7)}`,
    );
    if (seed % 5 === 0) this.#lines = this.#lines.toSpliced(at, 0, keyFile(seed, 4000));
    writeFileSync(join(where, `file-${seed % 2}.txt`), this.#lines.join('\n'));
    this.git(where, 'add', '.');
    this.git(
      where,
      'commit',
      '-q',
      '--allow-empty',
      '-m',
      seed % 4 === 0 ? `say ${token(seed)}` : `change ${this.#commits}`,
    );
  }

  /** @returns the report, and the jobs that it took */
  async scan(remember: boolean): Promise<{ said: string; jobs: number }> {
    let jobs = 0;
    const here = runJobsHere(undefined);
    const runJobs: RunJobs = (all, repository, sinkOf) => {
      jobs += all.length;
      return here(all, repository, sinkOf);
    };
    const shelf = createShelf(this.cache);
    const memory = createMemory({ shelf, detector, key, judgement: () => rules.digest });
    const tally = emptyTally();
    const reader = await open(this.clone, {
      history: 'yes',
      mode: { kind: 'all' },
      exhaustive: false,
      attribution: true,
      runJobs,
      ...(remember ? { memory } : {}),
    });
    const found = await find(reader, { detector, key, tally, early: () => undefined });
    return { said: JSON.stringify({ found, tally }), jobs };
  }
}

const step = fc.oneof(
  fc.record({ kind: fc.constant('commit' as const), seed: fc.nat(60) }),
  fc.record({ kind: fc.constant('here' as const), seed: fc.nat(60) }),
  fc.constantFrom({ kind: 'fetch' as const }, { kind: 'fetch pack' as const }),
  fc.constantFrom({ kind: 'repack' as const }, { kind: 'repack all' as const }, { kind: 'scan' as const }),
);

describe('a shelf', () => {
  it('gives what was put last, and lets the longest unused go', () => {
    const folder = join(root, 'shelf');
    const shelf = createShelf(folder, 1000);
    expect(shelf.get('a')).toBeUndefined();
    for (const name of ['a', 'b', 'c']) {
      shelf.put(name, Buffer.alloc(400, name));
      // Its time is what counts, and a file system may know no finer one than seconds.
      const then = new Date(Date.now() - (name === 'a' ? 30_000 : 60_000));
      utimesSync(join(folder, name), then, then);
    }
    expect(shelf.get('a')?.toString()).toBe('a'.repeat(400));
    shelf.put('d', Buffer.alloc(400, 'd'));
    expect(readdirSync(folder).sort()).toEqual(['a', 'd']);
    shelf.put('e', Buffer.alloc(1001));
    expect(readdirSync(folder).sort()).toEqual(['a', 'd']);
    shelf.put('a', Buffer.from('again'));
    expect(shelf.get('a')?.toString()).toBe('again');
  });

  it('that cannot be made is no trouble', () => {
    const file = join(root, 'no-folder');
    writeFileSync(file, '');
    const shelf = createShelf(join(file, 'cache'));
    shelf.put('a', Buffer.from('text'));
    expect(shelf.get('a')).toBeUndefined();
  });
});

describe('a remembered history', () => {
  it('gives the same report as one that is read, whatever happens between two scans', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 8 }), async (steps) => {
        const pair = new Pair();
        await pair.scan(true);
        const reports: string[][] = [];
        for (const one of steps) {
          if (one.kind === 'commit') pair.commit(one.seed);
          else if (one.kind === 'here') pair.commit(one.seed, pair.clone);
          else if (one.kind === 'fetch') pair.git(pair.clone, 'fetch', '-q');
          else if (one.kind === 'fetch pack')
            pair.git(pair.clone, '-c', 'fetch.unpackLimit=1', 'fetch', '-q');
          else if (one.kind === 'repack') pair.git(pair.clone, 'repack', '-dq');
          else if (one.kind === 'repack all') pair.git(pair.clone, 'repack', '-adfq');
          else reports.push([(await pair.scan(true)).said, (await pair.scan(false)).said]);
        }
        const plain = await pair.scan(false);
        reports.push([(await pair.scan(true)).said, plain.said]);
        for (const [remembered, read] of reports) expect(remembered).toBe(read);
        const again = await pair.scan(true);
        expect(again.said).toBe(plain.said);
        expect(again.jobs).toBe(0);
        rmSync(pair.folder, { recursive: true, force: true });
      }),
      { numRuns: 8 },
    );
  }, 120_000);

  it('pays for what a fetch brought, and for nothing else', async () => {
    const pair = new Pair();
    for (let seed = 2; seed < 9; seed++) pair.commit(seed);
    pair.git(pair.clone, '-c', 'fetch.unpackLimit=1', 'fetch', '-q');
    pair.git(pair.clone, 'repack', '-adq');
    await pair.scan(true);
    for (let seed = 9; seed < 12; seed++) {
      pair.commit(seed);
      pair.git(pair.clone, '-c', 'fetch.unpackLimit=1', 'fetch', '-q');
    }
    const plain = await pair.scan(false);
    const after = await pair.scan(true);
    expect(plain.jobs).toBe(4);
    expect(after).toEqual({ said: plain.said, jobs: 3 });
  });

  it('keeps no secret, and nothing for other eyes', async () => {
    const pair = new Pair();
    for (let seed = 2; seed < 12; seed++) pair.commit(seed, pair.clone);
    const { said } = await pair.scan(true);
    expect(said).toContain('acme-token');
    const files = readdirSync(pair.cache).map((name) => join(pair.cache, name));
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) {
      expect(statSync(file).mode & 0o077).toBe(0);
      const text = readFileSync(file, 'latin1');
      for (let seed = 0; seed < 60; seed++) expect(text.includes(token(seed).slice(4, 16))).toBe(false);
    }
  });

  it('reads again what it cannot trust', async () => {
    const pair = new Pair();
    for (let seed = 2; seed < 8; seed++) pair.commit(seed, pair.clone);
    const plain = await pair.scan(true);
    expect((await pair.scan(true)).jobs).toBe(0);
    const file = readdirSync(pair.cache).find((name) => name.startsWith('seen-')) ?? '';
    const whole = readFileSync(join(pair.cache, file));
    for (const damaged of [
      whole.subarray(0, -1),
      whole.with(whole.length >> 1, (whole[whole.length >> 1] ?? 0) ^ 1),
      Buffer.alloc(0),
      Buffer.from('something else'),
    ]) {
      writeFileSync(join(pair.cache, file), damaged);
      expect(await pair.scan(true)).toEqual(plain);
    }
    writeFileSync(join(pair.cache, file), whole);
    expect((await pair.scan(true)).jobs).toBe(0);
    for (const name of readdirSync(pair.cache)) writeFileSync(join(pair.cache, name), 'gone bad');
    expect(await pair.scan(true)).toEqual(plain);
  });
});

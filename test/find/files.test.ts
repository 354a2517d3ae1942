// Files give the same findings at the same lines and columns, whoever reads them and wherever they are cut.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDetector } from '../../src/detect/index.ts';
import type { Task } from '../../src/find/batch.ts';
import { type CrewOptions, createCrew, emptyTally, find } from '../../src/find/index.ts';
import { Threads } from '../../src/find/threads.ts';
import { FingerprintKey } from '../../src/model/index.ts';
import { open } from '../../src/read/index.ts';
import { keyFile, rules, token } from './acme.ts';

const key = new FingerprintKey(new Uint8Array(32).fill(7));
const detector = createDetector(rules);

let root: string;
let made = 0;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'keyburn-files-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function scan(target: string, crewOptions: Omit<CrewOptions, 'rules'>): Promise<string> {
  const crew = createCrew({ ...crewOptions, rules });
  const tally = emptyTally();
  try {
    const { runJobs, openFiles } = crew;
    const options = {
      history: 'auto',
      mode: { kind: 'all' },
      exhaustive: false,
      attribution: false,
    } as const;
    const reader = await open(target, { ...options, runJobs, openFiles });
    const found = await find(reader, { detector, key, tally, early: () => undefined });
    return JSON.stringify({ found, tally });
  } finally {
    await crew.close();
  }
}

function write(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

/** A piece of a log, named by a number. */
function piece(seed: number): Buffer {
  const size = seed >> 3;
  switch (seed & 7) {
    case 0:
    case 1:
      return Buffer.from('words of a log '.repeat(size % 400));
    case 2:
      return Buffer.from(` key=${token(size % 20)} `);
    case 3:
      return Buffer.from(`\n${keyFile(size % 20, 3000)}\n`);
    case 4:
      return Buffer.from(['\n', '\r\n', '\n\n'][size % 3] ?? '');
    case 5:
      return Buffer.from('é𝄞—'.repeat(size % 3000));
    case 6:
      return Buffer.from(Array.from({ length: size % 300 }, (_, i) => 0x80 + ((i * size) & 0x7f)));
    default:
      return Buffer.from(`\n${'é'.repeat(size % 9)}${token(size % 20)}\n`);
  }
}

function firstDifference(a: string, b: string): number {
  if (a === b) return -1;
  for (let i = 0; ; i++) if (a[i] !== b[i]) return i;
}

describe('a large file', () => {
  it('is the same wherever it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(100_000), { minLength: 20, maxLength: 60 }),
        fc.integer({ min: 40_000, max: 900_000 }),
        async (seeds, part) => {
          const file = join(root, `log-${made++}`);
          const once = Buffer.concat(seeds.map(piece));
          // Long enough to be read in pieces.
          const times = Math.ceil((5 * 1024 * 1024) / (once.length + 1));
          writeFileSync(file, Buffer.concat(Array.from({ length: Math.min(times, 400) }, () => once)));
          const whole = await scan(file, { threads: 1 });
          const cut = await scan(file, { threads: 2, files: { part, large: part } });
          // Not `toBe`: a difference between two texts of this length is no help to anybody.
          expect(firstDifference(cut, whole)).toBe(-1);
          rmSync(file);
        },
      ),
      { numRuns: 6, endOnFailure: true },
    );
  }, 120_000);

  it('that is binary, UTF-16 or compressed is never cut', async () => {
    const long = `${'words of a log, and more of them\n'.repeat(200_000)}${token(1)}\n`;
    for (const content of [Buffer.from(`\0${long}`), Buffer.from(`\ufeff${long}`, 'utf16le')]) {
      const file = join(root, `log-${made++}`);
      writeFileSync(file, content);
      expect(await scan(file, { threads: 2, files: { part: 100_000, large: 100_000 } })).toBe(
        await scan(file, { threads: 1 }),
      );
    }
  });
});

describe('a tree of files', () => {
  it('is the same for any number of threads', async () => {
    const folder = join(root, 'tree');
    for (let i = 0; i < 300; i++)
      write(folder, {
        [`d${i % 7}/e${i % 3}/f${i}.txt`]: `${'line\n'.repeat(i)}key = ${token(i % 40)} é ${token(i % 11)}\n`,
      });
    write(folder, {
      'd1/big.log': `${'a line of a log\n'.repeat(40_000)}${token(3)}\n${'x'.repeat(200_000)}é ${token(5)}`,
      'd2/binary': Buffer.from(`\0${token(4)}`),
      'd3/closed.txt': 'nobody may read it',
      'a\nb/c d.txt': token(9),
    });
    const inner = join(folder, 'd4/inner');
    write(inner, { 'own.txt': token(30) });
    const git = (cwd: string, ...args: string[]) => execFileSync('git', args, { cwd, stdio: 'ignore' });
    git(inner, 'init', '-q');
    chmodSync(join(folder, 'd3/closed.txt'), 0o000);
    const shared = { few: { files: 3, bytes: 0 }, batch: 7, part: 100_000, large: 200_000 };
    for (const kind of ['folder', 'repository']) {
      if (kind === 'repository') git(folder, 'init', '-q');
      const plain = await scan(folder, { threads: 1 });
      expect(plain).toContain('d4/inner/own.txt');
      for (const threads of [2, 3]) expect(await scan(folder, { threads, files: shared })).toBe(plain);
    }
  });

  it('ends with the reason when it is stopped', async () => {
    const folder = join(root, 'stopped');
    for (let i = 0; i < 50; i++) write(folder, { [`f${i}`]: 'text' });
    const stop = new AbortController();
    const files = { few: { files: 0, bytes: 0 }, batch: 1 };
    const going = scan(folder, { threads: 2, files, signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(going).rejects.toThrow('enough');
  });

  it.each(['a stop', 'a fault of a worker'])('sends home those at work, too: %s', async (what) => {
    const ports = () => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;
    const before = ports();
    const threads = new Threads(3, rules);
    const job = { kind: 'files', jobs: [], archives: false } as unknown as Task;
    const asked = Promise.allSettled([threads.ask(job), threads.ask(job), threads.ask(job)]);
    expect(ports()).toBeGreaterThan(before);
    threads.fail(new Error(what));
    expect((await asked).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await threads.close();
    // What is left would keep the process from ending.
    expect(ports()).toBe(before);
  });
});

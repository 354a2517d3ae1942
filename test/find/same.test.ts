// The same findings in the same order, whichever way a history is read: every object whole through git, in process by deltas,
// or shared by any number of threads.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDetector } from '../../src/detect/index.ts';
import { createCrew, emptyTally, type FoundCase, find } from '../../src/find/index.ts';
import { FingerprintKey } from '../../src/model/index.ts';
import { open } from '../../src/read/index.ts';
import { keyFile, rules, token } from './acme.ts';

let folder: string;
const key = new FingerprintKey(new Uint8Array(32).fill(7));

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyburn-same-'));
  const git = (...args: string[]): void => {
    execFileSync(
      'git',
      ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', '-c', 'commit.gpgsign=false', ...args],
      {
        cwd: folder,
        stdio: 'ignore',
      },
    );
  };
  git('init', '--initial-branch=main');
  // A file that grows and changes in the middle, so that git stores deltas; keys come, stay, move and go.
  let lines = Array.from(
    { length: 400 },
    (_, i) => `line ${i} of the file, with words enough to be worth a delta ${i * 7}`,
  );
  for (let commit = 0; commit < 40; commit += 1) {
    const at = (commit * 37) % lines.length;
    const here = token(commit % 9);
    lines = lines.with(
      at,
      commit % 3 === 0 ? `${commit % 2 === 0 ? 'beta' : 'token'} = ${here}` : `changed by ${commit}`,
    );
    if (commit % 11 === 0) {
      lines.splice(at, 0, ...keyFile(commit, 900).split('\n'));
    }
    writeFileSync(join(folder, 'file.txt'), lines.join('\n'));
    writeFileSync(join(folder, `other-${commit % 5}.txt`), `${lines.slice(at, at + 90).join('\n')}\n`);
    git('add', '.');
    git('commit', '-m', commit % 13 === 0 ? `say ${here}` : `change ${commit}`);
  }
  git('repack', '-adf', '--depth=50', '--window=50');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function foundBy(how: {
  exhaustive: boolean;
  threads: number;
}): Promise<{ found: readonly FoundCase[]; tally: unknown }> {
  const crew = createCrew({ threads: how.threads, rules, worth: 1 });
  const tally = emptyTally();
  try {
    const reader = await open(folder, {
      history: 'yes',
      mode: { kind: 'all' },
      exhaustive: how.exhaustive,
      attribution: true,
      runJobs: crew.runJobs,
      runCensus: crew.runCensus,
    });
    const found = await find(reader, { detector: createDetector(rules), key, tally, early: () => undefined });
    return { found, tally };
  } finally {
    await crew.close();
  }
}

describe('a history of deltas', () => {
  it('gives the same cases in the same order by every way', async () => {
    const whole = await foundBy({ exhaustive: true, threads: 1 });
    expect(whole.found.length).toBeGreaterThan(9);
    const plain = JSON.stringify(whole);
    for (const threads of [1, 2, 3]) {
      const fast = await foundBy({ exhaustive: false, threads });
      expect(JSON.stringify(fast), `${threads} threads`).toBe(plain);
    }
  });
});

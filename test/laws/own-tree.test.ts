// What keyburn asks of everybody it keeps itself: its own tree holds nothing that its own rules report. Keys of examples are made
// when the tests run, stand-ins say that they are some, and what must stand word for word carries `keyburn:allow` and why.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

interface Line {
  readonly type: string;
  readonly rule?: string;
  readonly place?: { readonly path: string; readonly line: number };
  readonly files?: number;
  readonly skipped?: readonly unknown[];
}

test('the own tree is clean', () => {
  const home = mkdtempSync(join(tmpdir(), 'keyburn-own-'));
  try {
    const flags = [
      '--offline',
      '--no-history',
      '--no-cache',
      '--quiet',
      '--fail-on',
      'none',
      '--format',
      'jsonl',
    ];
    const out = execFileSync(process.execPath, [join(ROOT, 'bin/keyburn.js'), 'scan', ...flags, ROOT], {
      encoding: 'utf8',
      env: { ...process.env, KEYBURN_HOME: home },
      maxBuffer: 64 << 20,
    });
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
    const found = lines.filter((line) => line.type === 'finding');
    expect(found.map(({ rule, place }) => `${rule} ${place?.path}:${place?.line}`)).toEqual([]);
    const summary = lines.find((line) => line.type === 'summary');
    expect(summary?.files).toBeGreaterThan(1000);
    expect(summary?.skipped).toEqual([]);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});

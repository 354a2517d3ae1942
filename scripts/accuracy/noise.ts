// Findings where there is next to nothing to find. The packages come through npm, under the user's own settings.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isText, type Look } from './look.ts';

export interface NoiseRow {
  readonly kind: string;
  readonly package: string;
  readonly files: number;
  readonly lines: number;
  readonly findings: readonly { readonly rule: string; readonly place: string }[];
}

const CACHE = join(tmpdir(), 'keyburn-noise');

function folderOf(spec: string): string {
  return join(CACHE, spec.replace(/[^A-Za-z0-9@._-]/g, '+'));
}

function present(folder: string): boolean {
  try {
    return readdirSync(folder).length > 0;
  } catch {
    return false;
  }
}

/** Brings a package's files into the cache, whole or not at all; runs none of its scripts. */
function fetch(spec: string): string {
  const folder = folderOf(spec);
  if (present(folder)) return folder;
  const work = `${folder}.new`;
  rmSync(work, { recursive: true, force: true });
  mkdirSync(join(work, 'files'), { recursive: true });
  const packed = execFileSync(
    'npm',
    ['pack', spec, '--silent', '--ignore-scripts', '--pack-destination', work],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const file = packed.trim().split('\n').at(-1) ?? '';
  execFileSync('tar', ['-xzf', join(work, file), '-C', join(work, 'files')], { stdio: 'inherit' });
  renameSync(join(work, 'files'), folder);
  rmSync(work, { recursive: true, force: true });
  return folder;
}

function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines++;
  return lines;
}

/** Looks at every file of every package. Lines are those of its text files. */
export function measureNoise(packages: Readonly<Record<string, readonly string[]>>, look: Look): NoiseRow[] {
  const rows: NoiseRow[] = [];
  for (const [kind, specs] of Object.entries(packages)) {
    for (const spec of specs) {
      const folder = fetch(spec);
      const findings: { rule: string; place: string }[] = [];
      let files = 0;
      let lines = 0;
      for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const path = join(entry.parentPath, entry.name);
        const bytes = readFileSync(path);
        if (!isText(bytes)) continue;
        files++;
        lines += countLines(bytes);
        const place = path.slice(folder.length + 1);
        for (const found of look(bytes, place))
          findings.push({ rule: found.rule, place: `${place}:${found.line}` });
      }
      rows.push({ kind, package: spec, files, lines, findings });
    }
  }
  return rows;
}

/** Findings per 100,000 lines. */
export function noiseRate(rows: readonly Pick<NoiseRow, 'lines' | 'findings'>[]): number {
  const lines = rows.reduce((sum, row) => sum + row.lines, 0);
  return (100_000 * rows.reduce((sum, row) => sum + row.findings.length, 0)) / Math.max(1, lines);
}

/** Rules by how often they fire. */
export function noisyRules(rows: readonly Pick<NoiseRow, 'findings'>[]): [string, number][] {
  const rules = new Map<string, number>();
  for (const { rule } of rows.flatMap((row) => row.findings)) rules.set(rule, (rules.get(rule) ?? 0) + 1);
  return [...rules].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

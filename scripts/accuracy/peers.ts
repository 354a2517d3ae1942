// Other scanners over the same cases, counted by the same code in the same run. They must be on the PATH; each runs with its
// defaults and verification off, since the values were found in public and nobody may try them.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { LabelledCase } from './corpus.ts';
import type { Found } from './look.ts';
import { figuresByPart, type Peers } from './report.ts';
import { scoreCases } from './score.ts';

type Json = Readonly<Record<string, unknown>>;

interface Report extends Found {
  readonly path: string;
}

interface Peer {
  readonly name: string;
  /** @param out where the report goes, when it does not go to stdout */
  readonly args: (folder: string, out: string) => readonly string[];
  readonly reports: (row: Json) => readonly Report[];
}

function isRecord(value: unknown): value is Json {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function report(path: unknown, line: unknown, endLine: unknown, rule: unknown): Report[] {
  const start = Number(line);
  if (typeof path !== 'string' || !Number.isInteger(start)) return [];
  return [{ path, line: start, endLine: Number(endLine ?? start), rule: String(rule) }];
}

const leaks = (name: string): Peer => ({
  name,
  args: (folder, out) => [
    'dir',
    '--no-banner',
    '--exit-code=0',
    '--report-format=json',
    `--report-path=${out}`,
    folder,
  ],
  reports: (row) => report(row.File, row.StartLine, row.EndLine, row.RuleID),
});

const PEERS: readonly Peer[] = [
  leaks('gitleaks'),
  leaks('betterleaks'),
  {
    name: 'kingfisher',
    args: (folder) => ['scan', folder, '--no-validate', '--no-dedup', '--format', 'jsonl'],
    reports: ({ finding, rule }) =>
      isRecord(finding) && isRecord(rule) ? report(finding.path, finding.line, undefined, rule.id) : [],
  },
  {
    name: 'trufflehog',
    args: (folder) => ['filesystem', folder, '--no-verification', '--json'],
    reports({ SourceMetadata, Raw, DetectorName }) {
      const data = isRecord(SourceMetadata) && isRecord(SourceMetadata.Data) ? SourceMetadata.Data : {};
      const place = Object.values(data).find((one) => isRecord(one) && 'file' in one);
      if (!isRecord(place)) return [];
      const lines = typeof Raw === 'string' ? Raw.split('\n').length - 1 : 0;
      return report(place.file, place.line, Number(place.line) + lines, DetectorName);
    },
  },
];

function layOut(cases: readonly LabelledCase[], root: string): void {
  for (const one of cases) {
    const kind = one.labels === undefined && one.count === undefined ? 's' : 'f';
    const path = join(root, kind, one.id.slice(0, 2), one.id, one.dir ?? '', one.path);
    if (!path.startsWith(join(root, kind))) throw new Error(`${one.id}: its path leads out of the folder`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, one.text);
  }
}

/** One JSON value, or one a line; other lines are chatter. */
function rowsOf(text: string): readonly Json[] {
  const parsed = (piece: string): readonly unknown[] => {
    try {
      const value: unknown = JSON.parse(piece);
      return Array.isArray(value) ? value : [value];
    } catch {
      return [];
    }
  };
  const whole = parsed(text);
  return (whole.length > 0 ? whole : text.split('\n').flatMap(parsed)).filter(isRecord);
}

function run({ name, args, reports }: Peer, folder: string, out: string): readonly Report[] {
  const ran = spawnSync(name, args(folder, out), { encoding: 'utf8', maxBuffer: 1 << 30 });
  if (ran.error !== undefined) throw new Error(`--peers: ${name} is not on the PATH, or does not start`);
  let text = ran.stdout;
  try {
    text = readFileSync(out, 'utf8');
  } catch {
    // It wrote to stdout.
  }
  return rowsOf(text).flatMap(reports);
}

/**
 * @param known versions as they were noted when the scanners were installed; a build from source may not know its own
 * @throws Error for a scanner that is not there
 */
export function measurePeers(cases: readonly LabelledCase[], known: Peers, today: string): Peers {
  const work = mkdtempSync(join(tmpdir(), 'keyburn-peers-'));
  try {
    const root = join(work, 'cases');
    layOut(
      cases.filter((one) => one.weak === undefined),
      root,
    );
    const ids = new Set(cases.map((one) => one.id));
    const peers = PEERS.map((peer) => {
      const found = new Map<string, Report[]>();
      for (const one of run(peer, root, join(work, `${peer.name}.json`))) {
        const id = one.path.split('/').findLast((piece) => ids.has(piece));
        if (id !== undefined) found.set(id, [...(found.get(id ?? '') ?? []), one]);
      }
      const scored = scoreCases(cases, (_bytes, _path, id) => found.get(id ?? '') ?? []);
      const version = known.peers.find(({ name }) => name === peer.name)?.version ?? 'unknown';
      return { name: peer.name, version, figures: figuresByPart(scored) };
    });
    return { measured: today, peers };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

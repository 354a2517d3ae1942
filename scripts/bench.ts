// npm run bench -- [--repo DIR]... [--log FILE]... [--tree DIR]... [--runs N] [--out FILE]
// Times whole commands: keyburn, the physical limits (git, wc, rg) and every peer found on PATH, in turn (A B C A B C …), so
// that a machine whose speed drifts is fair to all. Quotes medians and ratios. Verification is off for everybody.

import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const MAIN = fileURLToPath(new URL('../bin/keyburn.js', import.meta.url));

interface Contender {
  readonly name: string;
  readonly argv: readonly string[];
  /** Counts findings in what it printed. */
  readonly count?: (stdout: string) => number;
}

interface Measured {
  readonly name: string;
  readonly seconds: number[];
  peakMb: number;
  findings: number | undefined;
  exit: number | null;
}

const lines = (stdout: string): number => stdout.split('\n').filter((line) => line.trim() !== '').length;
const keyburnFindings = (stdout: string): number =>
  stdout.split('\n').filter((line) => line.startsWith('{"type":"finding"')).length;

function onPath(name: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${name}`], { stdio: 'ignore' }).status === 0;
}

function peers(target: string, history: boolean): Contender[] {
  const leaks = (name: string): Contender => ({
    name,
    argv: [
      name,
      history ? 'git' : 'dir',
      '--no-banner',
      '--log-level=error',
      '--exit-code=0',
      '--report-format=json',
      '--report-path=-',
      target,
    ],
    count: (stdout) => (stdout.match(/"RuleID"/g) ?? []).length,
  });
  const all: Contender[] = [
    leaks('gitleaks'),
    leaks('betterleaks'),
    {
      name: 'trufflehog',
      argv: [
        'trufflehog',
        history ? 'git' : 'filesystem',
        history ? `file://${target}` : target,
        '--no-verification',
        '--no-update',
        '--json',
      ],
      count: (stdout) => stdout.split('\n').filter((line) => line.includes('"DetectorName"')).length,
    },
    {
      name: 'kingfisher',
      argv: [
        'kingfisher',
        'scan',
        target,
        '--no-validate',
        '--no-update-check',
        '--format',
        'jsonl',
        ...(history ? ['--git-history', 'full'] : []),
      ],
      count: lines,
    },
  ];
  return all.filter((one) => onPath(one.name));
}

function keyburn(name: string, target: string, ...flags: string[]): Contender {
  return {
    name,
    argv: [process.execPath, MAIN, 'scan', '--offline', '--quiet', '--format', 'jsonl', ...flags, target],
    count: keyburnFindings,
  };
}

function once(
  contender: Contender,
): Promise<{ seconds: number; peakMb: number; stdout: string; exit: number | null }> {
  return new Promise((done, refuse) => {
    const began = performance.now();
    const child = spawn('/usr/bin/time', ['-f', '\n%M', ...contender.argv], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const out: Buffer[] = [];
    let err = '';
    child.stdout.on('data', (piece: Buffer) => {
      if (contender.count !== undefined) out.push(piece);
    });
    child.stderr.on('data', (piece: Buffer) => {
      err = (err + piece.toString('utf8')).slice(-4_096);
    });
    child.on('error', refuse);
    child.on('close', (exit) => {
      const seconds = (performance.now() - began) / 1_000;
      const peak = Number(err.trim().split('\n').at(-1));
      done({
        seconds,
        peakMb: Number.isFinite(peak) ? peak / 1_024 : 0,
        stdout: Buffer.concat(out).toString('utf8'),
        exit,
      });
    });
  });
}

async function race(contenders: readonly Contender[], runs: number): Promise<Measured[]> {
  const measured = contenders.map(
    (one): Measured => ({ name: one.name, seconds: [], peakMb: 0, findings: undefined, exit: 0 }),
  );
  for (let run = -1; run < runs; run += 1) {
    for (const [i, contender] of contenders.entries()) {
      const result = measured[i];
      if (result === undefined) continue;
      const { seconds, peakMb, stdout, exit } = await once(contender);
      process.stderr.write(
        `${run < 0 ? 'warm-up' : `run ${run + 1}`}: ${contender.name} ${seconds.toFixed(2)} s\n`,
      );
      if (run >= 0) result.seconds.push(seconds);
      result.peakMb = Math.max(result.peakMb, peakMb);
      result.findings = contender.count?.(stdout);
      result.exit = exit;
    }
  }
  return measured;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

function table(title: string, measured: readonly Measured[]): string {
  const base = median(measured[0]?.seconds ?? []);
  const rows = measured.map((one) => {
    const own = median(one.seconds);
    const spread = `${Math.min(...one.seconds).toFixed(2)} to ${Math.max(...one.seconds).toFixed(2)}`;
    return `| ${one.name} | ${own.toFixed(2)} | ${spread} | ${(own / base).toFixed(2)} | ${one.peakMb.toFixed(0)} | ${one.findings ?? ''} | ${one.exit ?? 'killed'} |`;
  });
  return [
    `### ${title}`,
    '',
    '| command | median s | min to max | of keyburn | peak MB | findings | exit |',
    '|---|---|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function versions(): string {
  const ask: readonly (readonly string[])[] = [
    ['git', '--version'],
    ['gitleaks', 'version'],
    ['betterleaks', 'version'],
    ['trufflehog', '--version'],
    ['kingfisher', '--version'],
    ['rg', '--version'],
  ];
  const known = ask
    .filter(([name = '']) => onPath(name))
    .map(([name = '', ...args]) => {
      const said = spawnSync(name, args, { encoding: 'utf8' });
      const first = `${said.stdout}${said.stderr}`.trim().split('\n')[0] ?? '';
      return first.includes(name) ? first : `${name} ${first}`;
    });
  return [`Node ${process.versions.node}`, ...known].join(', ');
}

const { values } = parseArgs({
  options: {
    repo: { type: 'string', multiple: true, default: [] },
    log: { type: 'string', multiple: true, default: [] },
    tree: { type: 'string', multiple: true, default: [] },
    runs: { type: 'string', default: '5' },
    out: { type: 'string' },
    'no-peers': { type: 'boolean', default: false },
  },
});
const runs = Number(values.runs);
const rivals = (target: string, history: boolean): Contender[] =>
  values['no-peers'] ? [] : peers(target, history);
const parts: string[] = [];
for (const target of values.repo) {
  const git = ['git', '-C', target, 'cat-file', '--batch-all-objects', '--batch', '--buffer', '--unordered'];
  const contenders = [
    keyburn('keyburn', target, '--history'),
    { name: 'git cat-file --batch-all-objects', argv: git },
    ...rivals(target, true),
  ];
  parts.push(table(`History: ${target.split('/').at(-1) || target}`, await race(contenders, runs)));
}
for (const target of values.log) {
  const limits: Contender[] = [
    { name: 'wc -l', argv: ['wc', '-l', target] },
    ...(onPath('rg') ? [{ name: 'rg -c', argv: ['rg', '-c', '--no-mmap', 'ghp_', target] }] : []),
  ];
  parts.push(
    table(
      `Log: ${target.split('/').at(-1)}`,
      await race([keyburn('keyburn', target), ...limits, ...rivals(target, false)], runs),
    ),
  );
}
for (const target of values.tree) {
  const limits: Contender[] = onPath('rg')
    ? [{ name: 'rg -c', argv: ['rg', '-c', '--hidden', '--no-ignore', 'ghp_', target] }]
    : [];
  parts.push(
    table(
      `Tree: ${target.split('/').at(-1) || target}`,
      await race([keyburn('keyburn', target, '--no-history'), ...limits, ...rivals(target, false)], runs),
    ),
  );
}
const head = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${(totalmem() / 2 ** 30).toFixed(0)} GB; ${versions()}; ${runs} runs each, in turn, after a warm-up.\n`;
const text = `${head}\n${parts.join('\n')}`;
if (values.out === undefined) process.stdout.write(text);
else writeFileSync(values.out, text);

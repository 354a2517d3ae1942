// Who is timed: keyburn, the physical limits, and every peer found on PATH. Verification is off for everybody.

import { spawnSync } from 'node:child_process';
import type { Contender } from './measure.ts';

export type What = 'history' | 'log' | 'tree';

export function onPath(name: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${name}`], { stdio: 'ignore' }).status === 0;
}

export function node(name: string, ...args: string[]): Contender {
  return { name, argv: [process.execPath, ...args] };
}

/** @param main the script that starts it */
export function scanBy(main: string): (name: string, target: string, ...flags: string[]) => Contender {
  return (name, target, ...flags) => ({
    ...node(name, main, 'scan', '--offline', '--quiet', '--format', 'jsonl', ...flags, target),
    count: (stdout) => stdout.split('\n').filter((line) => line.startsWith('{"type":"finding"')).length,
  });
}

export function catFile(repository: string): Contender {
  const flags = ['--batch-all-objects', '--batch', '--buffer', '--unordered'];
  return { name: 'git cat-file --batch-all-objects', argv: ['git', '-C', repository, 'cat-file', ...flags] };
}

/** @param limit seconds after which a peer is ended */
export function peers(target: string, what: What, limit: number): Contender[] {
  const history = what === 'history';
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
    limit,
  });
  const all: Contender[] = [
    {
      name: 'kingfisher',
      argv: [
        'kingfisher',
        'scan',
        target,
        '--no-validate',
        '--no-update-check',
        // A log of 2 GB would be passed over.
        '--max-file-size',
        '0',
        '--format',
        'jsonl',
        ...(history ? ['--git-history', 'full'] : []),
      ],
      count: (stdout) => stdout.split('\n').filter((line) => line.trim() !== '').length,
      limit,
    },
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
      limit,
    },
  ];
  return all.filter((one) => onPath(one.name));
}

export function versions(): string {
  const ask: readonly (readonly string[])[] = [
    ['git', '--version'],
    ['rg', '--version'],
    ['kingfisher', '--version'],
    ['gitleaks', 'version'],
    ['betterleaks', 'version'],
    ['trufflehog', '--version'],
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

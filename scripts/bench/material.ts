// What is scanned beside the given repositories: made anew for each run, from nothing or from those repositories, in a temporary
// folder.

import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

/** Numbers that look random and are the same in every run. */
function dice(seed: number): (sides: number) => number {
  let state = seed >>> 0;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const LEVELS = ['INFO', 'INFO', 'INFO', 'DEBUG', 'WARN', 'ERROR'];
const SERVICES = ['checkout', 'accounts', 'search', 'billing', 'mailer', 'gateway', 'ingest'];
const VERBS = ['GET', 'GET', 'GET', 'POST', 'PUT', 'DELETE'];
const WORDS =
  'request completed after retry connection pool exhausted for tenant user session expired token refreshed cache miss on key shard leader elected snapshot written in batch offset committed to partition upstream timed out while reading response header from upstream'.split(
    ' ',
  );
const HEX = '0123456789abcdef';
const ALNUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function drawn(roll: (sides: number) => number, from: string, length: number): string {
  let text = '';
  for (let i = 0; i < length; i += 1) text += from.charAt(roll(from.length));
  return text;
}

function pick<T>(roll: (sides: number) => number, from: readonly T[]): T | string {
  return from[roll(from.length)] ?? '';
}

function logLine(roll: (sides: number) => number, at: number): string {
  const head = `${new Date(1_760_000_000_000 + at * 37).toISOString()} ${pick(roll, LEVELS)} ${pick(roll, SERVICES)}`;
  const id = `${drawn(roll, HEX, 8)}-${drawn(roll, HEX, 4)}-4${drawn(roll, HEX, 3)}-a${drawn(roll, HEX, 3)}-${drawn(roll, HEX, 12)}`;
  const words = Array.from({ length: 4 + roll(8) }, () => pick(roll, WORDS)).join(' ');
  switch (roll(4)) {
    case 0:
      return `${head} ${pick(roll, VERBS)} /api/v2/${pick(roll, SERVICES)}/${roll(1e6)} ${200 + roll(4) * 100} ${roll(900)}ms request_id=${id}`;
    case 1:
      return `${head} {"msg":"${words}","trace":"${drawn(roll, HEX, 32)}","took":${roll(5000)}}`;
    default:
      return `${head} [${id}] ${words} host=10.${roll(256)}.${roll(256)}.${roll(256)}:${1024 + roll(60_000)}`;
  }
}

/** A log of so many bytes; of each 64 MB, one line has a key. The block is long enough that no cache of a processor holds it. */
export function makeLog(folder: string, bytes: number): string {
  const roll = dice(1);
  const lines: string[] = [];
  let length = 0;
  for (let at = 0; length < 64 * 1024 * 1024; at += 1) {
    const line = logLine(roll, at);
    lines.push(line);
    length += line.length + 1;
  }
  lines[lines.length >> 1] += ` api_key=${drawn(roll, ALNUM, 40)}`;
  const block = Buffer.from(`${lines.join('\n')}\n`);
  const path = join(folder, 'service.log');
  const file = openSync(path, 'w');
  for (let done = 0; done < bytes; done += block.length)
    writeSync(file, block, 0, Math.min(block.length, bytes - done));
  closeSync(file);
  return path;
}

/** Files of several commits of real repositories side by side, until there are enough. */
export function makeTree(folder: string, repositories: readonly string[], files: number): string {
  const root = join(folder, 'tree');
  mkdirSync(root);
  let made = 0;
  for (let round = 0; made < files && round < 40; round += 1) {
    for (const [i, repository] of repositories.entries()) {
      const commits = git(
        repository,
        'rev-list',
        '--first-parent',
        '--max-count=1',
        `--skip=${round * 150}`,
        'HEAD',
      );
      const commit = commits.trim();
      if (made >= files || commit === '') continue;
      const here = join(root, `${i}-${round}`);
      mkdirSync(here);
      const archive = spawnSync('git', ['-C', repository, 'archive', commit], { maxBuffer: 2 ** 31 });
      // A mirror may lack objects; the others give files.
      if (archive.status !== 0) continue;
      execFileSync('tar', ['-x', '-C', here], { input: archive.stdout });
      made += readdirSync(here, { recursive: true, withFileTypes: true }).filter((one) =>
        one.isFile(),
      ).length;
    }
  }
  return root;
}

/** A clone with files that are changed and staged. */
export function makeStaged(folder: string, repository: string): string {
  const path = join(folder, 'staged');
  execFileSync('git', ['clone', '--quiet', '--shared', repository, path]);
  const names = git(path, 'ls-files', '*.c', '*.go', '*.ts').trim().split('\n').slice(0, 5);
  for (const name of names) appendFileSync(join(path, name), '\n// a line more\n');
  git(path, 'add', '--all');
  return path;
}

/** Rules of the user's own. */
export function makeRules(folder: string, count: number): string {
  const path = join(folder, 'rules');
  mkdirSync(path);
  const rules = Array.from({ length: count }, (_, i) => {
    const name = `${'abcdefghij'.charAt(i % 10)}${'klmnopqrst'.charAt(Math.floor(i / 10) % 10)}x${i}`;
    return [
      '[[rule]]',
      `id = "own-${i}"`,
      `title = "Own key ${i}"`,
      'severity = "high"',
      'services = []',
      `literals = ["${name}_"]`,
      `pattern = '''(?<![0-9A-Za-z_-])(?<secret>${name}_[0-9A-Za-z]{32})(?![0-9A-Za-z])'''`,
      `match = ["${name}_{{alnum:32}}"]`,
      `miss = ["${name}_{{alnum:20}}"]`,
    ].join('\n');
  });
  writeFileSync(join(path, 'own.toml'), `provider = "Own"\n\n${rules.join('\n\n')}\n`);
  return path;
}

function git(repository: string, ...args: string[]): string {
  return execFileSync('git', ['-C', repository, ...args], { encoding: 'utf8', maxBuffer: 2 ** 28 });
}

// npm run bench -- [--repo DIR]... [--mirrors DIR] [--log FILE] [--log-bytes N] [--tree DIR] [--files N] [--only NAME]... [--runs N]
//   [--no-peers] [--peer-limit SECONDS] [--write]
// Times whole commands: keyburn, the physical limits (git, wc, rg) and every peer found on PATH. Quotes medians and ratios.
// `--mirrors DIR` takes every DIR/*/repo; `--write` renews docs/benchmarks.md; `--only` is one of history, log, tree, staged,
// version, rules. Nothing is verified, nothing of what is found is printed.

import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { catFile, node, onPath, peers, scanBy, versions } from './bench/contenders.ts';
import { makeLog, makeRules, makeStaged, makeTree } from './bench/material.ts';
import { type Contender, race } from './bench/measure.ts';
import { renew, table } from './bench/page.ts';
import { layOut } from './build.ts';

const PAGE = fileURLToPath(new URL('../docs/benchmarks.md', import.meta.url));
/** Of repositories with more than this only the quickest peer is asked, and once. */
const LARGE_PACK = 100 * 1024 * 1024;

const { values } = parseArgs({
  options: {
    repo: { type: 'string', multiple: true, default: [] },
    mirrors: { type: 'string' },
    log: { type: 'string' },
    'log-bytes': { type: 'string', default: String(2 * 1024 ** 3) },
    tree: { type: 'string' },
    files: { type: 'string', default: '50000' },
    only: { type: 'string', multiple: true, default: [] },
    runs: { type: 'string', default: '3' },
    'no-peers': { type: 'boolean', default: false },
    'peer-limit': { type: 'string', default: '60' },
    write: { type: 'boolean', default: false },
  },
});

const runs = Number(values.runs);
const limit = Number(values['peer-limit']);
const peersOf: typeof peers = (...args) => (values['no-peers'] ? [] : peers(...args));
const wanted = (name: string): boolean => values.only.length === 0 || values.only.includes(name);
const mb = (bytes: number): string => `${(bytes / 1024 ** 2).toFixed(0)} MB`;

function packBytes(repository: string): number {
  const folder = ['objects/pack', '.git/objects/pack'].map((name) => join(repository, name));
  return folder
    .flatMap((path) => {
      const stat = statSync(path, { throwIfNoEntry: false });
      return stat?.isDirectory() ? readdirSync(path).map((name) => statSync(join(path, name)).size) : [];
    })
    .reduce((sum, size) => sum + size, 0);
}

const mirrors = values.mirrors;
const repositories = [
  ...values.repo,
  ...(mirrors === undefined
    ? []
    : readdirSync(mirrors)
        .map((name) => join(mirrors, name, 'repo'))
        .filter((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory())),
].sort((a, b) => packBytes(a) - packBytes(b));
const nameOf = (repository: string): string =>
  basename(repository) === 'repo' ? basename(dirname(repository)).replace('+', '/') : basename(repository);

const scratch = mkdtempSync(join(tmpdir(), 'keyburn-bench-'));
process.env.KEYBURN_HOME = join(scratch, 'home');
// As it is installed: a checkout loads its modules one by one.
const main = await layOut(join(scratch, 'installed'));
const keyburn = scanBy(main);
const parts: string[] = [];
const show = async (title: string, note: string, contenders: readonly Contender[]): Promise<void> => {
  process.stderr.write(`${title}\n`);
  parts.push(table(title, note, await race(contenders, runs)));
};

async function history(repository: string): Promise<void> {
  const size = packBytes(repository);
  const large = size > LARGE_PACK;
  const rivals = large
    ? peersOf(repository, 'history', 2 * limit).slice(0, 1)
    : peersOf(repository, 'history', limit);
  await show(
    `History: ${nameOf(repository)}`,
    `${mb(size)} of packs.${large ? ' Of the peers only the quickest, and once.' : ''}`,
    [
      keyburn('keyburn', repository, '--history', '--no-cache'),
      keyburn('keyburn --no-attribution', repository, '--history', '--no-cache', '--no-attribution'),
      { ...keyburn('keyburn, a second time', repository, '--history'), primed: true },
      catFile(repository),
      ...rivals.map((one): Contender => (large ? { ...one, once: true } : one)),
    ],
  );
}

async function log(): Promise<void> {
  const path = values.log ?? makeLog(scratch, Number(values['log-bytes']));
  await show(`Log: ${mb(statSync(path).size)}`, '', [
    keyburn('keyburn', path),
    keyburn('keyburn --threads 1', path, '--threads', '1'),
    { name: 'wc -l', argv: ['wc', '-l', path] },
    ...(onPath('rg') ? [{ name: 'rg -c', argv: ['rg', '-c', '--no-mmap', 'ghp_', path] }] : []),
    ...peersOf(path, 'log', limit).map((one): Contender => ({ ...one, once: true })),
  ]);
}

async function tree(): Promise<void> {
  const path = values.tree ?? makeTree(scratch, repositories, Number(values.files));
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((one) =>
    one.isFile(),
  ).length;
  await show(`Tree: ${files} files`, 'No git folder beside them, nothing ignored.', [
    keyburn('keyburn', path, '--no-history', '--no-cache'),
    ...(onPath('rg') ? [{ name: 'rg -c', argv: ['rg', '-c', '--hidden', '--no-ignore', 'ghp_', path] }] : []),
    ...peersOf(path, 'tree', limit).map((one): Contender => ({ ...one, once: true })),
  ]);
}

async function staged(repository: string): Promise<void> {
  const path = makeStaged(scratch, repository);
  await show(`Staged: five files in ${nameOf(repository)}`, '', [
    keyburn('keyburn scan --staged', path, '--staged'),
    { name: 'git diff --cached', argv: ['git', '-C', path, 'diff', '--cached'] },
    node('node -e 0', '-e', '0'),
  ]);
}

async function rules(repository: string): Promise<void> {
  const own = makeRules(scratch, 1000);
  await show(`1,000 rules more: history of ${nameOf(repository)}`, '', [
    keyburn('keyburn --rules', repository, '--history', '--no-cache', '--rules', own),
    keyburn('keyburn', repository, '--history', '--no-cache'),
  ]);
}

const before = loadavg()[0] ?? 0;
try {
  if (wanted('version'))
    await show('Start', '', [node('keyburn --version', main, '--version'), node('node -e 0', '-e', '0')]);
  if (wanted('history')) for (const repository of repositories) await history(repository);
  const largest = repositories.at(-1);
  const middle = repositories.findLast((one) => packBytes(one) <= LARGE_PACK);
  if (wanted('rules') && middle !== undefined) await rules(middle);
  if (wanted('staged') && largest !== undefined) await staged(largest);
  if (wanted('tree') && repositories.length > 0) await tree();
  if (wanted('log')) await log();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

const head = [
  `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${(totalmem() / 2 ** 30).toFixed(0)} GB; ${versions()}.`,
  `${runs} runs each, in turn, after a first one; who takes longer than 20 s runs once, a peer is ended after ${limit} s. `,
  `Load of the machine before: ${before.toFixed(1)}, after: ${(loadavg()[0] ?? 0).toFixed(1)}. ${new Date().toISOString().slice(0, 10)}.`,
].join('\n');
const text = `${head}\n\n${parts.join('\n')}`;
if (values.write) renew(PAGE, text);
else process.stdout.write(text);

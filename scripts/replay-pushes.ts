// Replays the last pushes of a repository through dist/index.js, as a runner would, and compares what they reported with one scan
// of the whole range through git: `node scripts/replay-pushes.ts REPOSITORY [PUSHES]`. Then a full scan by schedule,
// before those pushes, after them, and once more, over a double of the runner's cache. Nobody is asked about any key.

import { execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startActionsCache } from '../test/doubles/actions-cache.ts';
import { startGitHub } from '../test/doubles/github/index.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NAME = 'acme/shop';
const BRANCH = 'refs/heads/main';
const KEY = '0f'.repeat(16);

interface Report {
  readonly findings: readonly {
    readonly id: string;
    readonly rule: string;
    readonly place: { readonly path: string };
  }[];
}

interface Stepped {
  readonly ms: number;
  /** Of its processor, git's processes with it: steadier than the time, where others work on the machine. */
  readonly cpuMs: number;
  readonly code: number | null;
  readonly report: Report;
  readonly range: string;
}

const [source = '.', count = '200'] = process.argv.slice(2);
const folder = mkdtempSync(join(realpathSync(tmpdir()), 'keyburn-replay-'));
const github = await startGitHub(join(folder, 'host'));
const cache = await startActionsCache();
try {
  await replay(resolve(source), Number(count));
} finally {
  await Promise.all([github.close(), cache.close()]);
  rmSync(folder, { recursive: true, force: true });
}

async function replay(repository: string, pushes: number): Promise<void> {
  const bare = join(folder, 'host', `${NAME}.git`);
  mkdirSync(join(bare, '..'), { recursive: true });
  git(folder, 'clone', '--quiet', '--bare', '--shared', repository, bare);
  const tips = git(bare, 'rev-list', '--first-parent', '-n', String(pushes + 1), 'HEAD')
    .split('\n')
    .reverse();
  for (const ref of git(bare, 'for-each-ref', '--format=%(refname)').split('\n'))
    git(bare, 'update-ref', '-d', ref);
  for (const name of ['allowAnySHA1InWant', 'allowFilter']) git(bare, 'config', `uploadpack.${name}`, 'true');
  git(bare, 'symbolic-ref', 'HEAD', BRANCH);
  const first = tips[0] ?? '';
  const last = tips.at(-1) ?? '';

  const found = new Map<string, number>();
  const times: number[] = [];
  const spent: number[] = [];
  const incomplete: string[] = [];
  for (const [at, after] of tips.slice(1).entries()) {
    git(bare, 'update-ref', BRANCH, after);
    const before = tips[at] ?? '';
    const payload = {
      ref: BRANCH,
      before,
      after,
      created: false,
      deleted: false,
      forced: false,
      commits: git(bare, 'rev-list', '-n', '2048', after, `^${before}`).split('\n'),
      repository: { full_name: NAME, default_branch: 'main', visibility: 'public', private: false },
    };
    const { ms, cpuMs, code, report } = await step('push', payload, after, checkout(bare, after));
    times.push(ms);
    spent.push(cpuMs);
    if (code !== 0 && code !== 1) incomplete.push(after);
    for (const { id } of report.findings) found.set(id, (found.get(id) ?? 0) + 1);
  }
  const whole = scanned(bare, `${first}..${last}`);
  const missed = whole.findings.filter(({ id }) => !found.has(id));
  for (const list of [times, spent]) list.sort((a, b) => a - b);
  const at = (list: readonly number[], part: number) =>
    ((list[Math.ceil(list.length * part) - 1] ?? 0) / 1000).toFixed(2);
  const told = (list: readonly number[]) =>
    `median ${at(list, 0.5)} s, p95 ${at(list, 0.95)} s, longest ${at(list, 1)} s`;
  say(
    `${repository.split('/').slice(-2).join('/')}: ${times.length} pushes, ${git(bare, 'rev-list', '--count', last, `^${first}`)} commits`,
  );
  say(`time of a push: ${told(times)}`);
  say(`of the processor: ${told(spent)}`);
  say(
    `keys: ${found.size} in pushes, ${whole.findings.length} in a scan of the range, ${missed.length} missed`,
  );
  say(`pushes that were not read in full: ${incomplete.length}`);
  for (const { rule, place } of missed) say(`missed: ${rule} in ${place.path}`);

  for (const [what, tip] of [
    ['everything, nothing kept', first],
    [`what ${times.length} pushes brought`, last],
    ['nothing new', last],
  ] as const) {
    git(bare, 'update-ref', BRANCH, tip);
    const { ms, cpuMs, report, range } = await step('schedule', {}, tip);
    const short = range.includes('since the full scan before')
      ? 'from where the last one ended'
      : 'all of it';
    say(
      `schedule, ${what}: ${(ms / 1000).toFixed(2)} s, of the processor ${(cpuMs / 1000).toFixed(2)} s (${short}), ${report.findings.length} keys`,
    );
  }
  process.exitCode = missed.length + incomplete.length === 0 ? 0 : 1;
}

/** As actions/checkout leaves it by default: one commit. */
function checkout(bare: string, oid: string): string {
  const workspace = mkdtempSync(join(folder, 'workspace-'));
  git(workspace, 'init', '--quiet');
  git(workspace, 'remote', 'add', 'origin', `file://${bare}`);
  git(workspace, 'fetch', '--quiet', '--depth=1', '--no-tags', 'origin', `+${oid}:refs/remotes/checkout`);
  return workspace;
}

async function step(name: string, payload: object, sha: string, workspace?: string): Promise<Stepped> {
  const at = mkdtempSync(join(folder, 'step-'));
  for (const file of ['event.json', 'output', 'summary']) writeFileSync(join(at, file), '');
  writeFileSync(join(at, 'event.json'), JSON.stringify(payload));
  mkdirSync(join(at, 'temp'));
  const inputs: Record<string, string> = {
    'github-token': github.token,
    config: 'keyburn.toml',
    'fail-on': 'any',
    // The keys of a stranger's repository are nobody's to try.
    verify: 'false',
    revoke: 'false',
    history: 'true',
    'upload-sarif': 'false',
    comment: 'false',
    cache: 'true',
    'fingerprint-key': KEY,
    'report-file': join(at, 'report.json'),
  };
  const env = {
    PATH: process.env.PATH,
    HOME: at,
    ...Object.fromEntries(
      Object.entries(inputs).map(([key, value]) => [`INPUT_${key.toUpperCase()}`, value]),
    ),
    ...cache.env,
    GITHUB_EVENT_PATH: join(at, 'event.json'),
    GITHUB_EVENT_NAME: name,
    GITHUB_REPOSITORY: NAME,
    GITHUB_SERVER_URL: github.url,
    GITHUB_API_URL: github.api,
    GITHUB_OUTPUT: join(at, 'output'),
    GITHUB_STEP_SUMMARY: join(at, 'summary'),
    GITHUB_SHA: sha,
    GITHUB_REF: BRANCH,
    RUNNER_TEMP: join(at, 'temp'),
    ...(workspace === undefined ? {} : { GITHUB_WORKSPACE: workspace }),
  };
  const began = performance.now();
  // What it prints are masks as well, the keys themselves: the file ends with the step.
  const timed = '"$@" > log; code=$?; times; exit $code';
  // A shell drops variables with hyphens in their names; env(1) sets them behind it.
  const behind = Object.entries(env).map(([key, value]) => `${key}=${value}`);
  const command = ['-c', timed, 'sh', 'env', '-i', ...behind, process.execPath, join(ROOT, 'dist/index.js')];
  const child = spawn('sh', command, { cwd: at, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (piece: Buffer) => {
    said += piece.toString();
  });
  const code = await new Promise<number | null>((done) => child.on('close', done));
  const ms = performance.now() - began;
  const spent = [...said.matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, seconds]) => Number(minutes) * 60 + Number(seconds),
  );
  const cpuMs = spent.reduce((sum, one) => sum + one, 0) * 1000;
  const file = join(at, 'report.json');
  // A step that gives up before it reads says why, in a line without a word of the repository's.
  if (!existsSync(file))
    say(
      `no report: ${/^::error title=keyburn::.*$/m.exec(readFileSync(join(at, 'log'), 'utf8'))?.[0] ?? '?'}`,
    );
  const report = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : { findings: [] };
  const range = /^range<<(\S+)\n(.*)\n\1$/m.exec(readFileSync(join(at, 'output'), 'utf8'))?.[2] ?? '';
  for (const path of [at, workspace]) if (path !== undefined) rmSync(path, { recursive: true, force: true });
  return { ms, cpuMs, code, report, range };
}

function scanned(bare: string, range: string): Report {
  const config = join(folder, 'keyburn.toml');
  writeFileSync(config, '[fingerprint]\nenv = "REPLAY_KEY"\n');
  const file = join(folder, 'whole.json');
  const args = [
    'scan',
    bare,
    '--offline',
    '--range',
    range,
    '--format',
    'json',
    '--fail-on',
    'none',
    '--output',
    file,
  ];
  execFileSync(process.execPath, [join(ROOT, 'bin/keyburn.js'), ...args, '--config', config], {
    env: { PATH: process.env.PATH, HOME: folder, KEYBURN_HOME: join(folder, 'home'), REPLAY_KEY: KEY },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return JSON.parse(readFileSync(file, 'utf8')) as Report;
}

function git(cwd: string, ...args: readonly string[]): string {
  const env = {
    PATH: process.env.PATH,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    HOME: folder,
  };
  return execFileSync('git', args, { cwd, env, stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 2 ** 28 })
    .toString()
    .trim();
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

// A repository on GitHub, a developer who pushes to it, and a runner that runs the real dist/index.js for each event as the
// real one does: inputs with the defaults of action.yml, an event file, files for outputs and summary.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { fillTemplate } from '../../src/detect/index.ts';
import { type GitHubDouble, startGitHub } from '../doubles/github/index.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const DIST = join(ROOT, 'dist/index.js');
export const ZERO = '0'.repeat(40);
const REPOSITORY = 'acme/shop';

/** Keys that have no issuer, so that nobody is ever asked: made up at run time, no two alike. */
export function key(variant: number): string {
  return fillTemplate('AGE-SECRET-KEY-1{{upper-alnum:58}}', { literals: ['AGE-SECRET-KEY-1'] }, variant).text;
}

export interface Step {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What was masked, in order. */
  readonly masks: readonly string[];
  /** Every other line of stdout. */
  readonly lines: readonly string[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly report: {
    findings: { preview: string; place: { path: string; line: number } }[];
    summary?: Readonly<Record<string, unknown>>;
  };
}

export interface Ask {
  readonly name: string;
  readonly payload?: unknown;
  readonly sha?: string;
  readonly ref?: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** As actions/checkout would: so many commits of GITHUB_SHA; 0 for everything, undefined for no checkout. */
  readonly depth?: number | undefined;
}

export class Stage {
  readonly folder: string;
  readonly github: GitHubDouble;
  readonly bare: string;
  readonly work: string;
  readonly runs: string[] = [];
  /** The step that was started last. */
  running: ChildProcess | undefined;
  #minute = 0;

  private constructor(folder: string, github: GitHubDouble) {
    this.folder = folder;
    this.github = github;
    this.bare = join(folder, 'host', `${REPOSITORY}.git`);
    this.work = join(folder, 'work');
  }

  static async set(): Promise<Stage> {
    const folder = mkdtempSync(join(realpathSync(tmpdir()), 'keyburn-action-'));
    const github = await startGitHub(join(folder, 'host'));
    onTestFinished(async () => {
      await github.close();
      rmSync(folder, { recursive: true, force: true });
    });
    const stage = new Stage(folder, github);
    mkdirSync(stage.bare, { recursive: true });
    mkdirSync(stage.work);
    stage.in(stage.bare, 'init', '-q', '--bare', '-b', 'main');
    for (const name of ['allowAnySHA1InWant', 'allowFilter'])
      stage.in(stage.bare, 'config', `uploadpack.${name}`, 'true');
    stage.git('init', '-q', '-b', 'main');
    stage.git('remote', 'add', 'origin', stage.bare);
    return stage;
  }

  git(...args: string[]): string {
    return this.in(this.work, ...args);
  }

  in(cwd: string, ...args: string[]): string {
    const date = new Date(Date.UTC(2026, 0, 1, 0, this.#minute++)).toISOString();
    const env = {
      PATH: process.env.PATH,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'Ada',
      GIT_AUTHOR_EMAIL: 'ada@example.com',
      GIT_COMMITTER_NAME: 'Ada',
      GIT_COMMITTER_EMAIL: 'ada@example.com',
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_DATE: date,
    };
    return execFileSync('git', args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
      .toString()
      .trim();
  }

  /** A git command of the developer's that reads its input. */
  feed(input: string, ...args: string[]): void {
    execFileSync('git', args, { cwd: this.work, input, stdio: ['pipe', 'pipe', 'pipe'] });
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.work, name)), { recursive: true });
      writeFileSync(join(this.work, name), text);
    }
  }

  /** @returns the commit's object id */
  commit(files: Readonly<Record<string, string>>, message = 'work'): string {
    this.write(files);
    this.git('add', '.');
    this.git('commit', '-q', '--allow-empty', '-m', message);
    return this.git('rev-parse', 'HEAD');
  }

  /** Pushes, and gives the event that GitHub would make of it. */
  push(
    ref: string,
    options: { force?: boolean; from?: string } = {},
  ): Required<Pick<Ask, 'name' | 'payload' | 'sha' | 'ref'>> {
    const full = ref.startsWith('refs/') ? ref : `refs/heads/${ref}`;
    const tip = (): string => {
      const line = this.in(this.bare, 'for-each-ref', '--format=%(objectname)', full);
      return line === '' ? ZERO : line;
    };
    const before = tip();
    this.git(
      'push',
      '-q',
      ...(options.force === true ? ['--force'] : []),
      'origin',
      `${options.from ?? full}:${full}`,
    );
    const after = tip();
    const known = (oid: string) => oid !== ZERO;
    const list =
      known(before) && known(after) && !full.startsWith('refs/tags/')
        ? this.in(this.bare, 'rev-list', after, `^${before}`).split('\n').filter(Boolean)
        : [];
    const sha = known(after) ? this.in(this.bare, 'rev-parse', `${after}^{commit}`) : before;
    const payload = {
      ref: full,
      before,
      after,
      created: !known(before),
      deleted: !known(after),
      forced: options.force === true && known(before),
      base_ref: null,
      commits: list.slice(0, 2048).map((id) => ({ id, message: 'work' })),
      head_commit: null,
      repository: this.repository(),
    };
    return { name: 'push', payload, sha, ref: full };
  }

  repository(): Record<string, unknown> {
    const { visibility } = this.github;
    return {
      full_name: REPOSITORY,
      default_branch: 'main',
      private: visibility !== 'public',
      visibility,
    };
  }

  /** A pull request of a branch that stands on the host; the checkout's commit is a merge made for the test. */
  pull(
    head: string,
    options: { fork?: boolean; number?: number; base?: string } = {},
  ): Required<Pick<Ask, 'name' | 'payload' | 'sha' | 'ref'>> {
    const { number = 7, base = 'main' } = options;
    const [headSha, baseSha] = [head, base].map((one) => this.in(this.bare, 'rev-parse', one));
    if (headSha === undefined || baseSha === undefined) throw new Error('no such branch');
    const repo = this.repository();
    const pull = {
      number,
      commits: Number(this.in(this.bare, 'rev-list', '--count', headSha, `^${baseSha}`)),
      head: {
        sha: headSha,
        ref: head,
        repo: options.fork === true ? { ...repo, full_name: 'stranger/shop' } : repo,
      },
      base: { sha: baseSha, ref: base, repo },
    };
    const tree = this.in(this.bare, 'rev-parse', `${headSha}^{tree}`);
    const merge = this.in(this.bare, 'commit-tree', tree, '-p', baseSha, '-p', headSha, '-m', 'merge');
    this.in(this.bare, 'update-ref', `refs/pull/${number}/merge`, merge);
    this.in(this.bare, 'update-ref', `refs/pull/${number}/head`, headSha);
    const payload = { action: 'synchronize', number, pull_request: pull, repository: repo };
    return { name: 'pull_request', payload, sha: merge, ref: `refs/pull/${number}/merge` };
  }

  checkout(folder: string, sha: string, depth: number): void {
    mkdirSync(folder, { recursive: true });
    this.in(folder, 'init', '-q', '-b', 'main');
    this.in(folder, 'remote', 'add', 'origin', `file://${this.bare}`);
    const all = ['+refs/heads/*:refs/remotes/origin/*', '+refs/tags/*:refs/tags/*'];
    const refs = depth === 0 ? all : [];
    this.in(
      folder,
      'fetch',
      '-q',
      '--no-tags',
      ...(depth === 0 ? [] : [`--depth=${depth}`]),
      'origin',
      ...refs,
      `+${sha}:refs/remotes/checkout`,
    );
    this.in(folder, 'checkout', '-q', '--detach', sha);
  }

  /** What ends with a job: the folders of the runner, with all that steps left in them. */
  forget(): void {
    for (const run of this.runs.splice(0)) rmSync(run, { recursive: true, force: true });
  }

  /** Runs one step; every file that it could write to is below a folder of its own. */
  async step(ask: Ask): Promise<Step> {
    const folder = mkdtempSync(join(this.folder, 'step-'));
    this.runs.push(folder);
    const at = (name: string) => join(folder, name);
    for (const name of ['temp', 'workspace']) mkdirSync(at(name));
    writeFileSync(at('event.json'), JSON.stringify(ask.payload ?? {}));
    writeFileSync(at('output'), '');
    writeFileSync(at('summary'), '');
    if (ask.depth !== undefined && ask.sha !== undefined) this.checkout(at('workspace'), ask.sha, ask.depth);
    const inputs = { ...defaults(), 'github-token': this.github.token, verify: 'false', ...ask.inputs };
    const env = {
      PATH: process.env.PATH,
      HOME: folder,
      ...Object.fromEntries(
        Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
      ),
      GITHUB_EVENT_PATH: at('event.json'),
      GITHUB_EVENT_NAME: ask.name,
      GITHUB_REPOSITORY: REPOSITORY,
      GITHUB_SERVER_URL: this.github.url,
      GITHUB_API_URL: this.github.api,
      GITHUB_WORKSPACE: at('workspace'),
      GITHUB_OUTPUT: at('output'),
      GITHUB_STEP_SUMMARY: at('summary'),
      GITHUB_SHA: ask.sha ?? '',
      GITHUB_REF: ask.ref ?? '',
      RUNNER_TEMP: at('temp'),
      ...ask.env,
    };
    const { code, stdout, stderr } = await this.#node(at('workspace'), env);
    writeFileSync(at('stdout'), stdout);
    writeFileSync(at('stderr'), stderr);
    const lines = stdout.split('\n').filter(Boolean);
    const mask = '::add-mask::';
    const outputs = parseOutputs(readFileSync(at('output'), 'utf8'));
    const report = outputs['report-file'];
    return {
      code,
      stdout,
      stderr,
      masks: lines.filter((line) => line.startsWith(mask)).map((line) => decode(line.slice(mask.length))),
      lines: lines.filter((line) => !line.startsWith(mask)),
      outputs,
      summary: readFileSync(at('summary'), 'utf8'),
      report: report ? JSON.parse(readFileSync(report, 'utf8')) : { findings: [] },
    };
  }

  #node(
    cwd: string,
    env: Readonly<Record<string, string | undefined>>,
  ): Promise<{ code: number | null; stdout: string; stderr: string }> {
    return new Promise((done, refuse) => {
      const child = spawn(process.execPath, [DIST], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
      this.running = child;
      const [out, err]: [Buffer[], Buffer[]] = [[], []];
      child.stdout.on('data', (piece: Buffer) => out.push(piece));
      child.stderr.on('data', (piece: Buffer) => err.push(piece));
      child.on('error', refuse);
      child.on('close', (code) =>
        done({
          code,
          stdout: Buffer.concat(out).toString('utf8'),
          stderr: Buffer.concat(err).toString('utf8'),
        }),
      );
    });
  }

  /** All that the steps have written anywhere, by path; what a step was given is left out, and so are its masks. */
  written(): Map<string, string> {
    const files = new Map<string, string>();
    for (const run of this.runs) {
      for (const entry of readdirSync(run, { recursive: true, withFileTypes: true })) {
        const path = join(entry.parentPath, entry.name);
        if (!entry.isFile() || path.startsWith(join(run, 'workspace')) || entry.name === 'event.json')
          continue;
        const text = readFileSync(path, 'latin1');
        files.set(path, entry.name === 'stdout' ? text.replace(/^::add-mask::.*$/gm, '') : text);
      }
    }
    return files;
  }
}

/** The `default:` of each input in action.yml: a file of ours in a form of ours, so a few lines read it. */
function defaults(): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { name, value } of inputsOf()) found[name] = value.startsWith('${{') ? '' : value;
  return found;
}

export function inputsOf(): { name: string; value: string }[] {
  const text = readFileSync(join(ROOT, 'action.yml'), 'utf8');
  const block = /^inputs:\n([\s\S]*?)^outputs:/m.exec(text)?.[1] ?? '';
  return [...block.matchAll(/^ {2}([a-z-]+):\n {4}description: .*\n {4}default: (.*)$/gm)].map(
    ([, name = '', value = '']) => ({
      name,
      value: value.replace(/^"(.*)"$/, '$1'),
    }),
  );
}

export function outputsOf(): string[] {
  const text = readFileSync(join(ROOT, 'action.yml'), 'utf8');
  const block = /^outputs:\n([\s\S]*?)^runs:/m.exec(text)?.[1] ?? '';
  return [...block.matchAll(/^ {2}([a-z-]+):$/gm)].map(([, name = '']) => name);
}

function parseOutputs(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/^([a-z-]+)<<(ghadelimiter_\S+)\n([\s\S]*?)\n\2$/gm)].map(
      ([, name = '', , value = '']) => [name, value],
    ),
  );
}

function decode(text: string): string {
  return text.replaceAll('%0A', '\n').replaceAll('%0D', '\r').replaceAll('%25', '%');
}

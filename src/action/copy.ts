// The action's own bare repository, in RUNNER_TEMP. It borrows what the checkout has fetched already, and gets the rest
// itself: the checkout stays untouched, however shallow it is, whatever it persisted, and whether or not it is there at all.
// The law of this file: git touches the network in `bring`, `fill` and `refs` alone, and the token travels in the environment.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { SetupError } from '../model/index.ts';
import { gitEnvironment } from '../read/index.ts';

const SAFE = [
  'core.hooksPath=/dev/null',
  'protocol.allow=never',
  'gc.auto=0',
  'maintenance.auto=false',
  'fetch.recurseSubmodules=no',
  'credential.helper=',
  'advice.detachedHead=false',
  // A connection that has died ends after a minute, not with the job.
  'http.lowSpeedLimit=1000',
  'http.lowSpeedTime=60',
].flatMap((setting) => ['-c', setting]);

export interface CopyOptions {
  /** A folder that does not exist yet. */
  readonly folder: string;
  /** `https://github.com/owner/name.git` */
  readonly url: string;
  readonly token: string | undefined;
  /** The checkout, if there is one. */
  readonly workspace: string | undefined;
  readonly signal: AbortSignal;
}

export interface Fetched {
  readonly ok: boolean;
  /** Git's last word; never with the token in it. */
  readonly said: string;
}

export class Copy {
  readonly folder: string;
  readonly #options: CopyOptions;
  #partial = false;

  private constructor(options: CopyOptions) {
    this.folder = options.folder;
    this.#options = options;
  }

  static async make(options: CopyOptions): Promise<Copy> {
    const { folder, workspace } = options;
    await mkdir(folder, { recursive: true });
    const copy = new Copy(options);
    const lender = workspace === undefined ? undefined : await lenderOf(workspace, options.signal);
    const format = lender?.format === 'sha256' ? ['--object-format=sha256'] : [];
    await copy.ask(['init', '--quiet', '--bare', '--initial-branch=keyburn', ...format]);
    await copy.ask(['config', 'remote.origin.url', options.url]);
    if (lender) {
      await writeFile(join(folder, 'objects/info/alternates'), `${lender.objects}\n`);
      if (lender.shallow !== undefined) await writeFile(join(folder, 'shallow'), lender.shallow);
    }
    return copy;
  }

  /** Another copy of the same remote, with nothing in it but what the checkout lends. */
  async anew(folder: string): Promise<Copy> {
    return await Copy.make({ ...this.#options, folder });
  }

  /** Commits whose parents are cut off. */
  get shallow(): ReadonlySet<string> {
    const file = join(this.folder, 'shallow');
    return new Set(existsSync(file) ? readFileSync(file, 'latin1').split('\n').filter(Boolean) : []);
  }

  /** A git command without network, its whole output. Rejects with what git said. */
  async ask(args: readonly string[], input: Iterable<string> = []): Promise<Buffer> {
    const { code, out, said } = await this.#run(args, input, false);
    if (code === 0) return out;
    throw new Error(`git ${args[0] ?? ''}: ${said}`);
  }

  /** As `ask`, in lines. */
  async lines(args: readonly string[], input: Iterable<string> = []): Promise<string[]> {
    return (await this.ask(args, input)).toString('utf8').split('\n').filter(Boolean);
  }

  /** Whether blobs were left out of a fetch. */
  get partial(): boolean {
    return this.#partial;
  }

  /** The commits that object ids lead to, through tags; undefined for what is not here. */
  async commitsOf(oids: readonly string[]): Promise<(string | undefined)[]> {
    const asked = oids.map((oid) => `${oid}^{commit}`);
    const answers = await this.lines(['cat-file', '--batch-check=%(objectname)'], asked);
    return oids.map((_oid, index) => answers[index]).map((one) => (isOid(one ?? '') ? one : undefined));
  }

  /** Those of the object ids that are not here, as commits or tags that lead to one. */
  async missing(oids: readonly string[]): Promise<string[]> {
    const commits = await this.commitsOf(oids);
    return oids.filter((_oid, index) => commits[index] === undefined);
  }

  /** Those of the object ids that are not here, of whatever kind. */
  async lacking(oids: readonly string[]): Promise<string[]> {
    if (oids.length === 0) return [];
    // Asked for an object that was promised, git would fetch it, or die where it may not; a listing holds what is here.
    const here = await this.lines([
      'cat-file',
      '--batch-all-objects',
      '--unordered',
      '--buffer',
      '--batch-check=%(objectname)',
    ]);
    const wanted = new Set(oids);
    for (const oid of here) wanted.delete(oid);
    return [...wanted];
  }

  /** Gets refs (`+refs/heads/*:refs/heads/*`) or whole object ids; options such as `--depth=2` come first. */
  async bring(args: readonly string[], wanted: readonly string[]): Promise<Fetched> {
    this.#partial ||= args.some((arg) => arg.startsWith('--filter='));
    const refspecs = wanted.map((one) => (isOid(one) ? `+${one}:refs/keyburn/${one}` : one));
    const { code, said } = await this.#run(
      ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', ...args, 'origin', ...refspecs],
      [],
      true,
    );
    return { ok: code === 0, said };
  }

  /** Gets objects by their ids in one go: the blobs that a fetch without them left out. */
  async fill(oids: readonly string[]): Promise<Fetched> {
    if (oids.length === 0) return { ok: true, said: '' };
    const args = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--filter=blob:none', '--stdin'];
    const { code, said } = await this.#run(
      ['-c', 'fetch.negotiationAlgorithm=noop', ...args, 'origin'],
      oids,
      true,
    );
    return { ok: code === 0, said };
  }

  /** What the remote has now: object ids by full name; undefined where it cannot be asked. */
  async refs(...patterns: readonly string[]): Promise<ReadonlyMap<string, string> | undefined> {
    const { code, out } = await this.#run(['ls-remote', '--quiet', 'origin', ...patterns], [], true);
    if (code !== 0) return undefined;
    const lines = out.toString('utf8').split('\n');
    return new Map(
      lines.flatMap((line) => {
        const [oid = '', name = ''] = line.split('\t');
        return isOid(oid) && name !== '' ? [[name, oid] as const] : [];
      }),
    );
  }

  async #run(
    args: readonly string[],
    input: Iterable<string>,
    network: boolean,
  ): Promise<{ code: number | null; out: Buffer; said: string }> {
    const { url, token, signal } = this.#options;
    const child = spawn('git', [...SAFE, ...(network ? allowed(url) : []), ...args], {
      cwd: this.folder,
      env: {
        ...gitEnvironment(),
        ...(network ? authorization(url, token) : { GIT_ALLOW_PROTOCOL: 'none', GIT_NO_LAZY_FETCH: '1' }),
      },
      stdio: ['pipe', 'pipe', 'pipe'],
      signal,
    });
    const pieces: Buffer[] = [];
    let said = '';
    child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
    child.stderr.on('data', (piece: Buffer) => {
      said = (said + piece.toString('utf8')).slice(-4096);
    });
    child.stdin.on('error', () => {});
    const ended = once(child, 'close');
    child.stdin.end([...input].map((line) => `${line}\n`).join(''));
    try {
      await ended;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
        throw new SetupError('git was not found', {
          hint: 'the runner needs git 2.31 or newer',
          cause: error,
        });
      throw error;
    }
    return { code: child.exitCode, out: Buffer.concat(pieces), said: lastWord(said) };
  }
}

export function isOid(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

/** The checkout's objects, where git would read them for us and they are whole. */
async function lenderOf(
  workspace: string,
  signal: AbortSignal,
): Promise<{ objects: string; shallow?: string; format: string } | undefined> {
  const child = spawn('git', ['rev-parse', '--git-common-dir', '--show-object-format'], {
    cwd: workspace,
    env: { ...gitEnvironment(), GIT_ALLOW_PROTOCOL: 'none' },
    stdio: ['ignore', 'pipe', 'ignore'],
    signal,
  });
  let text = '';
  child.stdout.on('data', (piece: Buffer) => {
    text += piece.toString('utf8');
  });
  try {
    await once(child, 'close');
  } catch {
    return undefined;
  }
  const [common = '', format = ''] = text.split('\n');
  if (child.exitCode !== 0 || common === '') return undefined;
  const folder = resolve(workspace, common);
  const objects = join(folder, 'objects');
  // A partial clone lacks blobs that its remote has promised; borrowing from it would hide that.
  const packs = existsSync(join(objects, 'pack')) ? readdirSync(join(objects, 'pack')) : [];
  if (/[\n"]/.test(objects) || packs.some((name) => name.endsWith('.promisor'))) return undefined;
  const shallow = join(folder, 'shallow');
  return { objects, format, ...(existsSync(shallow) ? { shallow: readFileSync(shallow, 'latin1') } : {}) };
}

function allowed(url: string): string[] {
  const scheme = /^(https?):/.exec(url)?.[1];
  return scheme === undefined ? [] : ['-c', `protocol.${scheme}.allow=always`];
}

/** The header that the host takes a token by, for that host alone; what another config put there is dropped, two would be refused. */
function authorization(url: string, token: string | undefined): NodeJS.ProcessEnv {
  if (token === undefined || !/^https?:/.test(url)) return {};
  const key = `http.${new URL(url).origin}/.extraHeader`;
  const pair = Buffer.from(`x-access-token:${token}`).toString('base64');
  return {
    GIT_CONFIG_COUNT: '2',
    GIT_CONFIG_KEY_0: key,
    GIT_CONFIG_VALUE_0: '',
    GIT_CONFIG_KEY_1: key,
    GIT_CONFIG_VALUE_1: `Authorization: Basic ${pair}`,
  };
}

function lastWord(said: string): string {
  const lines = said.trim().split('\n');
  const line = lines.findLast((one) => /^(?:fatal|error|remote error):/.test(one)) ?? lines.at(-1) ?? '';
  return line.replace(/^(?:fatal|error): /, '').slice(0, 300);
}

// A whole stage of real parts for org-wide scans: the double of GitHub over real repositories, the embedded key service, a webhook that
// counts, and the command line, in this process or in one of its own.

import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { command } from '../../src/cli/main.ts';
import { serve } from '../../src/keyservice/index.ts';
import { type OrgDouble, startOrg } from './github-org.ts';

const MAIN = fileURLToPath(new URL('../../bin/keyburn.js', import.meta.url));

export interface Ran {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Parsed rules by file, as a home that is not new has them: half of a run's time. */
const rules = new Map<string, Buffer>();

export class OrgStage {
  readonly folder: string;
  readonly hosted: string;
  readonly home: string;
  readonly github: OrgDouble;
  readonly env: Record<string, string>;
  readonly #rootKey: string;
  readonly #issuer: { readonly url: string; close(): Promise<void> };

  private constructor(
    folder: string,
    github: OrgDouble,
    issuer: { readonly url: string; close(): Promise<void> },
    rootKey: string,
  ) {
    this.folder = folder;
    this.hosted = join(folder, 'hosted');
    this.home = join(folder, 'home');
    this.github = github;
    this.#issuer = issuer;
    this.#rootKey = rootKey;
    this.env = {
      KEYBURN_HOME: this.home,
      KEYBURN_CONFIG: join(folder, 'keyburn.toml'),
      KEYBURN_SERVICE_URL: issuer.url,
      KEYBURN_ROOT_KEY: rootKey,
      KEYBURN_GITHUB_TOKEN: github.token,
      TMPDIR: folder,
    };
    writeFileSync(
      join(folder, 'keyburn.toml'),
      `[policy]\nbreaker = 100000\n\n[[notify]]\nname = "owner"\nkind = "file"\npath = ${JSON.stringify(this.toldFile)}\n`,
    );
  }

  static async set(): Promise<OrgStage> {
    const folder = mkdtempSync(join(realpathSync(tmpdir()), 'keyburn-org-'));
    mkdirSync(join(folder, 'hosted'));
    mkdirSync(join(folder, 'home/cache'), { recursive: true });
    for (const [name, bytes] of rules) writeFileSync(join(folder, 'home/cache', name), bytes);
    const rootKey = randomBytes(24).toString('base64url');
    const github = await startOrg(join(folder, 'hosted'));
    const issuer = await serve({
      home: join(folder, 'issuer'),
      port: 0,
      host: '127.0.0.1',
      rootKey,
      log: () => undefined,
      now: () => new Date(),
    });
    return new OrgStage(folder, github, issuer, rootKey);
  }

  get toldFile(): string {
    return join(this.folder, 'told.jsonl');
  }

  /** Adds to the operator's keyburn.toml. */
  configure(toml: string): void {
    appendFileSync(join(this.folder, 'keyburn.toml'), `\n${toml}`);
  }

  /** Messages that the owner got, parsed. */
  told(): { id: string; type: string; text: string; data: { incident: { id: string; preview: string } } }[] {
    try {
      return readFileSync(this.toldFile, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line));
    } catch {
      return [];
    }
  }

  /** A key of the embedded key service that works. */
  async key(name = 'shop'): Promise<string> {
    const minted = await send(`${this.#issuer.url}/v1/keys`, this.#rootKey, 'POST', {
      name,
      owner: 'ada@example.com',
      environment: 'live',
    });
    return String((JSON.parse(minted.body) as { key: unknown }).key);
  }

  /** Its owner is faster. */
  async revoke(key: string): Promise<void> {
    const said = await send(`${this.#issuer.url}/v1/keys/revoke-self`, key, 'POST', { cause: 'rotated' });
    if (said.status >= 300) throw new Error(`not revoked: ${said.status} ${said.body}`);
  }

  async works(key: string): Promise<boolean> {
    return (await send(`${this.#issuer.url}/v1/whoami`, key)).status === 200;
  }

  /** `keyburn org acme` in this process. */
  async org(...args: string[]): Promise<Ran> {
    return this.keyburn('org', 'acme', '--base-url', this.github.api, '--threads', '1', ...args);
  }

  async keyburn(...args: string[]): Promise<Ran> {
    const [stdout, stderr] = [keeping(), keeping()];
    const io = {
      stdin: Readable.from([]),
      stdout: stdout.stream,
      stderr: stderr.stream,
      env: { PATH: process.env.PATH, HOME: this.folder, ...this.env },
      cwd: this.folder,
      signal: new AbortController().signal,
    };
    const code = await command(args, io);
    return { code, signal: null, stdout: stdout.text(), stderr: stderr.text() };
  }

  /** The same as a process of its own, to be killed. */
  spawn(
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): { child: ChildProcess; ended: Promise<Ran> } {
    const child = spawn(process.execPath, [MAIN, ...args], {
      env: { ...process.env, ...this.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (piece: Buffer) => {
      stdout += piece.toString('utf8');
    });
    child.stderr.on('data', (piece: Buffer) => {
      stderr += piece.toString('utf8');
    });
    const ended = new Promise<Ran>((done, refuse) => {
      child.on('error', refuse);
      child.on('close', (code, signal) => done({ code, signal, stdout, stderr }));
    });
    return { child, ended };
  }

  async close(): Promise<void> {
    const cache = join(this.home, 'cache');
    const parsed = existsSync(cache) ? readdirSync(cache).filter((name) => name.startsWith('rules-')) : [];
    for (const name of parsed) if (!rules.has(name)) rules.set(name, readFileSync(join(cache, name)));
    await Promise.all([this.github.close(), this.#issuer.close()]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function keeping(): { readonly stream: PassThrough; text(): string } {
  const stream = new PassThrough();
  const pieces: Buffer[] = [];
  stream.on('data', (piece: Buffer) => pieces.push(piece));
  return { stream, text: () => Buffer.concat(pieces).toString('utf8') };
}

function send(
  target: string,
  key: string,
  method = 'GET',
  body?: unknown,
): Promise<{ status: number; body: string }> {
  return new Promise((answer, refuse) => {
    const headers = {
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const sent = request(target, { method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => {
        text += piece;
      });
      response.on('end', () => answer({ status: response.statusCode ?? 0, body: text }));
    });
    sent.on('error', refuse);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** Findings and summary of a report in JSON lines. */
export function lines(stdout: string): {
  findings: {
    id: string;
    preview: string;
    place: { path: string; repository?: string };
    verdict: { state: string };
    receipt: { outcome: string } | null;
    exposure: string;
  }[];
  summary: {
    findings: number;
    live: number;
    revoked: number;
    skipped: { path: string; why: string }[];
    blobs: number;
    bytes: number;
  };
} {
  const all = stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  return {
    findings: all.filter((one) => one.type === 'finding'),
    summary: all.find((one) => one.type === 'summary'),
  };
}

// A real stage for the page: `keyburn serve` as a process of its own with its key service as the issuer, a repository with leaked
// keys, a ledger that a scan has filled, and Chromium.

import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { startCodeHost } from '../../src/cli/demo/code-host.ts';
import { makeRepository } from '../../src/cli/demo/repository.ts';

const MAIN = fileURLToPath(new URL('../../bin/keyburn.js', import.meta.url));
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((file) =>
  existsSync(process.env.KEYBURN_TEST_CHROMIUM ?? file),
);
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const NO_CHROMIUM =
  CHROMIUM === undefined ? 'no Chromium: apt-get install chromium, or name one in KEYBURN_TEST_CHROMIUM' : '';

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.KEYBURN_TEST_CHROMIUM ?? CHROMIUM ?? '',
    headless: true,
    args: FLAGS,
  });
}

export interface Stage {
  readonly url: string;
  readonly folder: string;
  readonly home: string;
  readonly repository: string;
  readonly key: string;
  readonly stderr: () => string;
  /** Asks the server for a new sign-in link, as the button does. */
  link(): Promise<string>;
  whoami(): Promise<number>;
  keyburn(...args: readonly string[]): Promise<{ readonly code: number | null; readonly output: string }>;
  close(): Promise<void>;
}

export interface StageOptions {
  readonly armed?: boolean;
  readonly config?: string;
}

/** One leaked key in a public repository, found by a dry run. */
export async function setStage({ armed = true, config = '' }: StageOptions = {}): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'keyburn-page-'));
  const home = join(folder, 'home');
  const rootKey = randomBytes(24).toString('base64url');
  const host = await startCodeHost('acme', 'shop');
  const env: Record<string, string | undefined> = {
    ...process.env,
    KEYBURN_HOME: home,
    KEYBURN_CONFIG: join(folder, 'keyburn.toml'),
    KEYBURN_ROOT_KEY: rootKey,
  };
  await writeFile(
    join(folder, 'keyburn.toml'),
    `[[host]]\nhost = "${host.host}"\nkind = "github"\napi = "http://${host.host}/api/v3"\n
[[notify]]\nname = "owner"\nkind = "file"\npath = ${JSON.stringify(join(folder, 'told.jsonl'))}\n${config}`,
  );
  const server = await serve(env, armed ? ['--revoke'] : []);
  const minted = await fetch(`${server.url}/v1/keys`, {
    method: 'POST',
    headers: { authorization: `Bearer ${rootKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'shop payments', owner: 'ada@example.com', environment: 'live' }),
  });
  const { key } = (await minted.json()) as { key: string };
  const repository = join(folder, 'shop');
  await makeRepository(repository, `http://${host.host}/acme/shop.git`, key);
  const keyburn = (...args: readonly string[]) => run({ ...env, KEYBURN_SERVICE_URL: server.url }, args);
  await keyburn('scan', repository, '--quiet');
  let used = 0;
  return {
    url: server.url,
    folder,
    home,
    repository,
    key,
    stderr: server.stderr,
    async link() {
      // The first one was shown at the start; a session of its own takes it.
      const links = () => [...server.stderr().matchAll(/http:\S+\/incidents\/sign-in\?link=\S+/g)];
      const known = links()[used]?.[0];
      if (known === undefined) throw new Error('the link was taken already');
      used += 1;
      return known;
    },
    whoami: async () =>
      (await fetch(`${server.url}/v1/whoami`, { headers: { authorization: `Bearer ${key}` } })).status,
    keyburn,
    async close() {
      await server.stop();
      await host.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function serve(env: Record<string, string | undefined>, args: readonly string[]) {
  const child = spawn(process.execPath, [MAIN, 'serve', '--port', '0', ...args], { env, stdio: 'pipe' });
  let errors = '';
  const url = await new Promise<string>((ready, refuse) => {
    let address = '';
    const look = (): void => {
      if (address !== '' && /sign-in\?link=\S+\n/.test(errors)) ready(address);
    };
    child.stdout.on('data', (piece: Buffer) => {
      address += piece.toString('utf8').trim();
      look();
    });
    child.stderr.on('data', (piece: Buffer) => {
      errors += piece.toString('utf8');
      look();
    });
    child.once('exit', () => refuse(new Error(errors)));
  });
  return { url, stderr: () => errors, stop: () => ended(child) };
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (child.exitCode !== null) done();
    child.once('exit', () => done());
    child.kill('SIGTERM');
  });
}

function run(
  env: Record<string, string | undefined>,
  args: readonly string[],
): Promise<{ code: number | null; output: string }> {
  return new Promise((done, refuse) => {
    const child = spawn(process.execPath, [MAIN, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (piece: Buffer) => {
        output += piece.toString('utf8');
      });
    child.on('error', refuse);
    child.on('close', (code) => done({ code, output }));
  });
}

/** Signs in by the link that the operator was shown. */
export async function signIn(page: Page, stage: Stage): Promise<void> {
  await page.goto(await stage.link());
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${stage.url}/incidents`);
}

/** What a page must never say: errors of scripts, and of the content security policy. */
export function complaints(page: Page): readonly string[] {
  const heard: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') heard.push(message.text());
  });
  page.on('pageerror', (error) => heard.push(error.message));
  page.on('requestfailed', (request) => heard.push(`${request.url()}: ${request.failure()?.errorText}`));
  return heard;
}

// A whole stage of real parts: the embedded key service behind a proxy that can be told to misbehave, a stand-in for the public
// code host, a repository with a leaked key, a webhook that counts, and the command line as a process of its own.

import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startCodeHost } from '../../src/cli/demo/code-host.ts';
import { makeRepository } from '../../src/cli/demo/repository.ts';
import { serve } from '../../src/keyservice/index.ts';

const MAIN = fileURLToPath(new URL('../../bin/keyburn.js', import.meta.url));

export interface Ran {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What the proxy does with one request; it may kill the running command before or after the issuer has acted. */
export type Meddle = (
  request: IncomingMessage,
  response: ServerResponse,
  forward: () => Promise<void>,
) => Promise<void>;

export interface Stage {
  readonly folder: string;
  readonly home: string;
  readonly repository: string;
  readonly key: string;
  readonly rootKey: string;
  readonly issuer: string;
  /** Lines that the key service logged itself. */
  readonly issuerLog: readonly string[];
  /** `POST /v1/keys/check` and the like, as the proxy saw them. */
  readonly requests: string[];
  /** Bodies that the webhook got, with their `webhook-id`. */
  readonly told: { id: string; body: string }[];
  meddle: Meddle;
  running: ChildProcess | undefined;
  run(args: readonly string[], input?: string): Promise<Ran>;
  whoami(): Promise<{ status: number; body: string }>;
  /** Every file below the folder that keyburn may have written, but the repository itself. */
  written(): Promise<ReadonlyMap<string, Buffer>>;
  close(): Promise<void>;
}

export async function setStage(): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'keyburn-stage-'));
  const rootKey = randomBytes(24).toString('base64url');
  const issuerLog: string[] = [];
  const service = await serve({
    home: join(folder, 'issuer'),
    port: 0,
    host: '127.0.0.1',
    rootKey,
    log: (line) => issuerLog.push(line),
    now: () => new Date(),
  });
  const minted = await send(`${service.url}/v1/keys`, rootKey, 'POST', {
    name: 'shop',
    owner: 'ada@example.com',
    environment: 'live',
  });
  const key = String((JSON.parse(minted.body) as { key: unknown }).key);
  const host = await startCodeHost('acme', 'shop');
  const repository = join(folder, 'shop');
  await makeRepository(repository, `http://${host.host}/acme/shop.git`, key);

  const told: { id: string; body: string }[] = [];
  const hook = await listen(async (incoming, response) => {
    told.push({ id: String(incoming.headers['webhook-id']), body: await text(incoming) });
    response.writeHead(204).end();
  });
  const home = join(folder, 'home');
  const requests: string[] = [];
  const stage: Stage = {
    folder,
    home,
    repository,
    key,
    rootKey,
    issuer: service.url,
    issuerLog,
    requests,
    told,
    meddle: (_request, _response, forward) => forward(),
    running: undefined,
    run: (args, input) => run(stage, args, input, environment),
    whoami: () => send(`${service.url}/v1/whoami`, key),
    written: () => written(folder, repository),
    async close() {
      stage.running?.kill('SIGKILL');
      await Promise.all([service.close(), host.close(), stop(hook), stop(proxy)]);
      await rm(folder, { recursive: true, force: true });
    },
  };
  const proxy = await listen(async (incoming, response) => {
    requests.push(`${incoming.method} ${incoming.url}`);
    const body = await text(incoming);
    await stage.meddle(incoming, response, () => forward(service.url, incoming, body, response));
  });
  const hookSecret = randomBytes(24).toString('base64');
  const environment = {
    KEYBURN_HOME: home,
    KEYBURN_CONFIG: join(folder, 'keyburn.toml'),
    KEYBURN_SERVICE_URL: url(proxy),
    KEYBURN_ROOT_KEY: rootKey,
    HOOK_SECRET: `whsec_${hookSecret}`,
    TMPDIR: folder,
  };
  await writeFile(
    join(folder, 'keyburn.toml'),
    `[[host]]\nhost = "${host.host}"\nkind = "github"\napi = "http://${host.host}/api/v3"\n
[[notify]]\nname = "hook"\nkind = "webhook"\nurl = "${url(hook)}/told"\nsecret-env = "HOOK_SECRET"\n`,
  );
  return stage;
}

function run(
  stage: Stage,
  args: readonly string[],
  input: string | undefined,
  environment: Record<string, string>,
): Promise<Ran> {
  return new Promise((done, refuse) => {
    const child = spawn(process.execPath, [MAIN, ...args], {
      env: { ...process.env, ...environment },
      stdio: 'pipe',
    });
    stage.running = child;
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (piece: Buffer) => {
      stdout += piece.toString('utf8');
    });
    child.stderr.on('data', (piece: Buffer) => {
      stderr += piece.toString('utf8');
    });
    child.on('error', refuse);
    child.on('close', (code, signal) => done({ code, signal, stdout, stderr }));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input ?? '');
  });
}

export function send(
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
      text(response).then((answered) => answer({ status: response.statusCode ?? 0, body: answered }), refuse);
    });
    sent.on('error', refuse);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

function forward(
  base: string,
  incoming: IncomingMessage,
  body: string,
  response: ServerResponse,
): Promise<void> {
  return new Promise((done, refuse) => {
    const { host: _host, connection: _connection, ...headers } = incoming.headers;
    const sent = request(`${base}${incoming.url}`, { method: incoming.method, headers }, (reply) => {
      text(reply).then((answered) => {
        const { 'transfer-encoding': _encoding, 'content-length': _length, ...rest } = reply.headers;
        response.writeHead(reply.statusCode ?? 502, rest);
        response.end(answered);
        done();
      }, refuse);
    });
    sent.on('error', refuse);
    sent.end(body);
  });
}

async function text(stream: AsyncIterable<unknown>): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}

async function listen(
  handle: (incoming: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<Server> {
  const server = createServer((incoming, response) => {
    handle(incoming, response).catch(() => response.destroy());
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return server;
}

function url(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function stop(server: Server): Promise<void> {
  return new Promise((done) => {
    server.closeAllConnections();
    server.close(() => done());
  });
}

async function written(folder: string, repository: string): Promise<ReadonlyMap<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || path.startsWith(`${repository}/`) || path.startsWith(`${repository}.git/`))
      continue;
    files.set(path, await readFile(path));
  }
  return files;
}

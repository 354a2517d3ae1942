// `keyburn serve` as an operator starts it: flags, [receiver] in keyburn.toml, secrets in the environment.
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { command } from '../../src/cli/main.ts';
import { spotOf } from '../../src/model/index.ts';
import { openLedger } from '../../src/record/index.ts';
import { idOf } from '../record/sample.ts';

const ROOT_KEY = randomBytes(32).toString('hex');

async function run(args: readonly string[], settings = '', env: Record<string, string> = {}) {
  const home = await mkdtemp(join(tmpdir(), 'keyburn-serve-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  await mkdir(home, { recursive: true });
  await writeFile(join(home, 'keyburn.toml'), settings);
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const said = { out: '', err: '' };
  const stop = new AbortController();
  stderr.on('data', (piece: Buffer) => {
    said.err += piece.toString('utf8');
  });
  const listening = new Promise<string>((ready) => {
    stdout.on('data', (piece: Buffer) => {
      said.out += piece.toString('utf8');
      if (said.out.includes('\n')) ready(said.out.trim());
    });
  });
  const io = {
    stdin: Readable.from([]),
    stdout,
    stderr,
    env: { KEYBURN_HOME: home, KEYBURN_ROOT_KEY: ROOT_KEY, ...env },
    cwd: home,
    signal: stop.signal,
  };
  const code = command(['serve', '--port', '0', ...args], io);
  onTestFinished(async () => {
    stop.abort();
    await code;
  });
  return { said, code, home, url: await Promise.race([listening, code.then(() => '')]) };
}

/** An issuer's own webhook that says dead, and remembers what it was told. */
async function hook() {
  const seen: string[] = [];
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    seen.push(Buffer.concat(parts).toString('utf8'));
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('{"state":"dead"}');
  };
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { seen, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/leaks` };
}

describe('keyburn serve', () => {
  test('takes no reports unless it is told to', async () => {
    const { url, said } = await run([]);
    expect((await fetch(`${url}/found`)).status).toBe(404);
    expect((await fetch(`${url}/v1/leaks/github`, { method: 'POST' })).status).toBe(404);
    expect(said.err).not.toContain('takes leak reports');
  });

  test('a reported key reaches the issuer that the operator set up, and no line of the log holds it', async () => {
    const { seen, url: hookUrl } = await hook();
    const settings = `
[receiver]
proxies = ["127.0.0.1"]
[receiver.anybody]
per-address = 100
[[receiver.issuer]]
kind = "webhook"
name = "acme"
url = "${hookUrl}"
internal = true
secret-env = "ACME_SECRET"
pattern = 'acme_[0-9a-f]{8}'
`;
    const { url, said } = await run([], settings, { ACME_SECRET: randomBytes(32).toString('hex') });
    const key = `acme_${randomBytes(4).toString('hex')}`;
    for (const one of [key, `${key}0`]) {
      const response = await fetch(`${url}/v1/leaks/found`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ key: one, url: `https://paste.example/${one}` }),
      });
      expect(response.status).toBe(202);
    }
    await expect.poll(() => seen.length, { interval: 5 }).toBe(1);
    expect(JSON.parse(seen[0] ?? '')).toMatchObject({
      sha256: createHash('sha256').update(key).digest('hex'),
    });
    const auth = { headers: { authorization: `Bearer ${ROOT_KEY}` } };
    await expect
      .poll(async () => await (await fetch(`${url}/v1/leaks`, auth)).json(), { interval: 5 })
      .toMatchObject({ waiting: 0, dead: 1 });
    expect(said.err).toContain(
      'takes leak reports from anybody, by the form; burns keys of this service, acme',
    );
    expect(said.err + seen.join('')).not.toContain(key);
  });

  test('what a report ended is an incident, and its owner and the operator are told, once', async () => {
    const settings = `
[receiver.anybody]
per-address = 100
[[notify]]
kind = "file"
name = "told"
path = "told.jsonl"
`;
    const { url, home, said } = await run([], settings);
    const auth = { authorization: `Bearer ${ROOT_KEY}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ name: 'billing', owner: 'ada@example.com' });
    const made = await fetch(`${url}/v1/keys`, { method: 'POST', headers: auth, body });
    const { key, preview } = (await made.json()) as { key: string; preview: string };
    const report = (token: string) =>
      fetch(`${url}/found`, {
        method: 'POST',
        body: new URLSearchParams({ key: token, url: 'https://paste.example/7' }),
      });
    for (const token of [key, key, 'no key of ours']) expect((await report(token)).status).toBe(202);
    const told = async () => {
      const text = await readFile(join(home, 'told.jsonl'), 'utf8').catch(() => '');
      return text.split('\n').filter(Boolean);
    };
    await expect.poll(async () => (await told()).length, { interval: 20 }).toBe(1);
    const [line = ''] = await told();
    expect(JSON.parse(line)).toMatchObject({
      type: 'incident.burned',
      data: {
        incident: {
          state: 'closed',
          preview,
          exposure: 'public',
          place: { url: 'https://paste.example/7' },
          receipt: {
            outcome: 'revoked',
            note: 'ended by its own service, reported by somebody who found it',
          },
          decision: { because: 'reported by somebody who found it' },
        },
      },
    });
    const ledger = await openLedger(home);
    onTestFinished(() => ledger.end());
    const [incident, ...more] = await ledger.incidents();
    expect(more).toEqual([]);
    expect(incident).toMatchObject({ state: 'closed', service: 'keyburn', receipt: { outcome: 'revoked' } });
    expect(await ledger.board.card(incident?.id ?? idOf('a'))).toMatchObject({ owner: 'ada@example.com' });
    expect(line + said.err).not.toContain(key);
    // A page was named, and no line of it: none is invented.
    expect(incident && spotOf(incident.place)).toBe('a report');
    const shown = new PassThrough();
    const code = await command(['incidents', 'show', incident?.id ?? ''], {
      stdin: Readable.from([]),
      stdout: shown,
      stderr: shown,
      env: { KEYBURN_HOME: home },
      cwd: home,
      signal: new AbortController().signal,
    });
    shown.end();
    expect(code).toBe(0);
    expect(await text(shown)).toMatch(/^found at {3}a report {2}https:\/\/paste\.example\/7$/m);
  });

  test('flags switch on what needs no more than a name', async () => {
    const flags = ['--accept', 'github', '--accept', 'scanner', '--accept', 'anybody'];
    const { url } = await run(flags, '', { KEYBURN_REPORT_SECRET: randomBytes(32).toString('hex') });
    expect((await fetch(`${url}/found`)).status).toBe(200);
    for (const name of ['github', 'keyburn'])
      expect((await fetch(`${url}/v1/leaks/${name}`, { method: 'POST', body: '[]' })).status).toBe(401);
  });

  test.each([
    ['an unknown reporter', ['--accept', 'everybody'], '', 'Allowed choices are github, scanner, anybody'],
    ['no secret', ['--accept', 'scanner'], '', 'KEYBURN_REPORT_SECRET is not set'],
    ['a wrong name', [], '[receiver.gihtub]', 'receiver.gihtub: unknown field'],
    ['http keys', [], '[receiver.github]\npublic-keys = "http://keys.example/"', 'not an https address'],
    ['no types', [], '[receiver.gitlab-revocation]\ntypes = []', 'receiver.gitlab-revocation.types'],
    ['a secret in the file', [], '[receiver.scanner]\nsecret-env = "whsec_abc"', 'has no place here'],
    [
      'an issuer nobody knows',
      [],
      '[[receiver.issuer]]\nkind = "service"\nservice = "nobody"\npattern = "x"',
      'nobody can burn',
    ],
    [
      'a pattern that is none',
      [],
      '[[receiver.issuer]]\nkind = "service"\nservice = "unkey"\npattern = "("',
      'not a regular expression',
    ],
    [
      'no address',
      [],
      '[[receiver.issuer]]\nkind = "postgres"\nname = "t"\nurl-env = "T_URL"\nfind = "$1"\nburn = "$1"',
      'T_URL is not set',
    ],
  ])('%s stops the start, with a word on what to do', async (_, flags, settings, words) => {
    const { code, said } = await run(flags, settings);
    expect(await code).toBe(2);
    expect(said.err).toContain(words);
  });
});

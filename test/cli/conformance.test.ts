// The kit passes on what is whole (the embedded service, a real OAuth server) and fails on what is broken, saying why.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startOAuth } from '../connect/oauth.ts';
import { start } from '../keyservice/start.ts';
import { openConsole } from './console.ts';

interface Told {
  readonly results: readonly { id: string; outcome: string; why?: string; mend?: string }[];
}

async function judge(url: string, keys: Record<string, string>, ...more: string[]) {
  const terminal = await openConsole();
  onTestFinished(() => terminal.close());
  const input = Object.entries(keys).map(([name, value]) => `${name}=${value}\n`);
  const ran = await terminal.keyburnWith(input.join(''), 'conformance', url, '--format', 'json', ...more);
  for (const secret of Object.values(keys)) expect(ran.stdout + ran.stderr).not.toContain(secret);
  const { results } = JSON.parse(ran.stdout || '{"results":[]}') as Told;
  const of = (outcome: string) => results.filter((one) => one.outcome === outcome);
  const why = (id: string) => results.find((one) => one.id === id)?.why;
  return {
    ...ran,
    results,
    failed: of('fail').map(({ id }) => id),
    skipped: of('skipped').map(({ id }) => id),
    why,
  };
}

async function service() {
  const running = await start({ leaks: { found: { each: 1000, all: 1000 } }, failuresAMinute: 1000 });
  const made = await Promise.all(['key', 'other', 'self'].map((name) => running.make({ name })));
  const [key = '', other = '', self = ''] = made.map((one) => one.key);
  return { running, keys: { ROOT_KEY: running.root, KEY: key, OTHER_KEY: other, SELF_KEY: self } };
}

interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
}
/** Changes a reply, or answers in place of the service. */
type Break = (ask: { method: string; path: string; body: string; auth: string }, reply: Reply) => Reply;

/** The embedded service behind something that breaks it in one way. */
async function broken(by: Break, skips: (path: string) => boolean = () => false) {
  const { running, keys } = await service();
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts).toString('utf8');
    const { method = 'GET', url: path = '/' } = request;
    const { authorization: auth = '', 'content-type': type } = request.headers;
    // A revocation that is answered for and not done goes to another method of the same route.
    const to = skips(path) ? path.replace(/\/(?:revoke|disable)$/, '/restore') : path;
    const got = await fetch(running.url + to, {
      method,
      headers: { ...(auth && { authorization: auth }), ...(type && { 'content-type': type }) },
      ...(method === 'GET' ? {} : { body }),
    });
    const reply = by(
      { method, path, body, auth },
      { status: got.status, headers: Object.fromEntries(got.headers), body: await got.text() },
    );
    const { 'content-length': _, 'transfer-encoding': __, ...headers } = reply.headers;
    response.writeHead(reply.status, headers);
    response.end(reply.body);
  };
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, keys };
}

describe('the open contract', () => {
  test('the embedded service conforms, whole', async () => {
    const { running, keys } = await service();
    const told = await judge(running.url, keys);
    expect([told.failed, told.skipped, told.code]).toEqual([[], [], 0]);
    expect(told.results.length).toBeGreaterThan(18);
  });

  test('a person reads what passed and what did not', async () => {
    const { running, keys } = await service();
    const terminal = await openConsole();
    onTestFinished(() => terminal.close());
    const { SELF_KEY: _, ...less } = keys;
    const lines = Object.entries(less).map(([name, value]) => `KEYBURN_CONFORMANCE_${name}=${value}`);
    const { stdout, code } = await terminal.keyburnWith(lines.join('\r\n'), 'conformance', running.url);
    expect(code).toBe(0);
    expect(stdout).toContain('pass    honest-401: the next call with the key learns why');
    expect(stdout).toContain('not judged: no SELF_KEY was given');
    expect(stdout).toMatch(/\n\d+ pass, 0 fail, 1 skipped\n$/);
  });

  const json = { 'content-type': 'application/json' };
  test.each<[string, Break, string[], string, string]>([
    [
      '200 for everything',
      () => ({ status: 200, headers: json, body: '{"ok":true}' }),
      ['no-key', 'wrong-key', 'live'],
      'wrong-key',
      'answered 200, not 401',
    ],
    [
      '401 without a body',
      (_, reply) => (reply.status === 401 ? { status: 401, headers: {}, body: '' } : reply),
      ['no-key', 'wrong-key', 'contain', 'revoke'],
      'no-key',
      'the body is empty',
    ],
    [
      'web pages',
      (_, reply) => ({
        ...reply,
        headers: { 'content-type': 'text/html' },
        body: '<!doctype html><h1>Sign in</h1>',
      }),
      ['no-key', 'live', 'no-html'],
      'no-html',
      'with HTML',
    ],
    [
      'a redirect to another host',
      (_, reply) => ({ ...reply, status: 302, headers: { location: 'https://elsewhere.example/login' } }),
      ['no-key', 'live', 'no-redirect'],
      'no-redirect',
      'another host, elsewhere.example',
    ],
    [
      'a 401 that does not say why',
      (_, reply) =>
        reply.body.includes('"cause"')
          ? { ...reply, body: JSON.stringify({ ...JSON.parse(reply.body), cause: undefined }) }
          : reply,
      ['honest-401'],
      'honest-401',
      'cause',
    ],
    [
      'everybody told where a key leaked',
      (ask, reply) => {
        places.push(...(/https:\/\/conformance\.example\/[0-9a-f-]+/.exec(ask.body) ?? []));
        return reply.status === 401
          ? { ...reply, body: reply.body.replace('"code"', `"last":"${places[0]}","code"`) }
          : reply;
      },
      ['no-gossip'],
      'no-gossip',
      'tells a stranger',
    ],
    [
      'a key repeated in the reply',
      (ask, reply) => ({ ...reply, headers: { ...reply.headers, 'x-you-sent': ask.auth } }),
      ['no-echo'],
      'no-echo',
      'holds a key',
    ],
    [
      'a guard that is not there',
      (ask, reply) =>
        ask.path === '/v1/keys/check' && reply.status === 401
          ? { status: 200, headers: json, body: '{"state":"live"}' }
          : reply,
      ['root-only'],
      'root-only',
      'POST /v1/keys/check: answered 200',
    ],
    [
      'reports that give away which keys live',
      (ask, reply) =>
        ask.path === '/v1/leaks/found'
          ? { ...reply, body: JSON.stringify({ known: ask.body.includes('kbk_') }) }
          : reply,
      ['report'],
      'report',
      'answered differently',
    ],
  ])('%s: fails, and says why', async (_, by, expected, id, words) => {
    const { url, keys } = await broken(by);
    const told = await judge(url, keys);
    expect(told.code).toBe(1);
    for (const name of expected) expect(told.failed).toContain(name);
    expect(told.why(id)).toContain(words);
    expect(told.results.every(({ outcome, mend }) => outcome !== 'fail' || (mend ?? '').length > 20)).toBe(
      true,
    );
  });
  const places: string[] = [];

  test('a revocation that does not revoke: fails, and says so', async () => {
    const claims: Break = ({ path }, reply) => {
      const act = /\/(revoke|disable)$/.exec(path)?.[1];
      if (act === undefined || reply.status !== 200) return reply;
      const state = act === 'revoke' ? 'revoked' : 'disabled';
      return { ...reply, body: JSON.stringify({ ...JSON.parse(reply.body), state, changed: true }) };
    };
    const { url, keys } = await broken(claims, (path) => /\/(?:revoke|disable)$/.test(path));
    const told = await judge(url, keys);
    expect(told.failed).toEqual(expect.arrayContaining(['contain', 'revoke']));
    expect(told.why('revoke')).toContain('yet the key still opens GET /v1/whoami');
    expect(told.skipped).toContain('honest-401');
  });

  test('keys are no arguments, must all be there, and are not sent in the clear', async () => {
    const terminal = await openConsole();
    onTestFinished(() => terminal.close());
    const nothing = await terminal.keyburn('conformance', 'http://127.0.0.1:1');
    expect([nothing.code, nothing.stderr]).toEqual([
      2,
      expect.stringContaining('no ROOT_KEY, KEY, OTHER_KEY'),
    ]);
    for (const url of [
      'http://keys.example',
      'ftp://x',
      'nonsense',
      'https://me:pw@keys.example',
      'https://keys.example?k=1',
    ]) {
      const ran = await terminal.keyburnWith('ROOT_KEY=a\nKEY=b\nOTHER_KEY=c\n', 'conformance', url);
      expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining('needs an https address')]);
    }
    const dead = await judge('http://127.0.0.1:1', {
      ROOT_KEY: 'a'.repeat(40),
      KEY: 'b'.repeat(40),
      OTHER_KEY: 'c'.repeat(40),
    });
    expect([dead.code, dead.results, dead.stderr]).toEqual([
      2,
      [],
      expect.stringMatching(/^keyburn: .*could not be reached\nhint: /),
    ]);
  });
});

describe('the OAuth profile', () => {
  test('a real oidc-provider conforms', async () => {
    const server = await startOAuth();
    const keys = {
      CLIENT_ID: server.client.id,
      CLIENT_SECRET: server.client.secret,
      TOKEN: await server.token(),
      OTHER_TOKEN: await server.token(),
    };
    const { CLIENT_ID: id, ...secret } = keys;
    const told = await judge(server.url, { ...secret, CLIENT_ID: id }, '--profile', 'oauth');
    expect([told.failed, told.skipped, told.code]).toEqual([[], [], 0]);
    expect(await server.active(keys.TOKEN)).toBe(false);
    expect(await server.active(keys.OTHER_TOKEN)).toBe(true);
  });

  test.each<[string, (url: string) => (path: string) => [number, unknown], string, string]>([
    ['no metadata', () => () => [404, {}], 'metadata', 'answered 404'],
    [
      'endpoints at another host',
      () => () => [
        200,
        {
          introspection_endpoint: 'https://elsewhere.example/i',
          revocation_endpoint: 'https://elsewhere.example/r',
        },
      ],
      'metadata',
      'another host, elsewhere.example',
    ],
    [
      'introspection for everybody, of everything',
      (url) => (path) =>
        path.startsWith('/.well')
          ? [200, { introspection_endpoint: `${url}/i`, revocation_endpoint: `${url}/r` }]
          : [200, { active: true }],
      'introspect-guard',
      'answered 200, not 400 or 401',
    ],
  ])('%s: fails, and says why', async (_, make, id, words) => {
    let answer: (path: string) => [number, unknown] = () => [500, {}];
    const server = createServer((request, response) => {
      const [status, body] = answer(request.url ?? '');
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    answer = make(url);
    const keys = {
      CLIENT_ID: 'client-of-test',
      CLIENT_SECRET: 's'.repeat(40),
      TOKEN: 't'.repeat(40),
      OTHER_TOKEN: 'o'.repeat(40),
    };
    const told = await judge(url, keys, '--profile', 'oauth');
    expect([told.code, told.failed[0]]).toEqual([1, id]);
    expect(told.why(id)).toContain(words);
  });
});

import { createHash } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isLoopback, serve } from '../../src/keyservice/index.ts';
import { SetupError } from '../../src/model/index.ts';
import { everythingIn, spellings, start } from './start.ts';

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'keyburn-keyservice-'));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return made;
}

const OWN_ROOT = createHash('sha256').update('a root key for tests').digest('hex');

describe('starting', () => {
  test('mints a root key once, at the first start, and keeps only its hash', async () => {
    const home = join(await folder(), 'deep', 'er');
    const first = await start({ home });
    expect(first.mintedRootKey).toMatch(/^kbk_root_/);
    const { keyId } = await first.make();
    await first.close();
    const second = await start({ home });
    expect(second.mintedRootKey).toBeUndefined();
    expect((await second.send('GET', `/v1/keys/${keyId}`, first.mintedRootKey)).status).toBe(200);
    await second.close();
    expect(await everythingIn(home)).not.toContain(first.mintedRootKey);
    expect((await stat(home)).mode & 0o077).toBe(0);
    expect((await stat(join(home, 'keyservice.sqlite'))).mode & 0o077).toBe(0);
  });

  test('a start that fails leaves no root key behind that nobody has seen', async () => {
    const taken = await start();
    const home = await folder();
    await expect(serve({ home, port: taken.port })).rejects.toThrow(SetupError);
    const next = await start({ home });
    expect(next.mintedRootKey).toBeDefined();
  });

  test("an operator's own root key is the only one that counts while it is given", async () => {
    const home = await folder();
    const minted = (await start({ home })).mintedRootKey;
    const service = await start({ home, rootKey: OWN_ROOT });
    expect((await service.send('GET', '/v1/keys', OWN_ROOT)).status).toBe(200);
    expect((await service.send('GET', '/v1/keys', minted)).status).toBe(401);
  });

  test.each([
    ['short', { rootKey: 'a1b2c3' }, 'KEYBURN_ROOT_KEY'],
    ['monotonous', { rootKey: 'ab'.repeat(20) }, 'KEYBURN_ROOT_KEY'],
    ['with a line end', { rootKey: `${OWN_ROOT}\n` }, 'KEYBURN_ROOT_KEY'],
    ['open to others without a root key', { host: '0.0.0.0' }, 'host 0.0.0.0'],
    ['open to others with an empty root key', { host: '::', rootKey: '' }, 'host ::'],
    ['a name that is not this machine', { host: 'keys.example.com' }, 'host keys.example.com'],
    ['a public address that is none', { publicUrl: 'ftp://x' }, 'public URL'],
  ])('refuses a set-up that is %s', async (_, options, says) => {
    const home = await folder();
    const error = await serve({ home, ...options }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(SetupError);
    expect((error as SetupError).message).toContain(says);
    expect((error as SetupError).hint).toBeTruthy();
    expect(String(error)).not.toContain(OWN_ROOT);
  });

  test('a store that is no store, or a newer one, is a clear message', async () => {
    const broken = await folder();
    await writeFile(
      join(broken, 'keyservice.sqlite'),
      'not a database at all, and long enough to be read as one'.repeat(50),
    );
    await expect(serve({ home: broken })).rejects.toThrow(SetupError);
    const newer = await folder();
    const db = new DatabaseSync(join(newer, 'keyservice.sqlite'));
    db.exec('PRAGMA user_version = 99');
    db.close();
    await expect(serve({ home: newer })).rejects.toThrow(/newer keyburn/);
    const file = join(await folder(), 'file');
    await writeFile(file, '');
    await expect(serve({ home: file })).rejects.toThrow(SetupError);
  });

  test.each(['127.0.0.1', '127.9.8.7', '::1', '0:0:0:0:0:0:0:1', 'localhost'])('%s is loopback', (host) => {
    expect(isLoopback(host)).toBe(true);
  });
  test.each([
    '0.0.0.0',
    '::',
    '10.0.0.1',
    '128.0.0.1',
    'localhost.example',
    '::ffff:10.0.0.1',
    '1::1',
    'fe80::1',
    '::11',
  ])('%s is not', (host) => {
    expect(isLoopback(host)).toBe(false);
  });

  test('documentation addresses start with the public address where there is one', async () => {
    const service = await start({ publicUrl: 'https://keys.example.com/' });
    expect((await service.whoami({})).problem.doc_url).toBe(
      'https://keys.example.com/docs/errors/missing_key',
    );
  });

  test('health needs no key', async () => {
    const service = await start();
    expect(await (await service.call('/health')).json()).toEqual({ status: 'ok' });
  });
});

describe('ending', () => {
  test('lets a request under way end, takes no more, and may be called twice', async () => {
    const service = await start();
    const body = JSON.stringify({ name: 'late' });
    const socket = connect(service.port, '127.0.0.1');
    const reply = new Promise<string>((resolve) => {
      let text = '';
      socket.on('data', (data) => {
        text += data.toString();
        if (text.includes('keyId')) resolve(text);
      });
    });
    socket.write(
      `POST /v1/keys HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\nauthorization: Bearer ${service.root}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n`,
    );
    // The server has the request when it asks for the body.
    await new Promise((resolve) => socket.once('data', resolve));
    const closing = service.close();
    socket.write(body);
    expect(await reply).toContain('201 Created');
    await Promise.all([closing, service.close()]);
    socket.destroy();
    await expect(service.call('/health')).rejects.toThrow('fetch failed');
  });
});

describe('what the service writes', () => {
  test('no key in any spelling, in its log or in its store, after use of every kind', async () => {
    const service = await start({ failuresAMinute: 1000 });
    const one = await service.make({ name: 'n' });
    const two = await service.make();
    const secrets = [one.key, two.key, service.root];
    for (const key of secrets) {
      await service.send('GET', '/v1/whoami', key);
      await service.send('GET', '/v1/reports', key);
      await service.call(`/v1/whoami?api_key=${key}`);
      await service.call(`/v1/${key}`);
      await service.call(`/v1/keys/${key}`, { headers: { authorization: `Bearer ${service.root}` } });
      await service.call('/v1/whoami', { headers: { 'x-request-id': key, 'user-agent': key, referer: key } });
      await service.call('/v1/whoami', { headers: { authorization: key } });
      await service.call('/v1/whoami', {
        headers: { authorization: `Basic ${Buffer.from(key).toString('base64')}` },
      });
      await service.send('POST', '/v1/keys/check', service.root, { key });
      await service.send('POST', '/v1/keys/check', service.root, { [key]: key });
      await service.make({ name: key, owner: `owner ${key}` });
      const headers = { authorization: `Bearer ${service.root}`, 'content-type': 'application/json' };
      await service.call('/v1/keys', { method: 'POST', headers, body: `${key}{` });
    }
    const leak = { url: `https://git.example/?q=${one.key}`, path: two.key, repository: `x ${service.root}` };
    const body = { cause: 'leaked', foundAt: leak, note: `see ${one.key}` };
    expect((await service.send('POST', '/v1/keys/revoke-self', one.key, body)).status).toBe(200);
    expect((await service.send('POST', `/v1/keys/${two.keyId}/revoke`, service.root, body)).status).toBe(200);
    await service.whoami({ authorization: `Bearer ${one.key}` });
    await service.close();
    expect(service.lines.length).toBeGreaterThan(30);
    const stored = await everythingIn(service.home);
    const written = service.lines.join('\n') + stored;
    for (const secret of secrets) {
      for (const spelling of spellings(secret))
        expect(written.includes(spelling), 'a key was written').toBe(false);
    }
    // The search can find: what may be there is found by the same means.
    expect(stored).toContain(one.keyId);
  });

  test('one JSON line a request: route pattern, status, code, key id, and the request id that the caller got', async () => {
    const service = await start();
    const { key, keyId } = await service.make();
    const id = '5B3F6C7E-7D24-4D40-9B12-3A59C01C6E91';
    const response = await service.call(`/v1/whoami`, { headers: { 'x-api-key': key, 'x-request-id': id } });
    expect(response.headers.get('x-request-id')).toBe(id.toLowerCase());
    await service.call(`/v1/keys/${keyId}/revoke`, { method: 'POST' });
    const lines = service.lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.at(-2)).toMatchObject({
      event: 'request',
      route: '/v1/whoami',
      status: 200,
      keyId,
      requestId: id.toLowerCase(),
    });
    expect(lines.at(-1)).toMatchObject({
      route: '/v1/keys/:id/revoke',
      status: 401,
      code: 'missing_key',
      method: 'POST',
    });
  });

  test('a fault inside is a 500 that tells nothing, and a log line that says where but not what', async () => {
    const home = await folder();
    const service = await start({ home });
    const { key } = await service.make();
    const db = new DatabaseSync(join(home, 'keyservice.sqlite'));
    db.exec("UPDATE key SET scopes = '{broken kbk'");
    db.close();
    const { response, problem } = await service.whoami({ 'x-api-key': key });
    expect(response.status).toBe(500);
    expect(problem).toMatchObject({ code: 'internal_fault', retryable: true });
    const fault = JSON.parse(service.lines.find((line) => line.includes('"fault"')) ?? '{}') as Record<
      string,
      unknown
    >;
    expect(fault).toMatchObject({ name: 'SyntaxError' });
    expect(JSON.stringify(fault)).toContain('store.ts');
    expect(JSON.stringify(fault)).not.toContain('broken');
  });
});

describe('the OpenAPI document', () => {
  test('names every route, guards all but the listed ones, and describes the problem document', async () => {
    const service = await start();
    const document = (await (await service.call('/openapi.json')).json()) as {
      openapi: string;
      paths: Record<string, Record<string, { security?: unknown }>>;
      components: { schemas: Record<string, unknown> };
    };
    expect(document.openapi).toBe('3.1.0');
    const open = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, operation]) =>
        operation.security ? [] : [`${method} ${path}`],
      ),
    );
    expect(open).toEqual(['get /health', 'post /v1/check']);
    expect(Object.keys(document.paths).sort()).toEqual([
      '/health',
      '/v1/check',
      '/v1/keys',
      '/v1/keys/check',
      '/v1/keys/revoke-self',
      '/v1/keys/{id}',
      '/v1/keys/{id}/disable',
      '/v1/keys/{id}/owner',
      '/v1/keys/{id}/restore',
      '/v1/keys/{id}/revoke',
      '/v1/keys/{id}/usage',
      '/v1/reports',
      '/v1/whoami',
    ]);
    expect(document.components.schemas).toHaveProperty('Problem');
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        if (!operation.security) continue;
        const url = path.replace('{id}', 'key_00000000000000000000');
        expect((await service.send(method.toUpperCase(), url, undefined)).status).toBe(401);
      }
    }
  });
});

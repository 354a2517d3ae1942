// What an attacker would try at the service's door, one test each; who may come in at all is in routes.test.ts.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import { createGuards } from '../../src/keyservice/guard.ts';
import { hashOf, mint } from '../../src/keyservice/keys.ts';
import { START, start } from './start.ts';

const compared = vi.hoisted(() => [] as [number, number][]);
vi.mock('node:crypto', async (original) => {
  const real = await original<typeof import('node:crypto')>();
  return {
    ...real,
    timingSafeEqual: (a: Uint8Array, b: Uint8Array) => {
      compared.push([a.length, b.length]);
      return real.timingSafeEqual(a, b);
    },
  };
});

/** Raw, because fetch tidies a path up before it sends it. */
function raw(port: number, lines: readonly string[], body = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`));
    const pieces: Buffer[] = [];
    socket.on('data', (piece: Buffer) => pieces.push(piece));
    socket.on('error', reject);
    socket.on('close', () => resolve(Buffer.concat(pieces).toString('latin1')));
  });
}

describe('a wrong root key', () => {
  test('is compared by hashes of one length, in constant time, however long it is', async () => {
    const service = await start();
    const right = service.root;
    const wrong = [
      'x',
      right.slice(0, -1),
      `${right}x`,
      `x${right.slice(1)}`,
      `${right.slice(0, -1)}x`,
      'y'.repeat(5000),
    ];
    for (const key of wrong) {
      compared.length = 0;
      expect((await service.send('GET', '/v1/keys', key)).status).toBe(401);
      expect(compared).toEqual([[32, 32]]);
    }
  });

  test('is compared nowhere else: the hash of the root key is read in one place, by that comparison', () => {
    const folder = new URL('../../src/keyservice/', import.meta.url);
    const uses = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) =>
        readFileSync(new URL(name, folder), 'utf8')
          .split('\n')
          .map((line) => ({ name, line: line.trim() })),
      )
      .filter(({ line }) => /\brootHash\b(?!\(\)|: Uint8Array|\(\): )/.test(line) && !line.startsWith('//'));
    expect(uses.filter(({ line }) => /[!=]==|equals?\(|compare|includes/.test(line))).toEqual([]);
    expect(uses.filter(({ line }) => line.includes('matches(rootHash)')).map(({ name }) => name)).toEqual([
      'guard.ts',
    ]);
    expect(createGuards.length).toBe(1);
  });
});

describe('paths', () => {
  test.each([
    '/../../../../etc/passwd',
    '/docs/errors/../../../../etc/passwd',
    '/docs/errors/..%2f..%2f..%2fetc%2fpasswd',
    '/docs/errors/%2e%2e/%2e%2e/package.json',
    '/docs/errors/..\\..\\package.json',
    '/docs/errors/__proto__',
    '/docs/errors/constructor',
    '/found/../v1/keys',
    '/v1/keys/..%2f..%2fhealth',
    '//v1/keys',
    '/v1//keys',
    '/V1/keys',
    '/v1/keys/',
    '/v1/keys%00',
    '/v1/keys;x=1',
  ])('%s leads nowhere without the root key', async (path) => {
    const service = await start({ leaks: { found: {} } });
    const reply = await raw(service.port, [`GET ${path} HTTP/1.1`, 'Host: x', 'Connection: close']);
    expect(reply).toMatch(/^HTTP\/1\.1 (?:400|401|404) /);
    expect(reply).not.toMatch(/root:x:|"devDependencies"|"keys":/);
  });
});

const EVIL = [
  "' OR '1'='1",
  "'; DROP TABLE key; --",
  '1); DELETE FROM key; --',
  '" OR ""="',
  "x' UNION SELECT hash, hash, hash FROM key --",
  '\u0000',
  '%27%20OR%201=1',
  '{"$gt":""}',
] as const;

/** Every string of a body in turn, replaced. */
function* poisoned(body: unknown, evil: string): Generator<unknown> {
  if (typeof body === 'string') {
    yield evil;
    // In an address it gets past the schema.
    if (body.startsWith('https://')) yield `${body}${evil.replace('\u0000', '')}`;
  } else if (typeof body === 'object' && body !== null) {
    for (const [name, value] of Object.entries(body)) {
      for (const bad of poisoned(value, evil))
        yield Array.isArray(body)
          ? body.map((one, n) => (String(n) === name ? bad : one))
          : { ...body, [name]: bad };
      if (!Array.isArray(body)) yield { ...body, [evil]: value };
    }
  }
}

const leak = {
  cause: 'leaked',
  foundAt: { url: 'https://x.example/', repository: 'r', path: 'p', commit: '0123456', exposure: 'public' },
  foundTime: '2026-11-20T11:00:00Z',
  note: 'n',
};

describe('SQL', () => {
  test('through every field of every body, every path and every query: no key but the named one is touched', async () => {
    const service = await start({
      leaks: {
        found: { each: 10_000, all: 10_000 },
        gitlabRevocation: { token: 'x'.repeat(32), types: ['t'] },
      },
      failuresAMinute: 10_000,
    });
    const victim = await service.make({ name: 'victim' });
    const target = await service.make({ name: 'target' });
    const bodies: [string, string, string, unknown][] = [
      [
        'POST',
        '/v1/keys',
        service.root,
        { name: 'n', owner: 'o', environment: 'live', expiresAt: '2027-01-01T00:00:00Z', scopes: ['a:b'] },
      ],
      ['POST', '/v1/keys/check', service.root, { key: 'x' }],
      ['POST', '/v1/keys/check', service.root, { sha256: 'a'.repeat(64) }],
      ['POST', '/v1/check', '', { sha256: 'a'.repeat(64) }],
      ['POST', `/v1/keys/${target.keyId}/disable`, service.root, leak],
      ['POST', `/v1/keys/${target.keyId}/revoke`, service.root, leak],
      ['POST', '/v1/keys/revoke-self', target.key, leak],
      ['POST', '/v1/leaks/found', '', { key: 'k', url: 'https://x.example/' }],
      [
        'POST',
        '/v1/revoke_tokens',
        'x'.repeat(32),
        [{ type: 't', token: 'k', location: 'https://x.example/' }],
      ],
    ];
    for (const evil of EVIL) {
      for (const [method, path, key, body] of bodies)
        for (const bad of poisoned(body, evil))
          expect((await service.send(method, path, key || undefined, bad)).status).toBeLessThan(500);
      const spelled = encodeURIComponent(evil);
      for (const path of [
        `/v1/keys/${spelled}`,
        `/v1/keys/${spelled}/owner`,
        `/v1/keys?cursor=${spelled}`,
        `/v1/keys?limit=${spelled}`,
      ])
        expect((await service.send('GET', path, service.root)).status).toBeLessThan(500);
      for (const act of ['disable', 'restore', 'revoke'])
        expect((await service.send('POST', `/v1/keys/${spelled}/${act}`, service.root, leak)).status).toBe(
          400,
        );
      const header = evil.replace('\0', '%00');
      expect((await service.whoami({ 'x-api-key': header })).response.status).toBe(401);
    }
    await expect
      .poll(async () => await (await service.send('GET', '/v1/leaks', service.root)).json(), { interval: 20 })
      .toMatchObject({ waiting: 0, dead: 0 });
    const after = await service.send('POST', '/v1/keys/check', service.root, { key: victim.key });
    expect(await after.json()).toMatchObject({ state: 'live', name: 'victim' });
  });
});

describe('headers', () => {
  test('what a report wrote cannot end a line of the next 401', async () => {
    const service = await start();
    const { key, keyId } = await service.make();
    const path = 'a\r\nSet-Cookie: root=1\r\n\r\n<script>alert(1)</script>"ü';
    const foundAt = { path, repository: path, url: 'https://x.example/%0d%0aSet-Cookie:%20a=b' };
    await service.send('POST', `/v1/keys/${keyId}/revoke`, service.root, { cause: 'leaked', foundAt });
    const reply = await raw(service.port, [
      'GET /v1/whoami HTTP/1.1',
      'Host: x',
      `X-API-Key: ${key}`,
      'Connection: close',
    ]);
    const [head = ''] = reply.split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 401 /);
    expect(head).not.toMatch(/^set-cookie/im);
    expect(head.split('\r\n').every((line) => /^[\x20-\x7e]*$/.test(line))).toBe(true);
    expect(reply).toContain('content-type: application/problem+json');
  });

  test("a caller's own id, host and forwarded address change nothing that others see", async () => {
    const service = await start();
    const { response, problem } = await service.whoami({
      'x-request-id': mint('live'),
      'x-forwarded-host': 'evil.example',
    });
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.stringify(problem)).not.toContain('evil.example');
    const reply = await raw(service.port, [
      'GET /v1/whoami HTTP/1.1',
      'Host: evil.example',
      'Connection: close',
    ]);
    expect(reply).not.toContain('evil.example');
  });

  test('the form gives back nothing of what was put in', async () => {
    const service = await start({ leaks: { found: {} } });
    const evil = '"><script>alert(1)</script>';
    for (const fields of [
      { key: evil },
      { key: 'x', url: evil },
      { key: '', url: `https://x.example/${evil}` },
    ]) {
      const reply = await service.call('/found', {
        method: 'POST',
        body: new URLSearchParams(fields as Record<string, string>),
      });
      expect(await reply.text()).not.toContain('alert(1)');
      expect(reply.headers.get('content-security-policy')).toContain("default-src 'none'");
    }
  });
});

test('bodies: a bomb of nesting, a lie about the length, a second one smuggled in: an answer, and the service lives', async () => {
  const service = await start({ leaks: { found: {} } });
  const { key } = await service.make();
  const nested = `${'['.repeat(30_000)}${']'.repeat(30_000)}`;
  const bomb = await service.call('/v1/leaks/found', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: nested,
  });
  expect(bomb.status).toBe(400);
  const smuggled = await raw(
    service.port,
    [
      'POST /v1/check HTTP/1.1',
      'Host: x',
      'Content-Type: application/json',
      'Content-Length: 4',
      'Transfer-Encoding: chunked',
      'Connection: close',
    ],
    `0\r\n\r\nGET /v1/whoami HTTP/1.1\r\nHost: x\r\nX-API-Key: ${key}\r\n\r\n`,
  );
  expect(smuggled).toMatch(/^HTTP\/1\.1 400 /);
  expect(smuggled).not.toContain('keyId');
  expect((await service.send('GET', '/v1/whoami', key)).status).toBe(200);
});

test('what lies in the store opens nothing: a hash sent in place of its key is refused', async () => {
  const service = await start();
  const { key } = await service.make();
  const stored = hashOf(key);
  for (const text of [
    stored.toString('hex'),
    stored.toString('base64'),
    createHash('sha256').update(service.root).digest('hex'),
  ]) {
    expect((await service.whoami({ 'x-api-key': text })).response.status).toBe(401);
    expect((await service.send('GET', '/v1/keys', text)).status).toBe(401);
  }
  expect(START).toBeGreaterThan(0);
});

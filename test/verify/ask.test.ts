import { once } from 'node:events';
import { createServer } from 'node:http';
import type { LookupFunction } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { IssuerRequest } from '../../src/services/index.ts';
import { createAsk } from '../../src/verify/ask.ts';
import { faults, reply, startIssuer } from '../services/issuer.ts';

const RATE = { requests: 1_000, perMs: 1_000, concurrency: 10 };
const SECRET = `s3cr3t${'x'.repeat(30)}`;

function get(url: string, more: Partial<IssuerRequest> = {}): IssuerRequest {
  return { method: 'GET', url, headers: { authorization: `Bearer ${SECRET}` }, what: 'GET /v1/me', ...more };
}

/** A name service that says what it is told, one answer after the other. */
function names(...answers: readonly (readonly string[])[]): LookupFunction & { asked: string[] } {
  const left = [...answers];
  const asked: string[] = [];
  const lookup: LookupFunction = (hostname, _, callback) => {
    asked.push(hostname);
    const found = (left.length > 1 ? left.shift() : left[0]) ?? [];
    callback(
      null,
      found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return Object.assign(lookup, { asked });
}

// A proxy of this machine must not stand between a test and its server.
beforeEach(() => {
  for (const name of ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'no_proxy', 'NO_PROXY'])
    vi.stubEnv(name, '');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe('ask', () => {
  it('hands on status, lower-case headers, text and JSON', async () => {
    await using issuer = await startIssuer(
      reply(401, { 'X-Request-ID': 'r1', 'content-type': 'application/json' }, { code: 'no' }),
    );
    const ask = createAsk({ hosts: [issuer.host], internal: true, rate: RATE }, { version: '1.2.3' });
    expect(await ask(get(`${issuer.url}/v1/me`))).toMatchObject({
      kind: 'answered',
      status: 401,
      headers: { 'x-request-id': 'r1' },
      body: '{"code":"no"}',
      json: { code: 'no' },
    });
    expect(issuer.seen[0]?.headers['user-agent']).toBe('keyburn/1.2.3');
    expect(issuer.seen[0]?.headers.authorization).toBe(`Bearer ${SECRET}`);
  });

  it('sends method and body', async () => {
    await using issuer = await startIssuer(reply(200, {}, 'plain'));
    const ask = createAsk({ hosts: [issuer.host], internal: true, rate: RATE });
    const got = await ask(get(`${issuer.url}/v1/x`, { method: 'POST', body: '{"a":1}' }));
    expect(got).toMatchObject({ kind: 'answered', body: 'plain', json: undefined });
    expect(issuer.seen[0]).toMatchObject({ method: 'POST', body: '{"a":1}' });
  });

  it('refuses every host that the service does not name, and names in disguise', async () => {
    await using issuer = await startIssuer(reply(200, {}, '{}'));
    const ask = createAsk({ hosts: ['api.acme.example', issuer.host], internal: true, rate: RATE });
    const others = [
      'https://api.acme.example.evil.example/',
      'https://evil.example/api.acme.example',
      'https://api.acme.example@evil.example/',
      'https://api.acme.example:8443/',
      `http://user:${SECRET}@${issuer.host}/`,
      `http://127.0.0.1:${issuer.port + 1}/`,
      'ftp://api.acme.example/',
      'file:///etc/passwd',
    ];
    for (const url of others) {
      expect(await ask(get(url))).toMatchObject({ kind: 'unanswered', why: 'forbidden-address' });
    }
    expect(await ask(get('no address'))).toMatchObject({ kind: 'unanswered', why: 'not-asked' });
    expect(issuer.seen).toEqual([]);
  });

  it('speaks https only, unless the operator named the host', async () => {
    await using issuer = await startIssuer(reply(200, {}, '{}'));
    const ask = createAsk({ hosts: [issuer.host], rate: RATE });
    expect(await ask(get(`${issuer.url}/`))).toMatchObject({ kind: 'unanswered', why: 'forbidden-address' });
    expect(issuer.seen).toEqual([]);
  });

  it.each([
    ['127.0.0.1'],
    ['10.0.0.7'],
    ['169.254.169.254'],
    ['::1'],
    ['fd00::1'],
    ['::ffff:127.0.0.1'],
    ['140.82.121.6', '127.0.0.1'],
  ])('does not connect where the name has a private address: %s %s', async (...addresses) => {
    const lookup = names(addresses.filter((one) => typeof one === 'string'));
    const ask = createAsk({ hosts: ['api.acme.example'], rate: RATE }, { lookup });
    expect(await ask(get('https://api.acme.example/v1/me'))).toMatchObject({
      kind: 'unanswered',
      why: 'forbidden-address',
    });
    expect(lookup.asked).toEqual(['api.acme.example']);
  });

  it.each([
    'https://127.0.0.1',
    'https://[::1]',
    'https://[::ffff:10.0.0.1]',
    'https://0x7f.1',
    'https://2130706433',
  ])('does not connect to %s, listed or not', async (base) => {
    const ask = createAsk({ hosts: [new URL(base).host], rate: RATE });
    expect(await ask(get(`${base}/`))).toMatchObject({ kind: 'unanswered', why: 'forbidden-address' });
  });

  it('judges the address that it connects to: a name that changes gains nothing', async () => {
    await using issuer = await startIssuer((_, response) => {
      response.writeHead(200, { connection: 'close' });
      response.end('{}');
    });
    const lookup = names(['127.0.0.1'], ['203.0.114.9']);
    const ask = createAsk(
      { hosts: [`keys.acme.example:${issuer.port}`], internal: true, rate: RATE },
      { lookup },
    );
    const url = `http://keys.acme.example:${issuer.port}/`;
    expect(await ask(get(url))).toMatchObject({ kind: 'answered', status: 200 });
    expect(await ask(get(url))).toMatchObject({ kind: 'unanswered', why: 'forbidden-address' });
    expect(lookup.asked).toHaveLength(2);
    expect(issuer.seen).toHaveLength(1);
  });

  it('does not send a key over plain http across the Internet, whoever named the host', async () => {
    const ask = createAsk(
      { hosts: ['keys.acme.example'], internal: true, rate: RATE },
      { lookup: names(['140.82.121.6']) },
    );
    expect(await ask(get('http://keys.acme.example/'))).toMatchObject({
      kind: 'unanswered',
      why: 'forbidden-address',
    });
  });

  it.each(faults('https://elsewhere.example/').map((fault) => ({ ...fault })))(
    '$name: $why',
    async ({ answer, why }) => {
      await using issuer = await startIssuer(answer);
      const ask = createAsk(
        { hosts: [issuer.host], internal: true, rate: RATE },
        { timeoutMs: why === 'timeout' ? 60 : 5_000 },
      );
      expect(await ask(get(`${issuer.url}/v1/me`))).toMatchObject({ kind: 'unanswered', why });
    },
  );

  it('does not read on once a reply is too long', async () => {
    let written = 0;
    await using issuer = await startIssuer((_, response) => {
      response.writeHead(200, {});
      const more = () => {
        while (written < 100_000_000 && !response.destroyed) {
          written += 65_536;
          if (!response.write(Buffer.alloc(65_536))) return;
        }
      };
      response.on('drain', more);
      more();
    });
    const ask = createAsk({ hosts: [issuer.host], internal: true, rate: RATE });
    expect(await ask(get(`${issuer.url}/`))).toMatchObject({ kind: 'unanswered', why: 'too-large' });
    expect(written).toBeLessThan(50_000_000);
  });

  it('tries once more after Retry-After, and believes the second answer', async () => {
    let calls = 0;
    await using issuer = await startIssuer((seen, response) => {
      calls += 1;
      return calls === 1
        ? reply(503, { 'retry-after': '0' }, '')(seen, response)
        : reply(200, {}, '{"ok":true}')(seen, response);
    });
    const ask = createAsk({ hosts: [issuer.host], internal: true, rate: RATE });
    expect(await ask(get(`${issuer.url}/`))).toMatchObject({ kind: 'answered', json: { ok: true } });
    expect(calls).toBe(2);
  });

  it('leaves an issuer alone that wants a long pause: what waits in the queue is not sent', async () => {
    await using issuer = await startIssuer(
      reply(429, { 'retry-after': new Date(Date.now() + 3_600_000).toUTCString() }, ''),
    );
    const ask = createAsk({ hosts: [issuer.host], internal: true, rate: { ...RATE, concurrency: 1 } });
    const got = await Promise.all([1, 2, 3].map((n) => ask(get(`${issuer.url}/${n}`))));
    expect(got.map((one) => one.kind === 'unanswered' && one.why)).toEqual([
      'throttled',
      'throttled',
      'throttled',
    ]);
    expect(issuer.seen).toHaveLength(1);
  });

  it('has no more questions open at once than the issuer’s rate allows', async () => {
    let open = 0;
    let most = 0;
    await using issuer = await startIssuer((seen, response) => {
      open += 1;
      most = Math.max(most, open);
      setImmediate(() => {
        open -= 1;
        void reply(200, {}, '{}')(seen, response);
      });
    });
    const ask = createAsk({
      hosts: [issuer.host],
      internal: true,
      rate: { requests: 1_000, perMs: 1_000, concurrency: 2 },
    });
    await Promise.all(Array.from({ length: 12 }, (_, n) => ask(get(`${issuer.url}/${n}`))));
    expect(issuer.seen).toHaveLength(12);
    expect(most).toBe(2);
  });

  it('goes through the proxy that the environment names, except to what is internal', async () => {
    const wanted: string[] = [];
    const proxy = createServer().on('connect', (request, socket) => {
      wanted.push(request.url ?? '');
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const address = proxy.address();
    vi.stubEnv('https_proxy', `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`);
    vi.stubEnv('http_proxy', `http://127.0.0.1:1`);
    await using issuer = await startIssuer(reply(200, {}, '{}'));
    const outside = createAsk({ hosts: ['api.acme.example'], rate: RATE }, { lookup: names(['127.0.0.1']) });
    const inside = createAsk({ hosts: [issuer.host], internal: true, rate: RATE });
    expect(await outside(get('https://api.acme.example/'))).toMatchObject({
      kind: 'unanswered',
      why: 'unreachable',
    });
    expect(await inside(get(`${issuer.url}/`))).toMatchObject({ kind: 'answered', status: 200 });
    expect(wanted).toEqual(['api.acme.example:443']);
    proxy.close();
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    await using issuer = await startIssuer(() => stop.abort());
    const ask = createAsk({ hosts: [issuer.host], internal: true, rate: RATE }, { signal: stop.signal });
    expect(await ask(get(`${issuer.url}/`))).toMatchObject({ kind: 'unanswered', why: 'unreachable' });
    expect(await ask(get(`${issuer.url}/`))).toMatchObject({ kind: 'unanswered', why: 'not-asked' });
    expect(issuer.seen).toHaveLength(1);
  });

  it('never says what it sent: no query, header or body in what goes wrong', async () => {
    await using gone = await startIssuer((_, response) => void response.socket?.resetAndDestroy());
    const hosts = [gone.host, 'nowhere.invalid', 'keys.acme.example'];
    const ask = createAsk(
      { hosts, internal: true, rate: RATE },
      {
        lookup: (_, __, callback) => callback(Object.assign(new Error(SECRET), { code: 'ENOTFOUND' }), '', 0),
      },
    );
    const requests = [
      get(`${gone.url}/?key=${SECRET}`),
      get(`https://nowhere.invalid/?key=${SECRET}`),
      get(`https://elsewhere.example/?key=${SECRET}`),
      get(`${gone.url}/`, { headers: { authorization: `Bearer ${SECRET}\n` } }),
      get(`${gone.url}/`, { headers: { 'bad name': SECRET } }),
      get(`${gone.url}/`, { method: 'POST', body: SECRET }),
    ];
    for (const request of requests) {
      const got = await ask(request);
      expect(got.kind).toBe('unanswered');
      expect(`${JSON.stringify(got)} ${inspect(got, { showHidden: true, depth: 9 })}`).not.toContain(SECRET);
    }
  });
});

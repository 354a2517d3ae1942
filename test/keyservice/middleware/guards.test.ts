// The same answers from three frameworks, over real servers.
import { createHash, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import { describe, expect, onTestFinished, test } from 'vitest';
import { problemSchema } from '../../../src/keyservice/index.ts';
import { keyGuard as forExpress, keyOf as ofExpress } from '../../../src/keyservice/middleware/express.ts';
import { keyGuard as forFastify, keyOf as ofFastify } from '../../../src/keyservice/middleware/fastify.ts';
import {
  keyGuard as forHono,
  type GuardOptions,
  type KnownKey,
} from '../../../src/keyservice/middleware/hono.ts';

interface Row extends KnownKey {
  readonly customer: string;
}

const AT = '2026-11-20T12:00:00.000Z';
const names = ['live', 'expired', 'disabled', 'revoked', 'leaked', 'bare'] as const;
const keys = Object.fromEntries(names.map((name) => [name, `acme_${randomBytes(16).toString('hex')}`]));
const foundAt = { url: 'https://github.com/acme/shop', path: 'a\r\nSet-Cookie: x=1 "ü".env', line: 3 };
const rows: Readonly<Record<(typeof names)[number], Omit<Row, 'customer'>>> = {
  live: { id: 'k1', state: 'live', scopes: ['read'] },
  expired: { id: 'k2', state: 'expired', expiresAt: AT },
  disabled: { id: 'k3', state: 'disabled', stopped: { at: AT } },
  revoked: { id: 'k4', state: 'revoked', stopped: { at: AT, by: 'ada', cause: { reason: 'rotated' } } },
  leaked: {
    id: 'k5',
    state: 'revoked',
    stopped: { at: AT, by: 'github-secret-scanning', cause: { reason: 'leaked', foundAt, foundTime: AT } },
  },
  bare: { id: 'k6', state: 'revoked' },
};
const table = new Map<string, Row>(
  names.map((name) => [
    createHash('sha256')
      .update(keys[name] ?? '')
      .digest('hex'),
    { ...rows[name], customer: 'acme' },
  ]),
);
const options = (scope?: string): GuardOptions<Row> => ({
  find: (sha256) => {
    if (sha256 === createHash('sha256').update('fault').digest('hex')) throw new Error('the table is gone');
    return table.get(sha256);
  },
  docs: 'https://acme.example/errors/',
  newKey: 'Make one at https://acme.example/keys.',
  realm: 'acme',
  ...(scope !== undefined && { scope }),
});

async function listen(server: Server): Promise<string> {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const frameworks: Readonly<Record<string, () => Promise<string>>> = {
  async hono() {
    const app = new Hono();
    app.onError((_, c) => c.text('fault', 500));
    app.get('/open', forHono(options()), (c) => c.json({ customer: c.get('key').customer }));
    app.get('/write', forHono(options('write')), (c) => c.json({}));
    return listen(createAdaptorServer({ fetch: app.fetch, createServer }) as Server);
  },
  async express() {
    const app = express();
    app.get('/open', forExpress(options()), (request, response) => {
      response.json({ customer: ofExpress<Row>(request).customer });
    });
    app.get('/write', forExpress(options('write')), (_, response) => {
      response.json({});
    });
    app.get('/unguarded', (request, response) => {
      response.json(ofExpress(request));
    });
    app.use(((_error, _request, response, _next) => {
      response.status(500).send('fault');
    }) satisfies express.ErrorRequestHandler);
    return listen(createServer(app));
  },
  async fastify() {
    const app = fastify();
    app.get('/open', { onRequest: forFastify(options()) }, async (request) => ({
      customer: ofFastify<Row>(request).customer,
    }));
    app.get('/write', { onRequest: forFastify(options('write')) }, async () => ({}));
    app.get('/unguarded', async (request) => ofFastify(request));
    onTestFinished(() => app.close());
    return app.listen({ port: 0, host: '127.0.0.1' });
  },
};

describe.each(Object.keys(frameworks))('%s', (name) => {
  const serve = async () => {
    const open = frameworks[name];
    if (!open) throw new Error(name);
    const url = await open();
    return (path: string, headers: Record<string, string> = {}) => fetch(url + path, { headers });
  };

  test('a live key gets in, and the route knows whose it is', async () => {
    const get = await serve();
    for (const headers of [{ authorization: `Bearer ${keys.live}` }, { 'x-api-key': keys.live ?? '' }]) {
      const response = await get('/open', headers);
      expect([response.status, await response.json()]).toEqual([200, { customer: 'acme' }]);
    }
  });

  test.each([
    ['no key', {}, 401, 'missing_key', /^Bearer realm="acme"$/],
    ['an empty one', { authorization: 'Bearer ' }, 401, 'missing_key', /^Bearer realm="acme"$/],
    ['Basic', { authorization: 'Basic YTpi' }, 401, 'malformed_key', /invalid_token/],
    ['an unknown one', { 'x-api-key': 'nonsense' }, 401, 'unknown_key', /invalid_token/],
    ['an expired one', { 'x-api-key': keys.expired }, 401, 'expired_key', /expired at 2026/],
    ['a disabled one', { 'x-api-key': keys.disabled }, 401, 'disabled_key', /invalid_token/],
    ['a revoked one', { 'x-api-key': keys.revoked }, 401, 'revoked_key', /replaced by a new one/],
    ['a leaked one', { 'x-api-key': keys.leaked }, 401, 'revoked_key', /found in a public repository/],
    ['one of which nothing more is known', { 'x-api-key': keys.bare }, 401, 'revoked_key', /invalid_token/],
    [
      'two',
      { 'x-api-key': keys.live, authorization: 'Bearer wrong-key-0' },
      400,
      'ambiguous_credentials',
      /invalid_request/,
    ],
  ] as [string, Record<string, string>, number, string, RegExp][])(
    '%s: an honest refusal',
    async (_, headers, status, code, challenge) => {
      const get = await serve();
      const response = await get('/open', headers);
      expect(response.status).toBe(status);
      expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.get('www-authenticate')).toMatch(challenge);
      expect(response.headers.get('set-cookie')).toBeNull();
      const text = await response.text();
      const problem = problemSchema.parse(JSON.parse(text));
      expect(problem).toMatchObject({ status, code, type: `https://acme.example/errors/${code}` });
      expect(problem.next_steps.length).toBeGreaterThan(0);
      expect(text).not.toMatch(/kbk_|POST \/v1\/keys/);
      for (const value of Object.values(headers))
        expect(text).not.toContain(value.replace(/^\w+ /, '') || '\0');
    },
  );

  test('the leaked one learns why, when, where and what to do', async () => {
    const get = await serve();
    const problem = problemSchema.parse(
      await (await get('/open', { 'x-api-key': keys.leaked ?? '' })).json(),
    );
    expect(problem).toMatchObject({
      key_id: 'k5',
      cause: {
        reason: 'leaked',
        found_at: { ...foundAt, path: 'a  Set-Cookie: x=1 "ü".env' },
        found_time: AT,
        revoked_at: AT,
        revoked_by: 'github-secret-scanning',
      },
    });
    expect(problem.next_steps[1]).toBe('Make one at https://acme.example/keys.');
  });

  test('a live key without the scope is 403; a key in the query is not looked at', async () => {
    const get = await serve();
    const denied = await get('/write', { 'x-api-key': keys.live ?? '' });
    expect([denied.status, await denied.json()]).toEqual([
      403,
      expect.objectContaining({ code: 'forbidden', required_scope: 'write' }),
    ]);
    const query = await get(`/open?api_key=${keys.live}`);
    expect([query.status, await query.json()]).toEqual([
      401,
      expect.objectContaining({ detail: expect.stringContaining('query string') }),
    ]);
  });

  test('a look-up that fails is a fault, not a no; without a guard there is no key', async () => {
    const get = await serve();
    expect((await get('/open', { 'x-api-key': 'fault' })).status).toBe(500);
    expect((await get('/unguarded')).status).toBe(name === 'hono' ? 404 : 500);
  });

  test('a request id is taken over where it is a UUID, and only then', async () => {
    const get = await serve();
    const mine = '0189f7a0-0000-4000-8000-000000000001';
    expect((await get('/open', { 'x-request-id': mine })).headers.get('x-request-id')).toBe(mine);
    const made = (await get('/open', { 'x-request-id': keys.live ?? '' })).headers.get('x-request-id');
    expect(made).toMatch(/^[0-9a-f-]{36}$/);
  });
});

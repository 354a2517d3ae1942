// Every refusal, by real requests over a real socket.
import { describe, expect, test } from 'vitest';
import { checksum, mint } from '../../src/keyservice/keys.ts';
import { start } from './start.ts';

const FOUND = {
  url: 'https://git.example/acme/shop/blob/0123abc/config.py#L12',
  repository: 'git.example/acme/shop',
  path: 'config.py',
  commit: '0123abcdef01',
  line: 12,
};
const FOUND_TIME = '2026-11-20T11:58:00.000Z';
const LEAK = { cause: 'leaked', foundAt: FOUND, foundTime: FOUND_TIME, note: 'ticket 4711' };

describe('the honest 401', () => {
  test('missing: no error attribute, as RFC 6750 wants it', async () => {
    const service = await start();
    const { response, problem } = await service.whoami({});
    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="keyburn"');
    expect(problem).toMatchObject({ code: 'missing_key', status: 401, retryable: false });
    expect(problem.next_steps.length).toBeGreaterThan(0);
  });

  test('missing: an empty bearer and a key in the query string say what is wrong', async () => {
    const service = await start();
    expect((await service.whoami({ authorization: 'Bearer' })).problem).toMatchObject({
      code: 'missing_key',
      detail: expect.stringContaining('empty'),
    });
    const { key } = await service.make();
    const response = await service.call(`/v1/whoami?api_key=${key}`);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({
      code: 'missing_key',
      detail: expect.stringContaining('query string'),
    });
  });

  test.each([
    ['cut', (key: string) => `Bearer ${key.slice(0, -3)}`, 'length'],
    [
      'mistyped',
      (key: string) => `Bearer ${key.slice(0, 20)}${key[20] === 'a' ? 'b' : 'a'}${key.slice(21)}`,
      'checksum',
    ],
    ['quoted', (key: string) => `Bearer "${key}"`, 'quotation marks'],
    ['not filled in', () => `Bearer \${API_KEY}`, 'placeholder'],
    ['of another service', () => 'Bearer some-other-token', 'start with kbk_live_'],
    ['without a scheme', (key: string) => key, 'Bearer'],
    ['with another scheme', (key: string) => `Basic ${key}`, 'scheme Basic, not Bearer'],
  ])('malformed: %s', async (_, header, says) => {
    const service = await start();
    const { key } = await service.make();
    const { response, problem } = await service.whoami({ authorization: header(key) });
    expect(response.status).toBe(401);
    expect(problem.code).toBe('malformed_key');
    expect(problem.detail).toContain(says);
    expect(response.headers.get('www-authenticate')).toMatch(
      /^Bearer realm="keyburn", error="invalid_token", error_description="/,
    );
    expect(JSON.stringify(problem)).not.toContain(key.slice(9, 30));
  });

  test('malformed: a root key opens nothing, and is told so', async () => {
    const service = await start();
    const { problem } = await service.whoami({ authorization: `Bearer ${service.root}` });
    expect(problem).toMatchObject({ code: 'malformed_key', detail: expect.stringContaining('root key') });
  });

  test('unknown', async () => {
    const service = await start();
    const { problem } = await service.whoami({ 'x-api-key': mint('live') });
    expect(problem).toMatchObject({ code: 'unknown_key', status: 401 });
    expect(problem.cause).toBeUndefined();
  });

  test('expired, at the very moment', async () => {
    const service = await start();
    const { key } = await service.make({ expiresAt: '2026-11-20T13:00:00+00:00' });
    service.clock.ms = Date.parse('2026-11-20T12:59:59.999Z');
    expect((await service.send('GET', '/v1/whoami', key)).status).toBe(200);
    service.clock.ms += 1;
    const { problem } = await service.whoami({ authorization: `Bearer ${key}` });
    expect(problem).toMatchObject({ code: 'expired_key', expired_at: '2026-11-20T13:00:00.000Z' });
  });

  test('disabled, and restored', async () => {
    const service = await start();
    const { key, keyId } = await service.make();
    expect((await service.send('POST', `/v1/keys/${keyId}/disable`, service.root)).status).toBe(200);
    const { problem } = await service.whoami({ authorization: `Bearer ${key}` });
    expect(problem).toMatchObject({
      code: 'disabled_key',
      cause: { reason: 'other', disabled_by: 'operator' },
    });
    expect((await service.send('POST', `/v1/keys/${keyId}/restore`, service.root)).status).toBe(200);
    expect((await service.send('GET', '/v1/whoami', key)).status).toBe(200);
  });

  test('revoked for a leak: where, when, and what to do', async () => {
    const service = await start();
    const { key, keyId } = await service.make();
    service.clock.ms = Date.parse('2026-11-20T12:00:07.000Z');
    expect((await service.send('POST', `/v1/keys/${keyId}/revoke`, service.root, LEAK)).status).toBe(200);
    const { response, problem } = await service.whoami({ authorization: `Bearer ${key}` });
    expect(response.status).toBe(401);
    expect(problem.detail).toBe(
      `This key was found in a public repository (${FOUND.url}) at ${FOUND_TIME} and revoked at 2026-11-20T12:00:07.000Z.`,
    );
    expect(problem).toMatchObject({
      code: 'revoked_key',
      key_id: keyId,
      retryable: false,
      cause: {
        reason: 'leaked',
        found_at: FOUND,
        found_time: FOUND_TIME,
        revoked_at: '2026-11-20T12:00:07.000Z',
        revoked_by: 'operator',
      },
    });
    expect(JSON.stringify(problem)).not.toContain('4711');
    expect(problem.instance).toBe(`urn:uuid:${problem.request_id}`);
    expect(response.headers.get('x-request-id')).toBe(problem.request_id);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('www-authenticate')).toContain(
      `error="invalid_token", error_description="${problem.detail}"`,
    );
  });

  test('revoked after a containment that knew the place: the place is not lost', async () => {
    const service = await start();
    const { key, keyId } = await service.make();
    await service.send('POST', `/v1/keys/${keyId}/disable`, service.root, LEAK);
    await service.send('POST', `/v1/keys/${keyId}/revoke`, service.root, { cause: 'leaked' });
    const { problem } = await service.whoami({ authorization: `Bearer ${key}` });
    expect(problem.cause).toMatchObject({ reason: 'leaked', found_at: FOUND, found_time: FOUND_TIME });
  });

  test('revoked for another reason, or found elsewhere: nothing is claimed that was not reported', async () => {
    const service = await start();
    const rotated = await service.make();
    await service.send('POST', `/v1/keys/${rotated.keyId}/revoke`, service.root, { cause: 'rotated' });
    expect((await service.whoami({ 'x-api-key': rotated.key })).problem.detail).toBe(
      'This key was revoked at 2026-11-20T12:00:00.000Z (it was replaced by a new one).',
    );
    const inside = await service.make();
    const foundAt = { repository: 'git.example/acme/inside', path: 'a b.py', line: 3, exposure: 'private' };
    await service.send('POST', `/v1/keys/${inside.keyId}/revoke`, service.root, { cause: 'leaked', foundAt });
    expect((await service.whoami({ 'x-api-key': inside.key })).problem.detail).toContain(
      'found in a private repository (git.example/acme/inside, a b.py:3) and revoked at',
    );
    const somewhere = await service.make();
    await service.send('POST', `/v1/keys/${somewhere.keyId}/revoke`, service.root, { cause: 'leaked' });
    expect((await service.whoami({ 'x-api-key': somewhere.key })).problem.detail).toContain(
      'found in a public place and revoked',
    );
  });

  test('what a reporter wrote cannot leave its field: no header is split, no quote closed, no key kept', async () => {
    const service = await start();
    const { key, keyId } = await service.make();
    const path = `a"\r\nSet-Cookie: x=1\\ ü ${key}`;
    await service.send('POST', `/v1/keys/${keyId}/revoke`, service.root, {
      cause: 'leaked',
      foundAt: { path },
    });
    const { response, problem } = await service.whoami({ authorization: `Bearer ${key}` });
    const challenge = response.headers.get('www-authenticate') ?? '';
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(challenge.match(/"/g)).toHaveLength(8);
    expect(challenge).not.toContain('\\');
    expect(problem.cause?.found_at?.path).toBe(`a"  Set-Cookie: x=1\\ ü kbk_live_…`);
  });

  test('a place in the words that fit it', async () => {
    const service = await start();
    const places: [Record<string, unknown>, string][] = [
      [{ path: 'app.log', line: 7 }, 'in a public place (app.log:7)'],
      [{ path: 'a.py', commit: 'a'.repeat(40) }, `in a public repository (a.py, commit ${'a'.repeat(12)})`],
      [{ path: 'a.py', url: 'https://git.example/a' }, 'in a public repository (https://git.example/a)'],
      [{ repository: 'acme/shop', exposure: 'internal' }, 'in an internal repository (acme/shop)'],
      [{ path: 'a.py', exposure: 'unknown' }, 'in a place (a.py)'],
      [{}, 'in a public place and'],
    ];
    for (const [foundAt, says] of places) {
      const { key } = await service.make();
      await service.send('POST', '/v1/keys/revoke-self', key, { cause: 'leaked', foundAt });
      expect((await service.whoami({ 'x-api-key': key })).problem.detail).toContain(says);
    }
  });

  test('a burn does not fail for the length of a path', async () => {
    const service = await start();
    const { key } = await service.make();
    const foundAt = {
      path: `${'ü/'.repeat(4000)}x`,
      url: `https://git.example/${'%C3%BC/'.repeat(2000)}`,
      line: 0,
    };
    const done = await service.send('POST', '/v1/keys/revoke-self', key, { cause: 'leaked', foundAt });
    expect(done.status).toBe(200);
    expect((await service.whoami({ 'x-api-key': key })).problem.cause?.found_at?.path).toHaveLength(1024);
  });

  test('two different keys are not guessed between; the same twice is fine', async () => {
    const service = await start();
    const [one, two] = [await service.make(), await service.make()];
    const headers = { authorization: `Bearer ${one.key}`, 'x-api-key': two.key };
    expect((await service.whoami(headers)).problem).toMatchObject({
      code: 'ambiguous_credentials',
      status: 400,
    });
    const twice = await service.call('/v1/whoami', { headers: { ...headers, 'x-api-key': one.key } });
    expect(twice.status).toBe(200);
  });

  test('forbidden is for a live key alone', async () => {
    const service = await start();
    const { key, keyId } = await service.make();
    const response = await service.send('GET', '/v1/reports', key);
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({
      code: 'forbidden',
      required_scope: 'reports:read',
    });
    expect(response.headers.get('www-authenticate')).toContain('error="insufficient_scope"');
    expect(response.headers.get('www-authenticate')).toContain('scope="reports:read"');
    await service.send('POST', `/v1/keys/${keyId}/revoke`, service.root, { cause: 'rotated' });
    expect((await service.send('GET', '/v1/reports', key)).status).toBe(401);
    const reader = await service.make({ scopes: ['reports:read'] });
    expect((await service.send('GET', '/v1/reports', reader.key)).status).toBe(200);
  });

  test('each code leads to a page that the service itself serves', async () => {
    const service = await start();
    const { problem } = await service.whoami({ 'x-api-key': mint('live') });
    expect(problem.type).toBe(`${service.url}/docs/errors/unknown_key`);
    const page = await fetch(problem.doc_url);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await page.text()).toContain('unknown_key');
    const index = await (await service.call('/docs/errors')).text();
    for (const [, path] of index.matchAll(/href="([^"]+)"/g)) {
      expect((await service.call(path ?? '')).status).toBe(200);
    }
    expect((await service.call('/docs/errors/nonsense')).status).toBe(404);
  });
});

describe('many failures', () => {
  test('unknown keys become 429 with Retry-After; a right key and a dead known key are still answered', async () => {
    const service = await start({ failuresAMinute: 3 });
    const live = await service.make();
    const dead = await service.make();
    await service.send('POST', `/v1/keys/${dead.keyId}/revoke`, service.root, LEAK);
    const statuses: number[] = [];
    for (let i = 0; i < 5; i++) statuses.push((await service.send('GET', '/v1/whoami', mint('live'))).status);
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
    const refused = await service.send('GET', '/v1/keys', mint('root'));
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('60');
    expect(await refused.json()).toMatchObject({ code: 'too_many_failures', retryable: true });
    expect((await service.send('GET', '/v1/whoami', live.key)).status).toBe(200);
    expect((await service.whoami({ 'x-api-key': dead.key })).problem.code).toBe('revoked_key');
    service.clock.ms += 60_000;
    expect((await service.send('GET', '/v1/whoami', mint('live'))).status).toBe(401);
  });
});

describe('bad requests', () => {
  test('malformed JSON is refused without quoting it', async () => {
    const service = await start();
    const { key } = await service.make();
    const response = await service.call('/v1/keys/check', {
      method: 'POST',
      headers: { authorization: `Bearer ${service.root}`, 'content-type': 'application/json' },
      body: `{"key": ${key}`,
    });
    expect(response.status).toBe(400);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ code: 'invalid_request' });
    expect(text + service.lines.join('\n')).not.toContain(key.slice(0, 20));
  });

  test('the field is named; unknown fields, wrong types and past dates are refused', async () => {
    const service = await start();
    const bad: [Record<string, unknown>, string][] = [
      [{}, 'name'],
      [{ name: 'x', nonsense: 1 }, ''],
      [{ name: 'x', environment: 'staging' }, 'environment'],
      [{ name: 'x', expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
      [{ name: 'x', scopes: ['Bad Scope'] }, 'scopes.0'],
    ];
    for (const [body, path] of bad) {
      const response = await service.send('POST', '/v1/keys', service.root, body);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ code: 'invalid_request', errors: [{ path }] });
    }
  });

  test('nobody without a key learns what a right body would be', async () => {
    const service = await start();
    const { status } = await service.send('POST', '/v1/keys', undefined, { nonsense: 1 });
    expect(status).toBe(401);
  });

  test('a body that is too large, announced or not, is 413; one that is no JSON is 415', async () => {
    const service = await start();
    const headers = { authorization: `Bearer ${service.root}`, 'content-type': 'application/json' };
    const large = JSON.stringify({ name: 'x'.repeat(100_000) });
    expect((await service.call('/v1/keys', { method: 'POST', headers, body: large })).status).toBe(413);
    const stream = new Blob([large]).stream();
    const unannounced = { method: 'POST', headers, body: stream, duplex: 'half' } as RequestInit;
    expect((await service.call('/v1/keys', unannounced)).status).toBe(413);
    const text = { method: 'POST', headers: { ...headers, 'content-type': 'text/plain' }, body: 'x' };
    expect((await service.call('/v1/keys', text)).status).toBe(415);
  });

  test('an unknown route is a problem document too', async () => {
    const service = await start();
    const response = await service.call(`/v1/nothing/${checksum('x')}`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'not_found' });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainAny } from '../../src/services/explain.ts';
import { explain, parseHttpResponse, services } from '../../src/services/index.ts';

function why(status: number, body: unknown, headers: Record<string, string> = {}): string {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const json = typeof body === 'string' ? undefined : body;
  return explain({ status, headers, body: text, json }, services).cause;
}

describe('the seeds’ own bodies', () => {
  it('Warp: expired or revoked, and nobody says which', () => {
    const said = explain(
      parseHttpResponse(`HTTP/2 401
content-type: application/problem+json

{ "type": "/reference/api-and-sdk/troubleshooting/errors/authentication-required/", "title": "Your API key is invalid or has expired. Please generate a new key and try again.", "status": 401, "instance": "/api/v1/agent/tasks", "error": "Your API key is invalid or has expired. Please generate a new key and try again.", "retryable": false }`) ??
        fail(),
      services,
    );
    expect(said.cause).toBe('dead');
    expect(said.steps.join('\n')).toMatch(/WARP_API_KEY[\s\S]*create a new one[\s\S]*client’s configuration/);
    expect(said.docs).toBe(
      'https://docs.warp.dev/reference/api-and-sdk/troubleshooting/errors/authentication-required/',
    );
  });

  it('Agnes: one code, its request id, its page', () => {
    const body = {
      detail: 'Invalid authentication credentials',
      code: 'unauthorized',
      request_id: '5b3f6c7e-7d24-4d40-9b12-3a59c01c6e91',
      doc_url: 'https://docs.lasscyber.com/errors/unauthorized',
    };
    const said = explain(parseHttpResponse(JSON.stringify(body)) ?? fail(), services);
    expect(said).toMatchObject({ cause: 'rejected', requestId: body.request_id, docs: body.doc_url });
    expect(said.steps.join('\n')).toMatch(/ak_test_[\s\S]*Agnes-Version[\s\S]*sign in again/);
  });

  it('Unkey: missing, in the spelling of its older page', () => {
    const body = {
      meta: { requestId: 'req_2c9a0jf23l4k567' },
      error: {
        detail: 'Authentication credentials were not provided',
        status: 401,
        title: 'Unauthorized',
        type: 'https://unkey.com/docs/api-reference/errors-v2/unkey/authentication/missing',
      },
    };
    const said = explain(parseHttpResponse(JSON.stringify(body)) ?? fail(), services);
    expect(said).toMatchObject({ cause: 'missing', requestId: 'req_2c9a0jf23l4k567', docs: body.error.type });
    expect(said.steps.join('\n')).toMatch(/Bearer unkey_[\s\S]*proxy/);
  });

  it('the general page: committed to a public repository and revoked', () => {
    const said = explainAny({
      status: 401,
      headers: {},
      body: '',
      json: {
        message: 'API key accidentally committed to a public git repository and automatically revoked',
      },
    });
    expect(said.cause).toBe('revoked');
    expect(said.steps.join('\n')).toMatch(/new key[\s\S]*secrets manager[\s\S]*repository/);
  });

  it('the general page: invalid, missing, or expired stays unclear, and names what to try', () => {
    const said = explainAny({
      status: 401,
      headers: {},
      body: '',
      json: { title: 'Invalid, Missing, or Expired API Key' },
    });
    expect(said.cause).toBe('unclear');
    expect(said.steps.join('\n')).toMatch(/X-API-Key[\s\S]*dashboard[\s\S]*secrets manager[\s\S]*curl/);
  });
});

describe('the general case', () => {
  it.each<[string, number, unknown, Record<string, string>, string]>([
    ['a plain word', 401, 'API key missing', {}, 'missing'],
    ['not provided', 401, { error: { message: 'You did not provide an API key.' } }, {}, 'missing'],
    ['no key found', 401, { message: 'No API key found in request' }, {}, 'missing'],
    ['required', 401, { detail: 'An API key is required' }, {}, 'missing'],
    ['malformed', 401, { error: 'malformed_token' }, {}, 'malformed'],
    ['bad format', 400, { message: 'Invalid key format' }, {}, 'malformed'],
    ['expired', 401, { error: { code: 'token_expired', message: 'Invalid token' } }, {}, 'expired'],
    [
      'expired, as OAuth says it',
      401,
      { error: 'invalid_token', error_description: 'The access token expired' },
      {},
      'expired',
    ],
    ['revoked', 401, { error: { code: 'key_revoked' } }, {}, 'revoked'],
    ['revoked, in a 200', 200, { ok: false, error: 'token_revoked' }, {}, 'revoked'],
    ['deleted', 401, { errors: [{ code: 1000, message: 'API token has been deleted' }] }, {}, 'revoked'],
    ['disabled', 403, { message: 'This key has been disabled' }, {}, 'disabled'],
    ['suspended', 401, { title: 'Account suspended' }, {}, 'disabled'],
    ['invalid', 401, { error: 'Invalid API key' }, {}, 'rejected'],
    [
      'XML',
      403,
      '<?xml version="1.0"?><Error><Code>InvalidAccessKeyId</Code><Message>The key has expired</Message></Error>',
      {},
      'expired',
    ],
    ['invalid or expired', 401, { message: 'Invalid or expired token' }, {}, 'dead'],
    ['revoked or expired', 401, 'The key was revoked or has expired.', {}, 'dead'],
    ['missing or invalid', 401, { message: 'Missing or invalid API key' }, {}, 'unclear'],
    ['nothing but no', 401, { message: 'Unauthorized' }, {}, 'rejected'],
    ['nothing at all', 401, '', {}, 'unclear'],
    [
      'nothing at all, with a challenge that saw no key',
      401,
      '',
      { 'www-authenticate': 'Bearer realm="x"' },
      'missing',
    ],
    ['a challenge that saw one', 401, '', { 'www-authenticate': 'Bearer error="invalid_token"' }, 'rejected'],
    [
      'a challenge that says why',
      401,
      '',
      { 'www-authenticate': 'Bearer error="invalid_token", error_description="The token expired"' },
      'expired',
    ],
    [
      'a challenge about a scope',
      403,
      '',
      { 'www-authenticate': 'Bearer error="insufficient_scope", scope="a"' },
      'forbidden',
    ],
    ['forbidden', 403, { message: 'Forbidden' }, {}, 'forbidden'],
    ['a missing permission', 403, { message: 'Missing permission: read' }, {}, 'forbidden'],
    ['not paid', 402, {}, {}, 'forbidden'],
    ['often', 429, {}, { 'retry-after': '30' }, 'throttled'],
    ['often, in a 403', 403, { message: 'Rate limit exceeded' }, {}, 'throttled'],
    ['their fault', 503, '<html></html>', {}, 'issuer-fault'],
    [
      'a login page',
      200,
      '<!DOCTYPE html><html><title>Log in</title></html>',
      { 'content-type': 'text/html' },
      'not-the-api',
    ],
    ['a login page with a 401', 401, '<html>Key expired?</html>', {}, 'not-the-api'],
    ['a redirect', 302, '', { location: 'https://login.example' }, 'not-the-api'],
    ['a proxy', 407, '', {}, 'not-the-api'],
    ['a good reply', 200, { id: 1, name: 'x' }, {}, 'unclear'],
    ['not there', 404, { message: 'Not found' }, {}, 'unclear'],
    ['a body alone', 0, { message: 'The key has expired' }, {}, 'expired'],
  ])('%s', (_, status, body, headers, cause) => {
    expect(why(status, body, headers)).toBe(cause);
  });

  it('quotes the request id, the page and the pause, whatever else the body holds', () => {
    const json = { request_id: 'r1', doc_url: 'https://a.example/errors/x', meta: 7, type: ['odd'] };
    const said = explainAny({ status: 429, headers: { 'retry-after': '30' }, body: '', json });
    expect(said).toMatchObject({ requestId: 'r1', docs: 'https://a.example/errors/x' });
    expect(said.steps[0]).toContain('30');
    expect(
      explainAny({ status: 401, headers: { 'x-request-id': 'h1' }, body: '', json: { request_id: 3 } })
        .requestId,
    ).toBe('h1');
  });

  it('has an answer to anything, and says nothing of a key for a 429 or a 5xx', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), fc.jsonValue(), fc.string(), (status, json, header) => {
        const said = explain(
          { status, headers: { 'www-authenticate': header }, body: JSON.stringify(json), json },
          services,
        );
        expect(said.meaning).toMatch(/\.$/);
        expect(said.steps.length).toBeGreaterThan(0);
        expect(status === 429 ? said.cause : 'throttled').toBe('throttled');
        expect(status >= 500 ? said.cause : 'issuer-fault').toBe('issuer-fault');
      }),
    );
  });
});

function fail(): never {
  throw new Error('no response was read');
}

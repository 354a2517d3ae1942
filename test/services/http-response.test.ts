import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHttpResponse } from '../../src/services/index.ts';

const BODY = '{"code":"no"}';

describe('a response that somebody pastes', () => {
  it.each([
    ['HTTP/1.1', `HTTP/1.1 401 Unauthorized\nContent-Type: application/json\nX-Request-Id: r1\n\n${BODY}\n`],
    ['HTTP/2 without a phrase', `HTTP/2 401 \ncontent-type: application/json\nx-request-id: r1\n\n${BODY}`],
    ['HTTP/3, CRLF', `HTTP/3 401\r\nContent-Type: application/json\r\nX-Request-ID: r1\r\n\r\n${BODY}`],
    [
      'an empty line before it, and a byte order mark',
      `\uFEFF\n\nHTTP/1.1 401 Unauthorized\ncontent-type: application/json\nx-request-id: r1\n\n${BODY}`,
    ],
    [
      '100-continue before it',
      `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 401 Unauthorized\r\ncontent-type: application/json\r\nx-request-id: r1\r\n\r\n${BODY}`,
    ],
    [
      'a redirect and a proxy before it',
      `HTTP/1.1 200 Connection established\r\n\r\nHTTP/2 301 \r\nlocation: /x\r\nx-request-id: r0\r\n\r\nHTTP/2 401 \r\ncontent-type: application/json\r\nx-request-id: r1\r\n\r\n${BODY}`,
    ],
    [
      'curl -v, whose request is dropped',
      `*   Trying 1.2.3.4:443...\n> GET /v1 HTTP/1.1\n> Authorization: Bearer abc\n>\n< HTTP/1.1 401 Unauthorized\n< content-type: application/json\n< x-request-id: r1\n<\n{ [13 bytes data]\n* Connection left intact\n${BODY}`,
    ],
  ])('%s', (_, text) => {
    const got = parseHttpResponse(text);
    expect(got).toMatchObject({
      status: 401,
      headers: { 'content-type': 'application/json', 'x-request-id': 'r1' },
      json: { code: 'no' },
    });
    expect(got?.body).toBe(BODY);
    expect(JSON.stringify(got)).not.toContain('abc');
  });

  it.each([
    ['{"status":401,"title":"x"}', 401],
    ['{"error":{"status":403}}', 403],
    ['{"message":"Bad credentials","status":"401"}', 401],
    ['{\n  "message": "no"\n}', 0],
    ['{"status":"error"}', 0],
  ])('a body alone: %s', (text, status) => {
    expect(parseHttpResponse(text)).toMatchObject({ status, headers: {}, json: JSON.parse(text) as unknown });
  });

  it.each(['', '\n', 'some-key-or-other', '"text"', '12', 'HTTP/1.1 is a protocol'])('%j is none', (text) => {
    expect(parseHttpResponse(text)).toBeUndefined();
  });

  it('is not led astray by a header with an odd name', () => {
    const got = parseHttpResponse('HTTP/1.1 401 No\nconstructor: a\n__proto__: b\nconstructor: c\n\n{}');
    expect(Object.entries(got?.headers ?? {})).toEqual([
      ['constructor', 'a, c'],
      ['__proto__', 'b'],
    ]);
  });

  it('joins repeated headers, unfolds old ones, keeps a body with empty lines', () => {
    const got = parseHttpResponse(
      'HTTP/1.1 401 No\nWWW-Authenticate: Basic\nwww-authenticate: Bearer\nX-Long: a\n b\n\none\n\ntwo\n',
    );
    expect(got).toMatchObject({
      headers: { 'www-authenticate': 'Basic, Bearer', 'x-long': 'a b' },
      body: 'one\n\ntwo',
      json: undefined,
    });
  });

  it('reads a header block and a body as they were, with either line end', () => {
    const name = fc.stringMatching(/^[a-z][a-z-]{0,10}$/);
    const value = fc.stringMatching(/^[!-~]{0,20}$/);
    fc.assert(
      fc.property(
        fc.integer({ min: 200, max: 599 }),
        fc.dictionary(name, value),
        fc.json(),
        fc.constantFrom('\n', '\r\n'),
        (status, headers, body, end) => {
          const text = [
            `HTTP/1.1 ${status} Some Phrase`,
            ...Object.entries(headers).map(([n, v]) => `${n}: ${v}`),
            '',
            body,
          ].join(end);
          const got = parseHttpResponse(text);
          expect(got?.status).toBe(status);
          expect(got?.headers).toEqual({ ...headers });
          expect(got?.json).toEqual(JSON.parse(body));
        },
      ),
    );
  });
});

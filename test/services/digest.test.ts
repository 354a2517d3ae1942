import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/model/index.ts';
import { askWithDigest, digestOf } from '../../src/services/digest.ts';
import { type Answer, reply } from './issuer.ts';
import { rig } from './recorded.ts';

const REQUEST = { method: 'GET', url: 'https://keys.example/v2/orgs?page=1', what: 'GET /v2/orgs' } as const;
const PASSWORD = 'open sesame 1234567890';
const md5 = (text: string) => createHash('md5').update(text).digest('hex');
const param = (header: string, name: string) => new RegExp(`${name}="?([^",]*)`).exec(header)?.[1] ?? '';

/** A server that checks what it gets, by the formula of RFC 7616. */
function server(challenge: string): Answer {
  return (seen, response) => {
    const header = seen.headers.authorization ?? '';
    const who = md5(`ada:the realm:${PASSWORD}`);
    const what = md5(`${seen.method}:${seen.path}`);
    const due = md5(`${who}:n0nce/=:${param(header, 'nc')}:${param(header, 'cnonce')}:auth:${what}`);
    const right = param(header, ' response') === due && param(header, 'uri') === seen.path;
    response.writeHead(right ? 200 : 401, {
      'content-type': 'application/json',
      'www-authenticate': challenge,
    });
    response.end(right ? '{"ok":true}' : '{"ok":false}');
  };
}

const CHALLENGE =
  'Digest realm="the realm", domain="", nonce="n0nce/=", algorithm=MD5, qop="auth-int, auth", opaque="o"';

describe('digest authentication', () => {
  it('is what RFC 2617 3.5 says', () => {
    const given = {
      user: 'Mufasa',
      realm: 'testrealm@host.com',
      nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
      method: 'GET',
      uri: '/dir/index.html',
      nc: '00000001',
      cnonce: '0a4f113b',
    };
    expect(digestOf(given, new Secret('Circle Of Life'))).toBe('6629fae49393a05397450978507c4ef1');
  });

  it('proves the secret without sending it', async () => {
    await using stage = await rig(server(CHALLENGE));
    expect(await askWithDigest(REQUEST, 'ada', new Secret(PASSWORD), stage.tools)).toMatchObject({
      status: 200,
    });
    expect(stage.issuer.seen).toHaveLength(2);
    expect(JSON.stringify(stage.issuer.seen)).not.toContain(PASSWORD);
  });

  it('hands on the second refusal', async () => {
    await using stage = await rig(server(CHALLENGE));
    expect(await askWithDigest(REQUEST, 'ada', new Secret('another'), stage.tools)).toMatchObject({
      status: 401,
    });
    expect(stage.issuer.seen).toHaveLength(2);
  });

  it.each([
    ['no challenge', ''],
    ['another scheme', 'Basic realm="the realm"'],
    ['another algorithm', 'Digest realm="r", nonce="n", algorithm=SHA-256, qop="auth"'],
    ['no qop that it knows', 'Digest realm="r", nonce="n", qop="auth-int"'],
    ['no nonce', 'Digest realm="r", qop="auth"'],
    ['a quote in the realm', String.raw`Digest realm="a\"b", nonce="n", qop="auth"`],
  ])('asks once where there is %s', async (_, challenge) => {
    await using stage = await rig(reply(401, { 'www-authenticate': challenge }, '{}'));
    expect(await askWithDigest(REQUEST, 'ada', new Secret(PASSWORD), stage.tools)).toMatchObject({
      status: 401,
    });
    expect(stage.issuer.seen).toHaveLength(1);
  });

  it('asks once where nobody asks for credentials', async () => {
    await using stage = await rig(reply(403, {}, '{}'));
    expect(await askWithDigest(REQUEST, 'ada', new Secret(PASSWORD), stage.tools)).toMatchObject({
      status: 403,
    });
    expect(stage.issuer.seen).toHaveLength(1);
  });
});

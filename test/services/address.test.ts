import type { LookupFunction } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/model/index.ts';
import { baseFor } from '../../src/services/address.ts';
import { mayAsk, namedHosts } from '../../src/services/index.ts';
import { createAsk } from '../../src/verify/ask.ts';
import { reply, startIssuer } from './issuer.ts';

const OKTA = { hosts: ['login.okta.com'], domains: ['okta.com', 'oktapreview.com'] };
const RATE = { requests: 1_000, perMs: 1_000, concurrency: 10 };
const TRICKS = [
  'okta.com',
  'evil-okta.com',
  'acme.evil-okta.com',
  'okta.com.evil.example',
  'acme.okta.com.evil.example',
  'acme.okta.com.',
  '.okta.com',
  'acme..okta.com',
  '-acme.okta.com',
  'acme.okta.com:8443',
  'acme.okta.com:80',
  'evil.example/.okta.com',
  'evil.example#.okta.com',
  'evil.example?.okta.com',
  'evil.example\\.okta.com',
  'user@evil.example',
  'acme.okta.com@evil.example',
  'evil.example%2f.okta.com',
  'evil。example',
];

/** A name service that knows nobody: what is not refused gets no further. */
const nobody: LookupFunction = (_, __, done) => done(new Error('no such name'), []);

function withHost(host: string) {
  return { secret: new Secret('00x'), parts: { host: new Secret(host) } };
}
const at = { settings: ['KEYBURN_OKTA_URL'], domains: OKTA.domains };
const none = { credential: () => undefined };

describe('hosts of customers', () => {
  it.each(['acme.okta.com', 'a.b.okta.com', 'dev-1.oktapreview.com', 'login.okta.com'])('%s', (host) => {
    expect(mayAsk(OKTA, host)).toBe(true);
  });

  it.each(TRICKS)('refuses %s', async (host) => {
    expect(mayAsk(OKTA, host)).toBe(false);
    const ask = createAsk({ ...OKTA, rate: RATE }, { timeoutMs: 100, lookup: nobody });
    const reply = await ask({ method: 'GET', url: `https://${host}/api`, what: 'GET /api' });
    expect(reply).toMatchObject({
      kind: 'unanswered',
      why: expect.stringMatching(/forbidden|not-asked/),
    });
  });

  it('whatever stands beside a key, nobody but the issuer is named', () => {
    const host = fc.oneof(
      fc.constantFrom(...TRICKS),
      fc.string(),
      fc.string().map((text) => `${text}.okta.com`),
    );
    fc.assert(
      fc.property(host, (text) => {
        const base = baseFor(at, withHost(text), none);
        return base === undefined || /[a-z0-9]\.okta(?:preview)?\.com$/.test(new URL(base).host);
      }),
    );
    expect(baseFor(at, withHost('acme.okta.com'), none)).toBe('https://acme.okta.com');
  });

  it('takes the host of a URL, and a bare one', () => {
    expect(baseFor(at, withHost('https://Acme.okta.com/oauth2/default'), none)).toBe('https://acme.okta.com');
    expect(baseFor(at, withHost('acme.okta.com'), none)).toBe('https://acme.okta.com');
    expect(baseFor(at, { secret: new Secret('00x'), parts: {} }, none)).toBeUndefined();
  });
});

describe('hosts that the operator names', () => {
  const credential = (value: string) => (name: string) =>
    name === 'KEYBURN_OKTA_URL' ? new Secret(value) : undefined;

  it('come before what stands beside the key', () => {
    const tools = { credential: credential('https://sso.acme.example/okta/') };
    expect(baseFor(at, withHost('acme.okta.com'), tools)).toBe('https://sso.acme.example/okta');
    expect(namedHosts(at, tools.credential)).toEqual(['sso.acme.example']);
    expect(namedHosts({}, tools.credential)).toEqual([]);
  });

  it.each(['sso.acme.example', 'ftp://sso.acme.example', 'https://a:b@sso.acme.example'])(
    'not %s',
    (text) => {
      expect(() => namedHosts(at, credential(text))).toThrow('KEYBURN_OKTA_URL: not a web address');
    },
  );

  it('may be inside, and only they', async () => {
    await using issuer = await startIssuer(reply(200, {}, '{}'));
    const request = { method: 'GET', url: `${issuer.url}/v1`, what: 'GET /v1' } as const;
    const named = createAsk({ hosts: [], rate: RATE }, { named: [issuer.host] });
    expect(await named(request)).toMatchObject({ kind: 'answered', status: 200 });
    const plain = createAsk({ hosts: [issuer.host], rate: RATE });
    expect(await plain(request)).toMatchObject({ kind: 'unanswered', why: 'forbidden-address' });
  });
});

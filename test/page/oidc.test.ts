// Signing in with an identity provider: the whole way with a real one, and every lie that a false one could tell.

import { createHmac, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Provider from 'oidc-provider';
import { expect, onTestFinished, test } from 'vitest';
import { SetupError } from '../../src/model/index.ts';
import { createDesk, createOidc, createPage, type OidcSettings } from '../../src/page/index.ts';
import { openLedger } from '../../src/record/index.ts';
import { entry, idOf } from '../record/sample.ts';

const PAGE = 'http://127.0.0.1:8787';
const ANSWER = `${PAGE}/incidents/sign-in/oidc/answer`;

async function listen(handle: RequestListener): Promise<string> {
  const server = createServer(handle);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function pageWith(settings: OidcSettings, clientSecret: string | undefined) {
  const home = await mkdtemp(join(tmpdir(), 'keyburn-oidc-'));
  const ledger = await openLedger(home);
  onTestFinished(async () => {
    await ledger.end();
    await rm(home, { recursive: true });
  });
  await ledger.upsert(entry());
  const now = () => new Date();
  const lines: string[] = [];
  const around = () => ({ env: { KEYBURN_HOME: home }, cwd: home, signal: new AbortController().signal });
  const page = createPage({
    ledger,
    desk: createDesk({ ledger, around, armed: false, now }),
    url: () => PAGE,
    who: 'operator',
    show: () => undefined,
    oidc: createOidc({ settings, clientSecret, redirectUri: () => ANSWER, now }),
    log: (line) => lines.push(line),
  });
  const get = (url: string, cookie = '') =>
    page.app.request(url, { headers: { host: '127.0.0.1:8787', cookie } });
  const begin = async () => {
    const answer = await get(`${PAGE}/incidents/sign-in/oidc`);
    return {
      url: answer.headers.get('location') ?? '',
      tie: nameOf(answer, 'keyburn_oidc'),
      status: answer.status,
    };
  };
  return { page, ledger, lines, get, begin };
}

function nameOf(answer: Response, cookie: string): string {
  const set = answer.headers.getSetCookie().find((line) => line.startsWith(`${cookie}=`)) ?? '';
  return set.split(';')[0] ?? '';
}

test('a provider adds two ways in, and opens no other route', async () => {
  const settings = { issuer: 'https://id.example.com', 'client-id': 'keyburn', allow: ['ada@example.com'] };
  const { page } = await pageWith(settings, undefined);
  const routes = page.app.routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => ({ method, path }));
  const open = [
    'GET sign-in',
    'POST sign-in',
    'POST sign-in/link',
    'GET sign-in/oidc',
    'GET sign-in/oidc/answer',
  ];
  const guarded = routes.filter(
    ({ method, path }) => !open.includes(`${method} ${path.slice('/incidents/'.length)}`),
  );
  expect(routes.length - guarded.length).toBe(open.length);
  expect(guarded.length).toBeGreaterThan(5);
  for (const { method, path } of guarded) {
    const answer = await page.app.request(
      `${PAGE}${path.replace(':id', idOf('a')).replace(':file', 'x.js')}`,
      {
        method,
        headers: { host: '127.0.0.1:8787', origin: PAGE, cookie: `keyburn_oidc=${'A'.repeat(43)}` },
      },
    );
    expect([path, answer.status, answer.headers.get('location')]).toEqual([path, 303, '/incidents/sign-in']);
  }
});

test('a person comes in through a real provider, once, in the browser that asked', async () => {
  const clientSecret = randomBytes(24).toString('base64url');
  const handler: { handle: RequestListener } = { handle: (_request, response) => void response.end() };
  const issuer = await listen((request, response) => handler.handle(request, response));
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'keyburn', client_secret: clientSecret, redirect_uris: [ANSWER] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => ({ sub, email: `${sub}@example.com`, email_verified: true }),
    }),
    cookies: { keys: [randomBytes(16).toString('hex')] },
  });
  handler.handle = (request, response) => void provider.callback()(request, response);
  const settings = { issuer, 'client-id': 'keyburn', allow: ['ada@example.com'], name: 'Acme' };
  const { get, begin, page, ledger, lines } = await pageWith(settings, clientSecret);

  expect(await (await get(`${PAGE}/incidents/sign-in`)).text()).toContain('Sign in with Acme');
  const first = await begin();
  const asked = new URL(first.url);
  expect(asked.searchParams.get('code_challenge_method')).toBe('S256');
  const answer = await throughProvider(first.url, 'ada');
  expect(answer).toContain(`${ANSWER}?`);
  // Neither another browser nor a second time.
  const second = await begin();
  expect((await get(await throughProvider(second.url, 'ada'), first.tie)).status).toBe(403);
  const entered = await get(answer, first.tie);
  expect(entered.status).toBe(200);
  expect(await entered.text()).toContain('as <b>ada@example.com</b>');
  expect((await get(answer, first.tie)).status).toBe(403);

  const cookie = nameOf(entered, 'keyburn_session');
  const list = await get(`${PAGE}/incidents`, cookie);
  expect(list.status).toBe(200);
  const csrf = /name="csrf" value="([\w-]+)"/.exec(await list.text())?.[1] ?? '';
  await page.app.request(`${PAGE}/incidents/${idOf('a')}`, {
    method: 'POST',
    headers: {
      host: '127.0.0.1:8787',
      origin: PAGE,
      cookie,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ csrf, verb: 'close', reason: 'a test account' }).toString(),
  });
  const story = await ledger.incident(idOf('a'));
  expect(story.kind === 'one' && story.steps.at(-1)).toMatchObject({
    who: 'ada@example.com',
    what: 'closed',
  });

  // Known to the provider, not on our list.
  const third = await begin();
  expect((await get(await throughProvider(third.url, 'mallory'), third.tie)).status).toBe(403);
  expect(lines).toEqual([
    'nobody was signed in: another browser asked for this answer',
    'nobody was signed in: nobody asked for this answer',
    'nobody was signed in: not on the list of [incidents.oidc] allow',
  ]);
});

/** A browser without a face: follows the provider's pages, signs in, says yes, and stops before our own page. */
async function throughProvider(start: string, login: string): Promise<string> {
  const jar = new Map<string, string>();
  const go = async (url: string, form?: Record<string, string>): Promise<Response> => {
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s);
      jar.set(name, value);
    }
    return answer;
  };
  let at = start;
  for (let steps = 0; steps < 12; steps++) {
    const answer = await go(at);
    let to = answer.headers.get('location');
    if (to === null) {
      const text = await answer.text();
      const prompt = text.includes('name="login"') ? 'login' : 'consent';
      const action = /<form[^>]* action="([^"]+)"/.exec(text)?.[1] ?? at;
      const form: Record<string, string> = prompt === 'login' ? { prompt, login, password: 'x' } : { prompt };
      to = (await go(new URL(action, at).href, form)).headers.get('location');
    }
    at = new URL(to ?? '', at).href;
    if (at.startsWith(PAGE)) return at;
  }
  throw new Error(`the provider leads nowhere: ${at}`);
}

interface Lie {
  readonly claims?: Record<string, unknown>;
  readonly header?: Record<string, unknown>;
  readonly sign?: (signed: string, key: KeyObject) => string;
  readonly discovery?: Record<string, unknown>;
  readonly keys?: unknown[];
  readonly answer?: Record<string, string>;
  readonly token?: RequestListener;
}

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'ES256' };
const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ES256 = (signed: string, key: KeyObject) =>
  sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
const json = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** What comes of the answer of a provider that lies so. */
async function enter(lie: Lie, allow: readonly string[] = ['ada@example.com']) {
  let nonce = '';
  const forms: URLSearchParams[] = [];
  const issuer: string = await listen((request, response) => {
    const reply = (value: unknown) =>
      void response.setHeader('content-type', 'application/json').end(JSON.stringify(value));
    if (request.url === '/token' && lie.token) return lie.token(request, response);
    if (request.url?.endsWith('openid-configuration'))
      return reply({
        issuer,
        authorization_endpoint: `${issuer}/auth`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        ...lie.discovery,
      });
    if (request.url === '/keys') return reply({ keys: lie.keys ?? [jwk] });
    let body = '';
    request.on('data', (piece: Buffer) => {
      body += piece.toString('utf8');
    });
    request.on('end', () => {
      forms.push(new URLSearchParams(body));
      const at = Math.floor(Date.now() / 1000);
      const claims = {
        iss: issuer,
        sub: 'u-1',
        aud: 'keyburn',
        exp: at + 300,
        iat: at,
        nonce,
        email: 'ada@example.com',
        email_verified: true,
        ...lie.claims,
      };
      const signed = `${json({ alg: 'ES256', kid: 'one', ...lie.header })}.${json(claims)}`;
      reply({
        id_token: `${signed}.${(lie.sign ?? ES256)(signed, privateKey)}`,
        access_token: 'x',
        token_type: 'Bearer',
      });
    });
  });
  const { begin, get, lines } = await pageWith({ issuer, 'client-id': 'keyburn', allow }, undefined);
  const begun = await begin();
  const asked = new URL(begun.url === '' ? PAGE : begun.url).searchParams;
  nonce = asked.get('nonce') ?? '';
  const fields = { code: 'abc', state: asked.get('state') ?? '', ...lie.answer };
  const entered = await get(`${ANSWER}?${new URLSearchParams(fields).toString()}`, begun.tie);
  return { status: entered.status, lines, forms, asked, session: nameOf(entered, 'keyburn_session') };
}

test('the truth comes in, with the proof that belongs to the question', async () => {
  const { status, forms, asked, session } = await enter({});
  expect(status).toBe(200);
  expect(session).toMatch(/^keyburn_session=[\w-]{43}$/);
  const { createHash } = await import('node:crypto');
  const verifier = forms[0]?.get('code_verifier') ?? '';
  expect(createHash('sha256').update(verifier).digest('base64url')).toBe(asked.get('code_challenge'));
  for (const allow of [['*@example.com'], ['u-1'], ['ADA@Example.com']])
    expect((await enter({}, allow)).status).toBe(200);
});

const hour = 3600;
const lies: readonly (readonly [string, Lie])[] = [
  ['another issuer in the token', { claims: { iss: 'https://evil.example' } }],
  ['a token for another client', { claims: { aud: 'other' } }],
  ['a token given to another client', { claims: { aud: ['keyburn', 'other'], azp: 'other' } }],
  ['two audiences and nobody it was given to', { claims: { aud: ['keyburn', 'other'] } }],
  ['an old token', { claims: { exp: Date.now() / 1000 - hour } }],
  ['a token of yesterday', { claims: { iat: Date.now() / 1000 - 24 * hour } }],
  ['a token of tomorrow', { claims: { iat: Date.now() / 1000 + 24 * hour } }],
  ['the nonce of another question', { claims: { nonce: 'x'.repeat(43) } }],
  ['no nonce', { claims: { nonce: undefined } }],
  ['an address that nobody verified', { claims: { email_verified: false } }],
  ['an address with no word about it', { claims: { email_verified: undefined } }],
  ['two addresses in one', { claims: { email: 'ada@example.com@evil.example' } }],
  ['somebody else', { claims: { email: 'mallory@example.com' } }],
  ['no signature', { header: { alg: 'none' }, sign: () => '' }],
  ['a signature by nobody known', { sign: (signed) => ES256(signed, other.privateKey) }],
  [
    'a signature by the public key as a password',
    {
      header: { alg: 'HS256' },
      sign: (signed) =>
        createHmac('sha256', publicKey.export({ type: 'spki', format: 'pem' }))
          .update(signed)
          .digest('base64url'),
    },
  ],
  ['a key that it does not have', { header: { kid: 'two' } }],
  ['a key for something else', { keys: [{ ...jwk, use: 'enc' }] }],
  ['two keys by one name', { keys: [jwk, { ...other.publicKey.export({ format: 'jwk' }), kid: 'one' }] }],
  ['no keys', { keys: [] }],
  ['another issuer in the discovery', { discovery: { issuer: 'https://evil.example' } }],
  ['an endpoint without https', { discovery: { token_endpoint: 'http://keys.example.com/token' } }],
  ['another issuer in the answer', { answer: { iss: 'https://evil.example' } }],
  [
    'an answer that hides its issuer',
    { discovery: { authorization_response_iss_parameter_supported: true } },
  ],
  ['a state that nobody gave out', { answer: { state: 'x' } }],
  ['an error', { answer: { error: 'access_denied' } }],
  [
    'a redirect',
    {
      token: (_request, response) => void response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),
    },
  ],
  ['HTML', { token: (_request, response) => void response.end('<p>hello</p>') }],
  ['a flood', { token: (_request, response) => void response.end('x'.repeat(1_000_000)) }],
  ['a refusal', { token: (_request, response) => void response.writeHead(400).end('{}') }],
];
test.each(lies)('nobody comes in by %s', async (_name, lie) => {
  const { status, session, lines } = await enter(lie);
  expect(status).toBe(403);
  expect(session).toBe('');
  expect(lines).toHaveLength(1);
});

test('a provider without https is one on this machine', () => {
  const about = (issuer: string) => ({
    settings: { issuer, 'client-id': 'keyburn', allow: ['a'] },
    clientSecret: undefined,
    redirectUri: () => ANSWER,
    now: () => new Date(),
  });
  for (const issuer of ['http://id.example.com', 'ftp://127.0.0.1', 'http://127.0.0.1.evil.example'])
    expect(() => createOidc(about(issuer)), issuer).toThrow(SetupError);
  expect(createOidc(about('https://id.example.com')).name).toBe('id.example.com');
});

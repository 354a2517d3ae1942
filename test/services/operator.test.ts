import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Finding, FingerprintKey, Secret, SetupError } from '../../src/model/index.ts';
import { issuers, operatorServices, type Service, services } from '../../src/services/index.ts';
import { createVerifier } from '../../src/verify/index.ts';
import { start } from '../keyservice/start.ts';
import { type Answer, faults, reply, startIssuer } from './issuer.ts';
import { BRISK, keyOf, realityOf } from './real.ts';
import { fill, forms, orderFor, rig, traces } from './recorded.ts';

const J = { 'content-type': 'application/json' };
const KEY = fill('acme_{{alnum:40}}');
const key = { secret: new Secret(KEY), parts: {} };
const BASE = {
  id: 'acme',
  name: 'Acme keys',
  docs: 'https://docs.acme.example/keys',
  base: 'https://keys.acme.example',
  key: { in: 'bearer' },
  check: { url: '/v1/me', shows: ['user.id'] },
};

function acme(more: Readonly<Record<string, unknown>> = {}): Service {
  const [service] = operatorServices([{ ...BASE, ...more }]);
  if (!service) throw new Error('no service');
  return service;
}

async function verdictOf(service: Service, answer: Answer, credentials: Record<string, string> = {}) {
  await using stage = await rig(answer, { credentials, timeoutMs: 2_000 });
  const verdict = await service.check?.(key, stage.tools);
  for (const form of forms(KEY)) expect(traces(verdict)).not.toContain(form);
  for (const host of stage.hosts) expect(service.hosts).toContain(host);
  return { verdict, seen: stage.issuer.seen[0] };
}

describe('an operator’s own issuer', () => {
  it.each([
    [{ in: 'bearer' }, 'authorization', `Bearer ${KEY}`],
    [{ in: 'header', name: 'X-API-Key' }, 'x-api-key', KEY],
    [{ in: 'header', name: 'Authorization', scheme: 'ApiKey' }, 'authorization', `ApiKey ${KEY}`],
    [{ in: 'cookie', name: 'session' }, 'cookie', `session=${KEY}`],
  ])('is shown the key where it says: %j', async (place, header, value) => {
    const { verdict, seen } = await verdictOf(acme({ key: place }), reply(200, J, { user: { id: 7 } }));
    expect(verdict).toMatchObject({ state: 'live' });
    expect(seen?.headers[header]).toBe(value);
    expect(seen?.path).toBe('/v1/me');
  });

  it('is shown the key in the address only where it says so, and nobody else sees that', async () => {
    const service = acme({ key: { in: 'query', name: 'api_key' }, check: { url: '/v1/me?v=2' } });
    const { verdict, seen } = await verdictOf(service, reply(200, J, { id: 1 }));
    expect(seen?.path).toBe(`/v1/me?v=2&api_key=${KEY}`);
    expect(verdict).toMatchObject({ state: 'live', why: 'GET /v1/me: 200 accepted' });
  });

  it.each([
    ['what it must show is there', 200, { user: { id: 7 } }, {}, { state: 'live' }],
    ['what it must show is not', 200, { user: {} }, {}, { state: 'unknown', why: 'unexpected-reply' }],
    [
      'what it must show is empty',
      200,
      { user: { id: '' } },
      {},
      { state: 'unknown', why: 'unexpected-reply' },
    ],
    ['inherited names are not there', 200, { user: 'x' }, {}, { state: 'unknown', why: 'unexpected-reply' }],
    [
      'HTML',
      200,
      '<html></html>',
      { 'content-type': 'text/html' },
      { state: 'unknown', why: 'unexpected-reply' },
    ],
    [
      'refused, in HTML',
      401,
      '<html></html>',
      { 'content-type': 'text/html' },
      { state: 'unknown', why: 'unexpected-reply' },
    ],
    ['refused', 401, '', {}, { state: 'rejected' }],
    [
      'refused: expired',
      401,
      { type: 'about:blank', title: 'The key has expired' },
      {},
      { state: 'expired' },
    ],
    ['refused: revoked', 401, { code: 'revoked_key' }, {}, { state: 'revoked' }],
    ['refused: disabled', 401, { error: { message: 'Key disabled' } }, {}, { state: 'disabled' }],
    [
      'refused: in the challenge',
      401,
      '',
      { 'www-authenticate': 'Bearer error="invalid_token", error_description="expired"' },
      { state: 'expired' },
    ],
    [
      'the issuer saw no key: the description is wrong',
      401,
      { message: 'API key missing' },
      {},
      { state: 'unknown', why: 'unexpected-reply' },
    ],
    ['refused: too often', 401, { message: 'Too many requests' }, {}, { state: 'unknown', why: 'throttled' }],
    [
      'lacks a scope',
      401,
      '',
      { 'www-authenticate': 'Bearer error="insufficient_scope"' },
      { state: 'limited' },
    ],
    ['forbidden', 403, { message: 'no' }, {}, { state: 'limited' }],
    ['not there', 404, { message: 'no' }, {}, { state: 'unknown', why: 'unexpected-reply' }],
  ])('%s', async (_, status, body, headers, expected) => {
    const { verdict } = await verdictOf(acme(), reply(status, { ...J, ...headers }, body));
    expect(verdict).toMatchObject(expected);
  });

  it.each([
    [200, {}],
    [200, []],
    [200, { ok: false, error: 'invalid_auth' }],
    [200, { success: false, data: 1 }],
    [200, { errors: [{ message: 'no' }] }],
    [200, 'OK'],
  ])('%i %j is not live, where nothing is named that must show', async (status, body) => {
    const { verdict } = await verdictOf(acme({ check: { url: '/v1/me' } }), reply(status, J, body));
    expect(verdict).toMatchObject({ state: 'unknown' });
  });

  it('means by a status what its operator says', async () => {
    const means = {
      '403': 'dead',
      '404': 'rejected',
      '204': 'live',
      '400': 'expired',
      '402': 'limited',
      '401': 'unknown',
    };
    const service = acme({ check: { url: '/v1/me', means, method: 'POST', json: { ask: true } } });
    const states = async (status: number) =>
      (await verdictOf(service, reply(status, J, status === 204 ? '' : '{}'))).verdict;
    expect(await states(403)).toMatchObject({ state: 'rejected' });
    expect(await states(404)).toMatchObject({ state: 'rejected' });
    expect(await states(204)).toMatchObject({ state: 'live' });
    expect(await states(400)).toMatchObject({ state: 'expired' });
    expect(await states(402)).toMatchObject({ state: 'limited' });
    expect(await states(401)).toMatchObject({ state: 'unknown' });
    const { seen } = await verdictOf(service, reply(204, {}, ''));
    expect(seen).toMatchObject({ method: 'POST', body: '{"ask":true}' });
  });

  it.each([
    [{ active: true, scope: 'a' }, 200, { state: 'live' }],
    [{ active: false }, 200, { state: 'rejected' }],
    [{ active: 'true' }, 200, { state: 'unknown' }],
    [{ error: 'invalid_client' }, 401, { state: 'unknown', why: 'not-configured' }],
  ])('is asked by RFC 7662: %j', async (body, status, expected) => {
    const { check: _, ...rest } = BASE;
    const [service] = operatorServices([
      { ...rest, introspection: { url: '/introspect', credential: 'ACME_CLIENT' } },
    ]);
    expect(service).toBeDefined();
    const { verdict, seen } = await verdictOf(service ?? acme(), reply(status, J, body), {
      ACME_CLIENT: 'id:secret',
    });
    expect(verdict).toMatchObject(expected);
    expect(seen?.headers.authorization).toBe(`Basic ${Buffer.from('id:secret').toString('base64')}`);
    expect(new URLSearchParams(seen?.body).get('token')).toBe(KEY);
    const without = await verdictOf(service ?? acme(), reply(200, J, { active: true }));
    expect(without.verdict).toMatchObject({ state: 'unknown', why: 'not-configured' });
    expect(without.seen).toBeUndefined();
  });

  it('burns by RFC 7009', async () => {
    const service = acme({
      revoke: {
        kind: 'rfc7009',
        url: 'https://auth.acme.example/revoke',
        hint: 'access_token',
        'client-id': 'keyburn',
      },
      hosts: ['auth.acme.example'],
    });
    await using stage = await rig(reply(200, {}, ''));
    expect(await service.revoke?.(orderFor('acme', key.secret), stage.tools)).toMatchObject({
      outcome: 'accepted',
      note: 'POST /revoke: 200 accepted (RFC 7009)',
    });
    expect(stage.hosts).toEqual(['auth.acme.example']);
    expect(Object.fromEntries(new URLSearchParams(stage.issuer.seen[0]?.body))).toEqual({
      token: KEY,
      token_type_hint: 'access_token',
      client_id: 'keyburn',
    });
    await using no = await rig(reply(400, J, { error: 'unsupported_token_type' }));
    expect(await service.revoke?.(orderFor('acme', key.secret), no.tools)).toMatchObject({
      outcome: 'refused',
    });
    const secretive = acme({
      revoke: { kind: 'rfc7009', url: '/revoke', credential: 'ACME_CLIENT' },
      'by-hand': ['Ask Ada.'],
    });
    expect(await secretive.revoke?.(orderFor('acme', key.secret), no.tools)).toMatchObject({
      outcome: 'manual',
      steps: [expect.stringMatching(/^Set ACME_CLIENT /), 'Ask Ada.'],
    });
  });

  it('burns with one call that carries the key itself', async () => {
    const service = acme({
      revoke: { kind: 'http', method: 'DELETE', url: '/v1/keys/self', done: ['204'], already: ['410'] },
    });
    const outcome = async (status: number, headers = {}) => {
      await using stage = await rig(reply(status, headers, ''));
      const got = await service.revoke?.(orderFor('acme', key.secret), stage.tools);
      expect(stage.issuer.seen[0]).toMatchObject({ method: 'DELETE', path: '/v1/keys/self' });
      expect(stage.issuer.seen[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
      return got?.outcome;
    };
    expect(await outcome(204)).toBe('accepted');
    expect(await outcome(410)).toBe('already-dead');
    expect(await outcome(200)).toBe('refused');
    expect(await outcome(401)).toBe('refused');
  });

  it.each(faults('https://elsewhere.example/').map((fault) => ({ ...fault })))(
    '$name: unknown, and nothing is done',
    async ({ answer, why }) => {
      for (const how of [
        { kind: 'rfc7009', url: '/revoke' },
        { kind: 'http', method: 'POST', url: '/revoke' },
      ]) {
        const service = acme({ revoke: how });
        await using stage = await rig(answer, why === 'timeout' ? { timeoutMs: 60 } : {});
        expect(await service.check?.(key, stage.tools)).toMatchObject({ state: 'unknown', why });
        expect(await service.revoke?.(orderFor('acme', key.secret), stage.tools)).toMatchObject({
          outcome: 'unanswered',
          why,
        });
      }
    },
  );

  it('is not believed where it takes a random key as well', async () => {
    let accepts = (auth: string) => auth !== '';
    await using issuer = await startIssuer((seen, response) => {
      const good = accepts(seen.headers.authorization ?? '');
      return reply(good ? 200 : 401, J, good ? { user: { id: 1 } } : {})(seen, response);
    });
    const verify = async () =>
      (
        await createVerifier({
          services: operatorServices([{ ...BASE, base: issuer.url, internal: true }]),
          offline: false,
          fingerprintKey: new FingerprintKey(new Uint8Array(16)),
          credential: () => undefined,
          now: () => new Date(),
        })
      ).verify(finding);
    const finding: Finding = {
      rule: { id: 'acme', title: 'Acme key', severity: 'high' },
      services: ['acme'],
      secret: key.secret,
      parts: {},
      environment: 'unknown',
      allowed: false,
      origin: { kind: 'stream', path: '-' },
      span: { start: 0, end: 1, line: 1, column: 1, endLine: 1 },
    };
    expect(await verify()).toMatchObject({ state: 'unknown', why: 'not-discriminating' });
    accepts = (auth) => auth === `Bearer ${KEY}`;
    expect(await verify()).toMatchObject({ state: 'live' });
  });
});

describe('a description', () => {
  it('is judged whole: every fault at once, with its service and field, and no value repeated', () => {
    const entries = [
      {
        ...BASE,
        id: 'Bad Id',
        base: 'http://keys.acme.example',
        chekc: {},
        check: { url: '//evil.example/x' },
      },
      {
        ...BASE,
        id: 'two',
        base: 'https://keys.acme.example/api',
        revoke: { kind: 'rfc7009', url: 'https://evil.example/revoke', credential: 'my-secret-value' },
      },
      { ...BASE, id: 'two', key: { in: 'nowhere' }, introspection: { url: '/i', credential: 'A' } },
      { ...BASE, id: 'github', check: { url: '/x', json: {}, means: { '99': 'live', '401': 'gone' } } },
      'nothing',
    ];
    const run = () => operatorServices(entries, { file: 'acme.toml', taken: services.map(({ id }) => id) });
    expect(run).toThrow(SetupError);
    let message = '';
    try {
      run();
    } catch (error) {
      message = error instanceof Error ? error.message : '';
    }
    const faulty = [
      /^acme\.toml: service 1: id: /m,
      /^acme\.toml: service 1: chekc: unknown field/m,
      /^acme\.toml: service 1: check\.url: /m,
      /^acme\.toml: service two: revoke\.credential: the name of an environment variable/m,
      /^acme\.toml: service two: key\.in: /m,
      /^acme\.toml: service two: id: is taken/m,
      /^acme\.toml: service github: id: is taken/m,
      /^acme\.toml: service github: check\.means/m,
      /^acme\.toml: service 5: must be a table, not text/m,
    ];
    for (const pattern of faulty) expect(message).toMatch(pattern);
    expect(message).not.toMatch(/my-secret-value|evil\.example\/x/);
  });

  it.each([
    ['plain http', { base: 'http://keys.acme.example' }, /base: https only/],
    ['a base with a path', { base: 'https://keys.acme.example/api' }, /base: scheme and host alone/],
    [
      'a stranger’s host',
      { check: { url: 'https://evil.example/' } },
      /check\.url: evil\.example is not one of/,
    ],
    [
      'a stranger’s host for the burn',
      { revoke: { kind: 'http', method: 'POST', url: 'https://evil.example/' } },
      /revoke\.url: evil\.example/,
    ],
    ['http for an endpoint', { check: { url: 'http://keys.acme.example/' } }, /check\.url: https only/],
    [
      'a password in an address',
      { check: { url: 'https://a:b@keys.acme.example/' } },
      /check\.url: no user name/,
    ],
    [
      'two ways to ask',
      { introspection: { url: '/i', credential: 'A' } },
      /introspection: there is a check already/,
    ],
    ['a GET with a body', { check: { url: '/', json: {} } }, /check\.json: a GET has no body/],
  ])('is refused: %s', (_, more, message) => {
    expect(() => acme(more)).toThrow(message);
  });

  it('may be absent, and must be a list', () => {
    expect(operatorServices(undefined)).toEqual([]);
    expect(() => operatorServices({ id: 'x' })).toThrow(/must be a list/);
  });

  it('stands beside the known issuers, and the key service where the operator says', () => {
    const all = issuers({ keyburnUrl: 'http://127.0.0.1:8787', entries: [BASE] });
    expect(all.map(({ id }) => id)).toEqual([...services.map(({ id }) => id), 'acme']);
    expect(all.find(({ id }) => id === 'keyburn')?.hosts).toEqual(['127.0.0.1:8787']);
    expect(issuers({}).find(({ id }) => id === 'keyburn')?.hosts).toEqual([]);
    expect(() => issuers({ entries: [{ ...BASE, id: 'warp' }], file: 'x.toml' })).toThrow(
      /x\.toml: service warp: id: is taken/,
    );
  });

  it('says what a person can do', () => {
    expect(acme().byHand({ preview: 'acme_…' })).toEqual([
      'Revoke acme_… at Acme keys: https://docs.acme.example/keys',
    ]);
    expect(
      acme({ 'by-hand': ['Ask Ada.'], 'side-effect': 'The session ends.', 'settles-ms': 5 }),
    ).toMatchObject({
      sideEffect: 'The session ends.',
      settlesInMs: 5,
      control: true,
    });
  });
});

describe('an issuer that speaks the open contract', () => {
  it('needs nothing but its address: live, switched off and on, burned by the key itself or by its root key', async () => {
    const own = await start();
    const service = (contract: object) =>
      acme({ base: own.url, internal: true, contract, check: undefined, key: undefined });
    const about = (secret: string) => keyOf(secret);
    const { key: first } = await own.make();
    const { key: second } = await own.make();
    const alone = await realityOf({ ...service({}), rate: BRISK });
    expect(await alone.verify(first)).toMatchObject({ state: 'live' });
    expect(await alone.burn(first)).toMatchObject({ proof: { state: 'revoked' } });
    const rooted = await realityOf(
      { ...service({ root: 'ACME_ROOT' }), rate: BRISK },
      { ACME_ROOT: own.root },
    );
    const tools = rooted.verifier.tools('acme');
    const { contain, restore } = service({ root: 'ACME_ROOT' });
    const order = orderFor('acme', about(second).secret);
    expect(await contain?.(order, tools)).toMatchObject({ outcome: 'accepted' });
    expect(await rooted.verifier.again('acme', about(second))).toMatchObject({ state: 'disabled' });
    expect(await restore?.(about(second), tools)).toMatchObject({ outcome: 'accepted' });
    expect(await rooted.burn(second)).toMatchObject({ outcome: 'revoked', proof: { state: 'revoked' } });
    expect(await rooted.verify(`${second.slice(0, -6)}abcdef`)).toMatchObject({ state: 'rejected' });
    expect(() => service({ root: 'ACME_ROOT', more: 1 })).toThrow(/contract/);
    expect(() => acme({ contract: {} })).toThrow(/check: the open contract says it already/);
  });
});

describe('an order that takes the key’s id', () => {
  const sha256 = createHash('sha256').update(KEY).digest('hex');

  it('is told it by the key itself, or by its hash', async () => {
    const self = acme({
      lookup: { url: '/v1/key', id: 'data.id' },
      revoke: { kind: 'http', method: 'DELETE', url: '/v1/keys/{id}' },
    });
    await using asked = await rig((seen, response) =>
      reply(seen.method === 'GET' ? 200 : 204, J, { data: { id: 'a/7' } })(seen, response),
    );
    expect(await self.revoke?.(orderFor('acme', key.secret), asked.tools)).toEqual({
      outcome: 'accepted',
      note: 'DELETE /v1/keys/{id}: 204 accepted',
    });
    expect(asked.issuer.seen.map(({ path }) => path)).toEqual(['/v1/key', '/v1/keys/a%2F7']);

    const hashed = acme({
      lookup: {
        method: 'POST',
        url: '/find',
        json: { hash: '{sha256}' },
        id: 'id',
        credential: 'ACME',
        as: 'basic',
      },
      contain: { method: 'POST', url: '/off', json: { ids: ['{id}'] }, credential: 'ACME', as: 'bearer' },
      restore: { method: 'POST', url: '/on/{sha256}', credential: 'ACME' },
    });
    await using found = await rig(reply(200, J, { id: 12 }), { credentials: { ACME: 'ada:word' } });
    expect(await hashed.contain?.(orderFor('acme', key.secret), found.tools)).toMatchObject({
      outcome: 'accepted',
    });
    expect(await hashed.restore?.(key, found.tools)).toMatchObject({ outcome: 'accepted' });
    const [look, off, on] = found.issuer.seen;
    expect(JSON.parse(look?.body ?? '')).toEqual({ hash: sha256 });
    expect(look?.headers.authorization).toBe(`Basic ${Buffer.from('ada:word').toString('base64')}`);
    expect(JSON.parse(off?.body ?? '')).toEqual({ ids: ['12'] });
    expect(on).toMatchObject({ path: `/on/${sha256}` });
    for (const { headers, body } of found.issuer.seen)
      expect(JSON.stringify([headers, body])).not.toContain(KEY);
  });

  const tail = KEY.slice(-4);
  const row = { id: 'k1', last: `…${tail}` };
  it.each([
    ['one that fits', [row, { id: 'k2', last: '…0000' }], 'accepted'],
    ['two that fit', [row, { ...row, id: 'k2' }], 'manual'],
    ['one beside one that shows nothing', [row, { id: 'k2', last: '' }], 'manual'],
    ['one that shows too little', [{ id: 'k1', last: `…${tail.slice(1)}` }], 'manual'],
    ['none', [{ id: 'k2', last: '…0000' }], 'manual'],
    ['an empty list', [], 'manual'],
    ['no list', 'x', 'manual'],
    ['a row without an id', [{ last: `…${tail}` }], 'manual'],
    ['an id that is none', [{ ...row, id: '..\n' }], 'manual'],
    ['a further page', [row], 'manual', { links: { next: '/v1/keys?page=2' } }],
  ] as [string, unknown, string, object?][])('of a list: %s', async (_, keys, outcome, more) => {
    const service = acme({
      prefix: 'acme_',
      lookup: { url: '/v1/keys', rows: 'keys', id: 'id', shows: 'last', credential: 'ACME' },
      revoke: { kind: 'http', method: 'DELETE', url: '/v1/keys/{id}', credential: 'ACME' },
    });
    await using stage = await rig(
      (seen, response) => reply(seen.method === 'GET' ? 200 : 204, J, { keys, ...more })(seen, response),
      { credentials: { ACME: 'admin' } },
    );
    expect(await service.revoke?.(orderFor('acme', key.secret), stage.tools)).toMatchObject({ outcome });
    const ended = stage.issuer.seen.filter(({ method }) => method === 'DELETE').map(({ path }) => path);
    expect(ended).toEqual(outcome === 'accepted' ? ['/v1/keys/k1'] : []);
  });

  it('is not sent for a key with another prefix, which is shown to nobody', async () => {
    const service = acme({ prefix: 'other_', revoke: { kind: 'http', method: 'DELETE', url: '/self' } });
    await using stage = await rig(reply(200, J, { user: { id: 1 } }));
    expect(await service.check?.(key, stage.tools)).toMatchObject({ state: 'unknown', why: 'not-asked' });
    expect(await service.revoke?.(orderFor('acme', key.secret), stage.tools)).toMatchObject({
      outcome: 'refused',
    });
    expect(stage.issuer.seen).toEqual([]);
  });

  const ADMIN = { credential: 'ACME' };
  it.each([
    [
      'contain without a way back',
      { contain: { method: 'POST', url: '/off' } },
      /restore: contain needs a way back/,
    ],
    [
      'an {id} that nobody tells',
      { revoke: { kind: 'http', method: 'DELETE', url: '/keys/{id}' } },
      /lookup: missing: it tells the \{id\} of revoke/,
    ],
    [
      'an order that names no key',
      { revoke: { kind: 'http', method: 'DELETE', url: '/keys/first', ...ADMIN } },
      /revoke\.url: names no key/,
    ],
    ['an id for nobody', { lookup: { url: '/key', id: 'id' } }, /lookup: nobody uses its \{id\}/],
    [
      'rows that show nothing',
      {
        lookup: { url: '/keys', rows: '.', id: 'id' },
        revoke: { kind: 'http', method: 'DELETE', url: '/keys/{id}' },
      },
      /lookup\.shows: missing/,
    ],
    [
      'the administrator’s own id',
      {
        lookup: { url: '/me', id: 'id', ...ADMIN },
        revoke: { kind: 'http', method: 'DELETE', url: '/keys/{id}', ...ADMIN },
      },
      /lookup\.rows: with a credential the reply is about that one/,
    ],
    [
      'a burn without a check',
      { check: undefined, revoke: { kind: 'rfc7009', url: '/r' } },
      /check: missing/,
    ],
    [
      'a stranger’s host for the lookup',
      {
        lookup: { url: 'https://evil.example/', id: 'id' },
        revoke: { kind: 'http', method: 'DELETE', url: '/keys/{id}' },
      },
      /lookup\.url: evil\.example is not one of/,
    ],
  ])('is refused when the file is read: %s', (_, more, message) => {
    expect(() => acme(more)).toThrow(message);
  });
});

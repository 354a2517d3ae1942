import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { mint } from '../../../src/keyservice/keys.ts';
import { placeOf } from '../../../src/keyservice/leaks/partner.ts';
import { readPublicKey, verifies } from '../../../src/keyservice/leaks/signature.ts';
import { SetupError } from '../../../src/model/index.ts';
import { everythingIn, spellings, start } from '../start.ts';
import { keyServer, signed, signer } from './reporter.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const URL_OF_LEAK = `https://github.com/acme/shop/blob/${COMMIT}/src/config.py`;
const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const found = (token: string, url = URL_OF_LEAK) => ({ token, type: 'keyburn_key', url, source: 'content' });

/** A service that takes GitHub's reports from a signer of its own. */
async function listening(options: Parameters<typeof start>[0] = {}) {
  const github = signer();
  const keys = await keyServer(github);
  const service = await start({ leaks: { github: { url: keys.url } }, ...options });
  const post = (init: RequestInit) => service.call('/v1/leaks/github', init);
  const settled = async (key: string, wanted: number) => {
    // The burn follows the acknowledgement; the next call comes after it.
    await expect
      .poll(async () => (await service.send('GET', '/v1/whoami', key)).status, { interval: 5 })
      .toBe(wanted);
  };
  return { service, github, keys, post, settled };
}

/** The same signature in its other form, which verifies as well: (r, n - s). */
function bent(init: ReturnType<typeof signed>): typeof init {
  const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const der = Buffer.from(init.headers['github-public-key-signature'] ?? '', 'base64');
  const middle = 4 + (der[3] ?? 0);
  const s = ORDER - BigInt(`0x${der.subarray(middle + 2).toString('hex')}`);
  const hex = s.toString(16).padStart(64, '0');
  const digits = Buffer.from(`${Number.parseInt(hex.slice(0, 2), 16) >= 0x80 ? '00' : ''}${hex}`, 'hex');
  const other = Buffer.concat([der.subarray(2, middle), Buffer.from([2, digits.length]), digits]);
  const signature = Buffer.concat([Buffer.from([0x30, other.length]), other]).toString('base64');
  return { ...init, headers: { ...init.headers, 'github-public-key-signature': signature } };
}

// https://docs.github.com/en/code-security/secret-scanning/secret-scanning-partnership-program, with the public key of that id.
const VECTOR = {
  id: 'bcb53661c06b4728e59d897fb6165d5c9cda0fd9cdf9d09ead458168deb7518c',
  body: '[{"source":"commit","token":"some_token","type":"some_type","url":"https://example.com/base-repo-url/"}]',
  signature:
    'MEQCIQDaMKqrGnE27S0kgMrEK0eYBmyG0LeZismAEz/BgZyt7AIfXt9fErtRS4XaeSt/AO1RtBY66YcAdjxji410VQV4xg==',
  pem: [
    '-----BEGIN PUBLIC KEY-----',
    'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEYAGMWO8XgCamYKMJS6jc/qgvSlAd',
    'AjPuDPRcXU22YxgBrz+zoN19MzuRyW87qEt9/AmtoNP5GrobzUvQSyJFVw==',
    '-----END PUBLIC KEY-----',
  ].join('\n'),
};

describe('the documented test vector', () => {
  test('verifies over the raw bytes, and over no others', () => {
    const key = readPublicKey(VECTOR.pem);
    if (!key) throw new Error('the documented key cannot be read');
    const raw = Buffer.from(VECTOR.body);
    expect(verifies(key, raw, VECTOR.signature)).toBe(true);
    expect(verifies(key, Buffer.concat([raw, Buffer.from('\n')]), VECTOR.signature)).toBe(false);
    expect(
      verifies(key, Buffer.from(JSON.stringify(JSON.parse(VECTOR.body), null, 1)), VECTOR.signature),
    ).toBe(false);
    for (const bad of ['', 'AAAA', 'x'.repeat(5000), `${VECTOR.signature}==`, '\0'])
      expect(verifies(key, raw, bad)).toBe(false);
  });

  test('is taken by the running service', async () => {
    const keys = await keyServer({ id: VECTOR.id, pem: VECTOR.pem });
    const service = await start({ leaks: { github: { url: keys.url } } });
    const response = await service.call('/v1/leaks/github', {
      method: 'POST',
      headers: { 'Github-Public-Key-Identifier': VECTOR.id, 'Github-Public-Key-Signature': VECTOR.signature },
      body: VECTOR.body,
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual([
      { token_hash: hash('some_token'), token_type: 'some_type', label: 'false_positive' },
    ]);
  });

  test('a key of another curve or kind is no key', () => {
    expect(readPublicKey(signer('P-384').pem)).toBeUndefined();
    expect(readPublicKey('nonsense')).toBeUndefined();
  });
});

describe('a genuine report', () => {
  test('burns what is ours, answers for each token by its hash, and the next call with the key says where', async () => {
    const { service, github, post, settled } = await listening();
    const [leaked, safe] = [await service.make(), await service.make()];
    const stranger = mint('live');
    const response = await post(signed(github, [found(leaked.key), found(stranger, '')]));
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual([
      { token_hash: hash(leaked.key), token_type: 'keyburn_key', label: 'true_positive' },
      { token_hash: hash(stranger), token_type: 'keyburn_key', label: 'false_positive' },
    ]);
    await settled(leaked.key, 401);
    const { problem } = await service.whoami({ 'x-api-key': leaked.key });
    expect(problem).toMatchObject({
      code: 'revoked_key',
      detail: `This key was found in a public repository (${URL_OF_LEAK}) at 2026-11-20T12:00:00.000Z and revoked at 2026-11-20T12:00:00.000Z.`,
      cause: {
        reason: 'leaked',
        revoked_by: 'github-secret-scanning',
        found_at: {
          url: URL_OF_LEAK,
          repository: 'github.com/acme/shop',
          commit: COMMIT,
          path: 'src/config.py',
        },
      },
    });
    expect((await service.send('GET', '/v1/whoami', safe.key)).status).toBe(200);
  });

  test('sent again, as a retry or by an eavesdropper, changes nothing and is answered the same', async () => {
    const { service, github, post, settled } = await listening();
    const { key, keyId } = await service.make();
    const init = signed(github, [found(key), found(key)]);
    const first = await (await post(init)).text();
    await settled(key, 401);
    const before = await (await service.send('GET', `/v1/keys/${keyId}`, service.root)).json();
    service.clock.ms += 3_600_000;
    expect(await (await post(init)).text()).toBe(first);
    service.clock.ms += 1;
    for (const recorded of [init, bent(init)]) {
      const late = await post(recorded);
      expect(late.status).toBe(401);
      expect(await late.json()).toMatchObject({ detail: expect.stringContaining('a recording') });
    }
    expect(await (await post(signed(github, [found(key)]))).json()).toHaveLength(1);
    await service.close();
    const after = await start({ home: service.home, rootKey: undefined });
    expect(await (await after.send('GET', `/v1/keys/${keyId}`, service.root)).json()).toEqual(before);
  });

  test('an empty address, a new source and more fields are no fault', async () => {
    const { github, post } = await listening();
    const token = mint('live');
    const report = [
      { token, type: 't', url: '', source: 'hologram', more: 1 },
      { token, type: 't' },
    ];
    expect((await post(signed(github, report))).status).toBe(200);
    expect((await post(signed(github, []))).status).toBe(200);
  });

  test('nothing of a token is written, in any spelling', async () => {
    const { service, github, post, settled } = await listening();
    const { key, keyId } = await service.make();
    const stranger = mint('live');
    await post(signed(github, [found(key, `https://github.com/a/b?k=${key}`), found(stranger)]));
    await settled(key, 401);
    await service.close();
    const stored = await everythingIn(service.home);
    expect(stored).toContain(keyId);
    const written = stored + service.lines.join('\n');
    for (const secret of [key, stranger]) {
      for (const spelling of spellings(secret)) expect(written.includes(spelling)).toBe(false);
    }
    expect(written).not.toContain(hash(stranger));
  });
});

describe('anything else is refused', () => {
  test('unsigned, forged, changed, truncated or foreign: 401, and no key dies', async () => {
    const { service, github, post } = await listening();
    const { key } = await service.make();
    const good = signed(github, [found(key)]);
    const other = signer();
    const bad: RequestInit[] = [
      { method: 'POST', body: good.body },
      { ...good, headers: { ...good.headers, 'github-public-key-signature': '' } },
      { ...good, headers: { ...good.headers, 'github-public-key-identifier': other.id } },
      { ...good, headers: { ...good.headers, 'github-public-key-identifier': "' OR 1=1" } },
      { ...good, body: `${good.body} ` },
      { ...good, body: good.body.slice(0, -1) },
      { ...good, body: '' },
      signed({ ...other, id: github.id }, [found(key)]),
      {
        ...good,
        headers: { ...good.headers, 'github-public-key-signature': randomBytes(70).toString('base64') },
      },
    ];
    for (const init of bad) {
      const response = await post(init);
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ code: 'invalid_signature' });
    }
    expect((await service.send('GET', '/v1/whoami', key)).status).toBe(200);
  });

  test('signed nonsense is 400, and a body that is too large is not even verified', async () => {
    const { service, github, post } = await listening();
    const { key } = await service.make();
    for (const nonsense of [
      '{',
      '{}',
      '"x"',
      '[1]',
      `[{"token":"${key}"}]`,
      '[{"token":"","type":"t"}]',
      '\xff',
    ]) {
      expect((await post(signed(github, nonsense))).status).toBe(400);
    }
    const many = Array.from({ length: 5001 }, () => ({ token: 'x', type: 't' }));
    expect((await post(signed(github, many))).status).toBe(400);
    expect((await post(signed(github, [found(key, 'x'.repeat(3_000_000))]))).status).toBe(413);
    expect((await service.send('GET', '/v1/whoami', key)).status).toBe(200);
  });

  test('a flood of forged reports neither asks for the keys each time nor stops a genuine one', async () => {
    const { service, github, keys, post, settled } = await listening({ failuresAMinute: 50 });
    const { key } = await service.make();
    const statuses = new Set<number>();
    for (let n = 0; n < 300; n++) {
      const forged = signed(github, [found(key, `https://x.example/${n}`)]);
      forged.headers['github-public-key-identifier'] = n.toString(16);
      statuses.add((await post(forged)).status);
    }
    expect(statuses).toEqual(new Set([401, 429]));
    expect(keys.state.asked).toHaveLength(1);
    expect((await service.send('GET', '/v1/whoami', key)).status).toBe(200);
    expect((await post(signed(github, [found(key)]))).status).toBe(200);
    await settled(key, 401);
  });

  test('without a set-up there is no such route; with an unsafe address there is no start', async () => {
    const service = await start();
    expect((await service.call('/v1/leaks/github', { method: 'POST' })).status).toBe(404);
    expect((await service.call('/v1/leaks/keyburn', { method: 'POST' })).status).toBe(404);
    for (const url of ['http://keys.example/x', 'ftp://keys.example', 'nonsense']) {
      await expect(start({ leaks: { github: { url } } })).rejects.toThrow(SetupError);
    }
  });
});

describe('the public keys', () => {
  test('are asked for once, however many reports wait, and again after an hour, by ETag', async () => {
    const { service, github, keys, post } = await listening();
    keys.state.headers = { etag: '"one"' };
    const reports = Array.from({ length: 20 }, (_, n) =>
      post(signed(github, [found(mint('live'), `https://x.example/${n}`)])),
    );
    for (const response of await Promise.all(reports)) expect(response.status).toBe(200);
    expect(keys.state.asked).toEqual([undefined]);
    service.clock.ms += 3_600_000;
    expect((await post(signed(github, []))).status).toBe(200);
    expect(keys.state.asked).toEqual([undefined, '"one"']);
    expect((await post(signed(github, []))).status).toBe(200);
    expect(keys.state.asked).toHaveLength(2);
  });

  test('rotate: a new id is looked for at once, but once a minute at most', async () => {
    const { service, github, keys, post } = await listening();
    const next = signer();
    expect((await post(signed(github, []))).status).toBe(200);
    service.clock.ms += 60_000;
    expect((await post(signed(next, []))).status).toBe(401);
    keys.state.signers = [next];
    expect((await post(signed(next, []))).status).toBe(401);
    service.clock.ms += 60_000;
    expect((await post(signed(next, []))).status).toBe(200);
    // What its owner has withdrawn counts no more.
    expect((await post(signed(github, []))).status).toBe(401);
    expect(keys.state.asked).toHaveLength(3);
  });

  test.each([
    ['a fault', { status: 500 }],
    ['a limit', { status: 403 }],
    ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }],
    ['nonsense', { body: '<html>' }],
    ['an empty list', { body: '{"public_keys":[]}' }],
    ['far too much', { body: `{"public_keys":[],"x":"${'x'.repeat(400_000)}"}` }],
  ])('%s over there: nobody is called a forger, and keys that were had stay in use', async (_, fault) => {
    const { service, github, keys, post } = await listening();
    const whole = { ...keys.state };
    Object.assign(keys.state, fault);
    const refused = await post(signed(github, []));
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('60');
    expect(await refused.json()).toMatchObject({ code: 'signers_unavailable', retryable: true });
    Object.assign(keys.state, { status: 200, headers: {}, body: undefined, signers: whole.signers });
    service.clock.ms += 60_000;
    expect((await post(signed(github, []))).status).toBe(200);
    Object.assign(keys.state, fault);
    service.clock.ms += 7_200_000;
    expect((await post(signed(github, []))).status).toBe(200);
  });
});

describe('where it was', () => {
  test.each([
    [URL_OF_LEAK, 'content', { repository: 'github.com/acme/shop', commit: COMMIT, path: 'src/config.py' }],
    [`https://github.com/a/b/commit/${COMMIT}`, 'COMMIT', { repository: 'github.com/a/b', commit: COMMIT }],
    [`https://github.com/a/b/blob/${COMMIT}/%C3%BC%0A.py`, 'content', { path: 'ü .py' }],
    [`https://github.com/a/b/blob/${COMMIT}/%zz`, 'content', { path: '%zz' }],
    ['https://github.com/a/b/blob/main/x.py', 'content', { repository: 'github.com/a/b' }],
    ['https://gist.github.com/a/123', 'gist_content', { url: 'https://gist.github.com/a/123' }],
    ['https://me:pw@github.com/a/b', 'content', { url: 'https://github.com/a/b' }],
  ])('%s (%s)', (url, source, place) => {
    expect(placeOf(url, source)).toMatchObject({ ...place, exposure: 'public' });
  });

  test('no address is no place', () => {
    for (const url of ['', 'javascript:alert(1)', 'nonsense'])
      expect(placeOf(url, 'content')).toEqual({ exposure: 'public' });
  });
});

import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { type Finding, FingerprintKey, Secret, SetupError, type Verdict } from '../../src/model/index.ts';
import { type Key, keyburn, type Service } from '../../src/services/index.ts';
import {
  createVerifier,
  credentials,
  type VerdictCache,
  type VerifierOptions,
} from '../../src/verify/index.ts';
import { type Answer, reply, startIssuer } from '../services/issuer.ts';
import { fill } from '../services/recorded.ts';

const START = Date.parse('2026-11-20T12:00:00Z');
const KEY = 'kbk_live_{{alnum:38}}';
const WHO = { keyId: 'key_1', name: 'billing', environment: 'live' };
// Good for both questions: by hash, and by the key itself.
const live = reply(200, { 'content-type': 'application/json' }, { ...WHO, state: 'live' });
const revoked = reply(200, { 'content-type': 'application/json' }, { state: 'revoked' });
const problem = (code: string) =>
  reply(401, { 'content-type': 'application/problem+json' }, { type: 'x', code });

function finding(text: string, more: Partial<Finding> = {}): Finding {
  return {
    rule: { id: 'a-rule', title: 'A key', severity: 'high' },
    services: ['keyburn'],
    secret: new Secret(text),
    parts: {},
    environment: 'unknown',
    allowed: false,
    origin: { kind: 'stream', path: '-' },
    span: { start: 0, end: text.length, line: 1, column: 1, endLine: 1 },
    ...more,
  };
}

function keyOf(text: string): Key {
  return { secret: new Secret(text), parts: {} };
}

function memory(): VerdictCache & { kept: Map<string, Verdict> } {
  const kept = new Map<string, Verdict>();
  return {
    kept,
    get: (id, service) => Promise.resolve(kept.get(`${service} ${id}`)),
    put: (id, service, verdict) => {
      kept.set(`${service} ${id}`, verdict);
      return Promise.resolve();
    },
  };
}

async function stage(answer: Answer, more: Partial<VerifierOptions & { offline: boolean }> = {}) {
  const issuer = await startIssuer(answer);
  const options = {
    services: [keyburn({ url: issuer.url })],
    offline: false,
    fingerprintKey: new FingerprintKey(new Uint8Array(16).fill(7)),
    credential: () => undefined,
    now: () => new Date(START),
    ...more,
  };
  return {
    issuer,
    verifier: await createVerifier(options),
    options,
    [Symbol.asyncDispose]: () => issuer[Symbol.asyncDispose](),
  };
}

/** An issuer that takes whatever it is shown. */
function credulous(id: string, url: string): Service {
  return { ...keyburn({ url }), id, control: true };
}

describe('verify', () => {
  it('asks once a run about a key, however often and wherever it is found', async () => {
    await using s = await stage(live);
    const text = fill(KEY);
    const verdicts = await Promise.all(Array.from({ length: 20 }, () => s.verifier.verify(finding(text))));
    verdicts.push(await s.verifier.verify(finding(text)));
    expect(new Set(verdicts.map(({ state }) => state))).toEqual(new Set(['live']));
    expect(s.issuer.seen).toHaveLength(1);
    await s.verifier.verify(finding(fill(KEY)));
    expect(s.issuer.seen).toHaveLength(2);
  });

  it('asks again about the same key with another half beside it', async () => {
    await using s = await stage(live);
    const text = fill(KEY);
    await s.verifier.verify(finding(text, { parts: { id: new Secret('one') } }));
    await s.verifier.verify(finding(text, { parts: { id: new Secret('one') } }));
    await s.verifier.verify(finding(text, { parts: { id: new Secret('two') } }));
    await s.verifier.verify(finding(text));
    expect(s.issuer.seen).toHaveLength(3);
  });

  it.each([
    ['malformed', { doubt: 'malformed' }, { state: 'malformed' }],
    ['a canary', { doubt: 'canary' }, { state: 'unknown', why: 'canary' }],
    ['ambiguous', { doubt: 'ambiguous' }, { state: 'unknown', why: 'ambiguous' }],
    ['two issuers', { services: ['keyburn', 'github'] }, { state: 'unknown', why: 'ambiguous' }],
    ['no issuer', { services: [] }, { state: 'unknown', why: 'no-service' }],
    ['an issuer that nobody set up', { services: ['acme'] }, { state: 'unknown', why: 'no-service' }],
  ] as const)('asks nobody: %s', async (_, more, expected) => {
    await using s = await stage(live);
    expect(await s.verifier.verify(finding(fill(KEY), more))).toMatchObject(expected);
    expect(s.issuer.seen).toEqual([]);
  });

  it('asks nobody when offline, not even for an order', async () => {
    await using s = await stage(live, { offline: true });
    const text = fill(KEY);
    expect(await s.verifier.verify(finding(text))).toEqual({ state: 'unknown', why: 'offline' });
    expect(await s.verifier.again('keyburn', keyOf(text))).toMatchObject({
      state: 'unknown',
      why: 'offline',
    });
    expect(() => s.verifier.tools('keyburn')).toThrow(SetupError);
    expect(s.issuer.seen).toEqual([]);
  });

  it('says so where an issuer cannot be asked', async () => {
    const { check: _, ...mute } = keyburn({ url: 'https://keys.example' });
    await using s = await stage(live, { services: [mute] });
    expect(await s.verifier.verify(finding(fill(KEY)))).toEqual({ state: 'unknown', why: 'no-check' });
    await using t = await stage(live, { services: [keyburn()] });
    expect(await t.verifier.verify(finding(fill(KEY)))).toMatchObject({
      state: 'unknown',
      why: 'not-configured',
    });
  });

  it('survives a service that breaks, and does not repeat what it said', async () => {
    const text = fill(KEY);
    const broken: Service = {
      ...keyburn({ url: 'https://keys.example' }),
      check: () => Promise.reject(new TypeError(text)),
    };
    await using s = await stage(live, { services: [broken] });
    const verdict = await s.verifier.verify(finding(text));
    expect(verdict).toMatchObject({ state: 'unknown', why: 'unexpected-reply' });
    expect(inspect(verdict)).not.toContain(text);
  });

  it('remembers over runs for as long as the word is good, and never what it does not know', async () => {
    const cache = memory();
    const text = fill(KEY);
    let clock = START;
    const now = () => new Date(clock);
    await using first = await stage(problem('revoked_key'), { cache, now });
    await first.verifier.verify(finding(text));
    await using second = await stage(live, { cache, now });
    clock += 24 * 3_600_000;
    expect(await (await createVerifier(second.options)).verify(finding(text))).toMatchObject({
      state: 'revoked',
    });
    expect(second.issuer.seen).toEqual([]);
    clock += 30 * 24 * 3_600_000;
    expect(await (await createVerifier(second.options)).verify(finding(text))).toMatchObject({
      state: 'live',
    });
    clock += 60_000;
    await (await createVerifier(second.options)).verify(finding(text));
    expect(second.issuer.seen).toHaveLength(1);
    clock += 11 * 60_000;
    await (await createVerifier(second.options)).verify(finding(text));
    expect(second.issuer.seen).toHaveLength(2);
    clock -= 3_600_000; // a word from the future is no word
    await (await createVerifier(second.options)).verify(finding(text));
    expect(second.issuer.seen).toHaveLength(3);

    const kept = cache.kept.size;
    await using third = await stage(reply(500, {}, ''), { cache, now });
    await third.verifier.verify(finding(fill(KEY)));
    expect(cache.kept.size).toBe(kept);
    expect(inspect([...cache.kept])).not.toContain(text);
  });

  it('proves past every cache, and what was proved is what later findings are told', async () => {
    const cache = memory();
    let dead = false;
    await using s = await stage((seen, response) => (dead ? revoked : live)(seen, response), {
      cache,
    });
    const text = fill(KEY);
    expect(await s.verifier.verify(finding(text))).toMatchObject({ state: 'live' });
    dead = true;
    expect(await s.verifier.verify(finding(text))).toMatchObject({ state: 'live' });
    expect(await s.verifier.again('keyburn', keyOf(text))).toMatchObject({ state: 'revoked' });
    expect(await s.verifier.verify(finding(text))).toMatchObject({ state: 'revoked' });
    expect(s.issuer.seen).toHaveLength(2);
    expect([...cache.kept.values()]).toMatchObject([{ state: 'revoked' }]);
  });

  it('does not believe an issuer that takes a random key as well; the question is put once a run', async () => {
    const issuer = await startIssuer(live);
    await using _ = issuer;
    await using s = await stage(live, { services: [credulous('acme', issuer.url)] });
    const text = fill(KEY);
    for (const one of [text, fill(KEY), fill(KEY)]) {
      const verdict = await s.verifier.verify(finding(one, { services: ['acme'] }));
      expect(verdict).toMatchObject({ state: 'unknown', why: 'not-discriminating' });
    }
    expect(issuer.seen).toHaveLength(4);
    const [first, control] = issuer.seen.map(({ body }) => body);
    const hash = createHash('sha256').update(text).digest('hex');
    expect(first).toBe(JSON.stringify({ sha256: hash }));
    expect(control).toMatch(/^\{"sha256":"[0-9a-f]{64}"\}$/);
    expect(control).not.toBe(first);
  });

  it('believes one that refuses the random key, and none that does not answer it', async () => {
    const text = fill(KEY);
    const owns =
      (then: Answer): Answer =>
      (seen, response) =>
        (seen.headers.authorization === `Bearer ${text}` ? live : then)(seen, response);
    await using good = await startIssuer(owns(problem('unknown_key')));
    await using s = await stage(live, { services: [credulous('acme', good.url)] });
    expect(await s.verifier.verify(finding(text, { services: ['acme'] }))).toMatchObject({ state: 'live' });
    await using odd = await startIssuer(owns(reply(500, {}, '')));
    await using t = await stage(live, { services: [credulous('acme', odd.url)] });
    expect(await t.verifier.verify(finding(text, { services: ['acme'] }))).toMatchObject({
      state: 'unknown',
      why: 'issuer-fault',
    });
    expect(await t.verifier.verify(finding('short_1', { services: ['acme'] }))).toMatchObject({
      state: 'unknown',
    });
  });

  it('knows no tools for a service that is not set up', async () => {
    await using s = await stage(live);
    expect(() => s.verifier.tools('acme')).toThrow(/no service "acme"/);
  });
});

describe('credentials', () => {
  it('come from the environment or from a file that it names, as secrets', () => {
    const folder = mkdtempSync(join(tmpdir(), 'keyburn-credential-'));
    try {
      writeFileSync(join(folder, 'root'), 'from-a-file\n');
      writeFileSync(join(folder, 'empty'), '\n');
      const credential = credentials({
        A_KEY: ' from-the-environment ',
        B_KEY_FILE: join(folder, 'root'),
        C_KEY: '',
        D_KEY_FILE: join(folder, 'missing'),
        E_KEY_FILE: join(folder, 'empty'),
      });
      expect(credential('A_KEY')).toHaveLength(20);
      expect(credential('B_KEY')).toHaveLength(11);
      expect(String(credential('B_KEY'))).not.toContain('file');
      expect(credential('C_KEY')).toBeUndefined();
      expect(credential('E_KEY')).toBeUndefined();
      expect(() => credential('D_KEY')).toThrow(/D_KEY_FILE: cannot read .*ENOENT/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

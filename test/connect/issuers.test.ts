// What every connector promises, whichever it is; then what is each one's own.
import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { issuersOf, postgresIssuer, receiverSettings } from '../../src/connect/index.ts';
import { defaultPolicy } from '../../src/decide/index.ts';
import type { Leak } from '../../src/keyservice/index.ts';
import { FingerprintKey, SetupError } from '../../src/model/index.ts';
import { noPostgres, postgres, type Stage, stages, webhook } from './stages.ts';

function leak(stage: Stage, key: string): Leak {
  return {
    hash: known(stage, key),
    key: stage.issuer.needs === 'key' ? key : undefined,
    by: 'github-secret-scanning',
    foundAt: { url: 'https://github.com/acme/shop', path: "it's.env", line: 3, exposure: 'public' },
    foundTime: '2026-11-21T00:00:00.000Z',
    attempt: { begun: false, begin: () => undefined },
  };
}

/** What the issuer knows a key by. */
function known({ issuer }: Stage, key: string): Uint8Array {
  return issuer.digest?.(key) ?? createHash('sha256').update(key).digest();
}

describe.each(Object.keys(stages))('%s', (name) => {
  const skipped = name.includes('PostgreSQL') && noPostgres !== undefined;
  const open = async (): Promise<Stage> => {
    const stage = await stages[name]?.();
    if (!stage) throw new Error(name);
    return stage;
  };

  test.skipIf(skipped)('burns the key that leaked and no other, and says dead only when it is', async () => {
    const stage = await open();
    const [key, other] = [await stage.mint(), await stage.mint()];
    expect(await stage.issuer.burn(leak(stage, key))).toMatchObject({ state: 'dead', changed: true });
    expect([await stage.alive(key), await stage.alive(other)]).toEqual([false, true]);
  });

  test.skipIf(skipped)('may be told twice: nothing more changes', async () => {
    const stage = await open();
    const key = await stage.mint();
    await stage.issuer.burn(leak(stage, key));
    const again = await stage.issuer.burn(leak(stage, key));
    expect(again.state === 'dead' ? again.changed : again.state === 'not-ours').toBe(again.state !== 'dead');
    expect(await stage.alive(key)).toBe(false);
  });

  test.skipIf(skipped)('a key that it never issued is not ours, and no key dies for it', async () => {
    const stage = await open();
    const key = await stage.mint();
    expect(await stage.issuer.burn(leak(stage, stage.foreign()))).toMatchObject({ state: 'not-ours' });
    expect(await stage.alive(key)).toBe(true);
  });

  test.skipIf(skipped)('knows at once what it issued, where it says that it does', async () => {
    const stage = await open();
    const key = await stage.mint();
    const hashes = [key, stage.foreign()].map((one) => known(stage, one));
    expect((await stage.issuer.knows?.(hashes)) ?? [true, false]).toEqual([true, false]);
  });

  test.skipIf(skipped)('while it is down nothing is said but later; then it works', async () => {
    const stage = await open();
    if (!stage.down || !stage.up) return;
    const key = await stage.mint();
    stage.down();
    expect(await stage.issuer.burn(leak(stage, key))).toMatchObject({ state: 'later' });
    stage.up();
    expect(await stage.issuer.burn(leak(stage, key))).toMatchObject({ state: 'dead' });
    expect(await stage.alive(key)).toBe(false);
  });

  test.skipIf(skipped)('no word of it holds the key', async () => {
    const stage = await open();
    const key = await stage.mint();
    const words = [await stage.issuer.burn(leak(stage, key))];
    if (stage.down) {
      stage.down();
      words.push(await stage.issuer.burn(leak(stage, key)));
      stage.up?.();
    }
    expect(JSON.stringify(words)).not.toContain(key);
    expect(stage.issuer.needs === 'key' && stage.issuer.pattern === undefined).toBe(false);
    expect(stage.issuer.pattern?.test(key) ?? true).toBe(true);
  });
});

describe.skipIf(noPostgres !== undefined)('a table', () => {
  test('is told why, as a parameter', async () => {
    const stage = await postgres();
    const key = await stage.mint();
    await stage.issuer.burn(leak(stage, key));
    const { rows } = await stage.pool.query<{ tablename: string }>(
      "select tablename from pg_tables where tablename like 'api_key_%'",
    );
    const told = await stage.pool.query<{ why: string }>(`select why from ${rows[0]?.tablename ?? ''}`);
    expect(JSON.parse(told.rows[0]?.why ?? '')).toMatchObject({
      by: 'github-secret-scanning',
      cause: { reason: 'leaked', foundAt: { path: "it's.env" } },
    });
  });

  test('a query that would burn more than the one key burns none', async () => {
    const stage = await postgres({
      burn: "update api_key set revoked_at = now() where hash = $1 or 'x' = 'x'",
    });
    const [key, other] = [await stage.mint(), await stage.mint()];
    expect(await stage.issuer.burn(leak(stage, key))).toEqual({
      state: 'person',
      note: 'burn would change 2 rows: rolled back',
    });
    expect([await stage.alive(key), await stage.alive(other)]).toEqual([true, true]);
  });

  test.each([
    ['that changes nothing', { burn: "update api_key set why = 'x' where hash = $1" }, 'still says live'],
    ['that is no SQL', { burn: 'burn $1' }, 'PostgreSQL: 42601'],
    [
      'that finds no column live',
      { find: 'select 1 as one from api_key where hash = $1' },
      'no boolean column',
    ],
  ])('a query %s goes to a person', async (_, queries, note) => {
    const stage = await postgres(queries);
    const key = await stage.mint();
    expect(await stage.issuer.burn(leak(stage, key))).toMatchObject({
      state: 'person',
      note: expect.stringContaining(note),
    });
    expect(await stage.alive(key)).toBe(true);
  });

  test('a query without the parameter stops the start', () => {
    const options = {
      id: 'x',
      url: 'postgres://x',
      hash: 'sha256-hex',
      find: 'select 1',
      burn: 'x $1',
    } as const;
    expect(() => postgresIssuer(options)).toThrow(SetupError);
  });
});

describe('the pepper of a table', () => {
  const issuerWith = async (pepper: object, env: Record<string, string>) => {
    const settings = receiverSettings({
      issuer: [{ kind: 'postgres', name: 'keys', 'url-env': 'URL', find: '$1', burn: '$1', pepper }],
    });
    const none = () => Promise.reject(new Error('not needed'));
    const parts = { services: new Map(), verifier: none, ledger: none, policy: defaultPolicy };
    const fingerprintKey = new FingerprintKey(new Uint8Array(32));
    const around = { env: { URL: 'postgres://x', ...env }, fingerprintKey, now: () => new Date() };
    const [issuer] = await issuersOf(settings, { ...parts, ...around });
    return issuer;
  };
  const hmac = (key: Buffer) => createHmac('sha256', key).update('k').digest('hex');

  test.each([
    ['text', 'abcd'],
    ['hex', 'abcd'],
    ['base64', 'q80='],
  ] as const)('is read from the environment as %s', async (written, value) => {
    const issuer = await issuerWith({ env: 'PEPPER', written }, { PEPPER: value });
    const bytes = Buffer.from(value, written === 'text' ? 'utf8' : written);
    expect(Buffer.from(issuer?.digest?.('k') ?? []).toString('hex')).toBe(hmac(bytes));
  });

  test.each([
    [{ env: 'PEPPER' }, {}, /PEPPER is not set/],
    [{ env: 'PEPPER', written: 'hex' }, { PEPPER: 'abc' }, /PEPPER is not hex/],
    [{ env: 'PEPPER', written: 'base64' }, { PEPPER: '§' }, /PEPPER is not base64/],
    [{ env: 'the pepper itself' }, {}, /a secret has no place here/],
  ])('%j with %j stops the start', async (pepper, env, words) => {
    await expect(issuerWith(pepper, { ...env })).rejects.toThrow(words);
  });
});

describe('a webhook', () => {
  test.each([
    [{ status: 200, body: '' }, 'person'],
    [{ status: 200, body: '<html>' }, 'person'],
    [{ status: 200, body: '{"state":"dead enough"}' }, 'person'],
    [{ status: 202, body: '{"state":"pending"}' }, 'later'],
    [{ status: 302, body: '' }, 'person'],
    [{ status: 500, body: '' }, 'later'],
    [{ status: 404, body: '{"state":"dead"}' }, 'later'],
  ])('that answers %j proves nothing: %s', async (answer, state) => {
    const stage = await webhook(answer);
    expect(await stage.issuer.burn(leak(stage, await stage.mint()))).toMatchObject({ state });
  });

  test('is told by hash, with the same id for every try', async () => {
    const stage = await webhook();
    const key = await stage.mint();
    stage.down?.();
    await stage.issuer.burn(leak(stage, key));
    stage.up?.();
    await stage.issuer.burn(leak(stage, key));
    await stage.issuer.burn(leak(stage, await stage.mint()));
    const [first, second, other] = stage.seen;
    expect(first?.id).toMatch(/^leak_[0-9a-f]{32}$/);
    expect([second?.id, other?.id === first?.id]).toEqual([first?.id, false]);
    expect(JSON.stringify(stage.seen)).not.toContain(key);
    expect(JSON.parse(first?.text ?? '')).toMatchObject({ type: 'key.leaked', foundAt: { line: 3 } });
  });
});

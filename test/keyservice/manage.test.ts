import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { mint } from '../../src/keyservice/keys.ts';
import { start } from './start.ts';

const LEAK = {
  cause: 'leaked',
  foundAt: { url: 'https://git.example/a/b' },
  foundTime: '2026-11-20T11:00:00Z',
};

describe('managing keys', () => {
  test('a new key is shown once and opens the guarded route, by either header', async () => {
    const service = await start();
    const response = await service.send('POST', '/v1/keys', service.root, {
      name: 'billing',
      owner: 'ada@example.com',
      environment: 'test',
      scopes: ['reports:read'],
    });
    expect(response.status).toBe(201);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const { keyId, key } = (await response.json()) as { keyId: string; key: string };
    expect(key).toMatch(/^kbk_test_/);
    const first = await service.call('/v1/whoami', { headers: { 'x-api-key': key } });
    expect(await first.json()).toEqual({
      keyId,
      name: 'billing',
      environment: 'test',
      owner: 'ada@example.com',
      scopes: ['reports:read'],
      expiresAt: null,
      lastUsedAt: null,
    });
    service.clock.ms += 5000;
    const second = await service.send('GET', '/v1/whoami', key);
    expect(await second.json()).toMatchObject({ lastUsedAt: '2026-11-20T12:00:00.000Z' });
    const kept = await (await service.send('GET', `/v1/keys/${keyId}`, service.root)).text();
    expect(kept).not.toContain(key.slice(9, 30));
    expect(JSON.parse(kept)).toMatchObject({ state: 'live', lastUsedAt: '2026-11-20T12:00:05.000Z' });
  });

  test('pages hold every key once, newest first', async () => {
    const service = await start();
    const made: string[] = [];
    for (let i = 0; i < 7; i++) made.unshift((await service.make({ name: `n${i}` })).keyId);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${cursor}`;
      const response = await service.send('GET', `/v1/keys?limit=3${query}`, service.root);
      const page = (await response.json()) as { keys: { keyId: string }[]; nextCursor: string | null };
      expect(page.keys.length).toBeLessThanOrEqual(3);
      seen.push(...page.keys.map(({ keyId }) => keyId));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(made);
    const lost = await service.send('GET', '/v1/keys?cursor=key_00000000000000000000', service.root);
    expect(lost.status).toBe(400);
  });

  test('a check by key and one by hash say the same, in every state', async () => {
    const service = await start();
    const live = await service.make();
    const expired = await service.make({ expiresAt: '2026-11-20T12:00:01Z' });
    const disabled = await service.make();
    const revoked = await service.make();
    await service.send('POST', `/v1/keys/${disabled.keyId}/disable`, service.root, {});
    await service.send('POST', `/v1/keys/${revoked.keyId}/revoke`, service.root, LEAK);
    service.clock.ms += 1000;
    const cases = { live, expired, disabled, revoked, unknown: { key: mint('live'), keyId: undefined } };
    for (const [state, { key, keyId }] of Object.entries(cases)) {
      const sha256 = createHash('sha256').update(key).digest('hex');
      const byKey = await (await service.send('POST', '/v1/keys/check', service.root, { key })).json();
      const byHash = await (await service.send('POST', '/v1/keys/check', service.root, { sha256 })).json();
      expect(byKey).toEqual(byHash);
      expect(byKey).toMatchObject({
        valid: state === 'live',
        state,
        ...(keyId === undefined ? {} : { keyId }),
      });
    }
    const cut = await service.send('POST', '/v1/keys/check', service.root, { key: live.key.slice(0, -1) });
    expect(await cut.json()).toEqual({ valid: false, state: 'malformed' });
    const both = { key: live.key, sha256: 'a'.repeat(64) };
    expect((await service.send('POST', '/v1/keys/check', service.root, both)).status).toBe(400);
  });

  test('a check is no use of the key', async () => {
    const service = await start();
    const { key } = await service.make();
    await service.send('POST', '/v1/keys/check', service.root, { key });
    const seen = await (await service.send('GET', '/v1/whoami', key)).json();
    expect(seen).toMatchObject({ lastUsedAt: null });
  });

  test('revoking is final and may be repeated; the first word stands and the second is kept in the history', async () => {
    const service = await start();
    const { key, keyId } = await service.make();
    const first = await service.send('POST', `/v1/keys/${keyId}/revoke`, service.root, LEAK);
    expect(await first.json()).toEqual({
      keyId,
      state: 'revoked',
      changed: true,
      revokedAt: '2026-11-20T12:00:00.000Z',
    });
    service.clock.ms += 60_000;
    const again = await service.send('POST', `/v1/keys/${keyId}/revoke`, service.root, { cause: 'rotated' });
    expect(await again.json()).toEqual({
      keyId,
      state: 'revoked',
      changed: false,
      revokedAt: '2026-11-20T12:00:00.000Z',
    });
    const restored = await service.send('POST', `/v1/keys/${keyId}/restore`, service.root);
    expect(restored.status).toBe(409);
    expect(await restored.json()).toMatchObject({ code: 'key_is_revoked' });
    expect((await service.send('GET', '/v1/whoami', key)).status).toBe(401);
    const story = (await (await service.send('GET', `/v1/keys/${keyId}`, service.root)).json()) as {
      history: { what: string; cause: { reason: string } | null }[];
    };
    expect(story.history.map(({ what, cause }) => [what, cause?.reason])).toEqual([
      ['created', undefined],
      ['revoked', 'leaked'],
      ['reported', 'rotated'],
    ]);
  });

  test('only that key: its neighbours live on', async () => {
    const service = await start();
    const keys = [await service.make(), await service.make(), await service.make()];
    await service.send('POST', `/v1/keys/${keys[1]?.keyId}/revoke`, service.root, LEAK);
    const statuses = await Promise.all(
      keys.map(async ({ key }) => (await service.send('GET', '/v1/whoami', key)).status),
    );
    expect(statuses).toEqual([200, 401, 200]);
  });

  test('an unknown id is 404 on every route that takes one', async () => {
    const service = await start();
    const path = '/v1/keys/key_00000000000000000000';
    expect((await service.send('GET', path, service.root)).status).toBe(404);
    expect((await service.send('POST', `${path}/disable`, service.root)).status).toBe(404);
    expect((await service.send('POST', `${path}/restore`, service.root)).status).toBe(404);
    expect((await service.send('POST', `${path}/revoke`, service.root, LEAK)).status).toBe(404);
  });

  test('every management route refuses everybody but the root key, before it looks at anything else', async () => {
    const service = await start();
    const { key, keyId } = await service.make({ scopes: ['keys:write', 'root'] });
    const routes: [string, string][] = [
      ['POST', '/v1/keys'],
      ['GET', '/v1/keys'],
      ['GET', `/v1/keys/${keyId}`],
      ['GET', '/v1/keys/key_00000000000000000000'],
      ['POST', '/v1/keys/check'],
      ['POST', `/v1/keys/${keyId}/disable`],
      ['POST', `/v1/keys/${keyId}/restore`],
      ['POST', `/v1/keys/${keyId}/revoke`],
    ];
    for (const [method, path] of routes) {
      const wrong = [undefined, mint('root'), mint('live'), service.root.slice(0, -1), `${service.root}x`];
      for (const credential of wrong) expect((await service.send(method, path, credential)).status).toBe(401);
      expect((await service.send(method, path, key)).status).toBe(403);
    }
    expect((await service.send('GET', '/v1/whoami', key)).status).toBe(200);
  });
});

describe('burning by possession', () => {
  test('whoever holds the key may burn it, and its next call tells the story', async () => {
    const service = await start();
    const { key, keyId } = await service.make();
    const done = await service.send('POST', '/v1/keys/revoke-self', key, LEAK);
    expect(await done.json()).toMatchObject({ keyId, state: 'revoked', changed: true });
    const { problem } = await service.whoami({ authorization: `Bearer ${key}` });
    expect(problem).toMatchObject({
      code: 'revoked_key',
      cause: { reason: 'leaked', revoked_by: 'self-report' },
    });
    const again = await service.send('POST', '/v1/keys/revoke-self', key, LEAK);
    expect(again.status).toBe(200);
    expect(await again.json()).toMatchObject({ changed: false });
  });

  test('a disabled key can be burned, so that it never comes back', async () => {
    const service = await start();
    const { key, keyId } = await service.make();
    await service.send('POST', `/v1/keys/${keyId}/disable`, service.root);
    expect((await service.send('POST', '/v1/keys/revoke-self', key, LEAK)).status).toBe(200);
    expect((await service.send('POST', `/v1/keys/${keyId}/restore`, service.root)).status).toBe(409);
  });

  test('nothing but the key itself burns it', async () => {
    const service = await start();
    const { key } = await service.make();
    for (const other of [undefined, mint('live'), service.root, key.slice(0, -1)]) {
      expect((await service.send('POST', '/v1/keys/revoke-self', other, LEAK)).status).toBe(401);
    }
    expect((await service.send('POST', '/v1/keys/revoke-self', key, { cause: 'because' })).status).toBe(400);
    expect((await service.send('GET', '/v1/whoami', key)).status).toBe(200);
  });

  test('repeating it does not fill the store', async () => {
    const service = await start();
    const { key, keyId } = await service.make();
    for (let i = 0; i < 55; i++) await service.send('POST', '/v1/keys/revoke-self', key, LEAK);
    const story = (await (await service.send('GET', `/v1/keys/${keyId}`, service.root)).json()) as {
      history: unknown[];
    };
    expect(story.history).toHaveLength(50);
  });
});

describe('reports', () => {
  test("a reader sees its owner's revoked keys, without the places, and nobody else's", async () => {
    const service = await start();
    const mine = await service.make({ owner: 'ada' });
    const theirs = await service.make({ owner: 'bob' });
    await service.send('POST', `/v1/keys/${mine.keyId}/revoke`, service.root, LEAK);
    await service.send('POST', `/v1/keys/${theirs.keyId}/revoke`, service.root, LEAK);
    const reader = await service.make({ owner: 'ada', scopes: ['reports:read'] });
    const text = await (await service.send('GET', '/v1/reports', reader.key)).text();
    expect(text).not.toContain('git.example');
    expect((JSON.parse(text) as { reports: { keyId: string }[] }).reports.map(({ keyId }) => keyId)).toEqual([
      mine.keyId,
    ]);
    const ownerless = await service.make({ scopes: ['reports:read'] });
    expect(await (await service.send('GET', '/v1/reports', ownerless.key)).json()).toEqual({ reports: [] });
  });
});

// What a report may do to the keys of an issuer that keyburn asks: no more than the policy of a scan would.
import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Leak } from '../../src/keyservice/index.ts';
import type { Exposure } from '../../src/model/index.ts';
import { unkey } from '../../src/services/index.ts';
import { entry } from '../record/sample.ts';
import { byService } from './stages.ts';
import { startUnkey } from './unkey.ts';

async function stage(policy: object = {}) {
  const root = `unkey_${randomBytes(12).toString('hex')}`;
  const server = await startUnkey(root);
  const service = { ...unkey({ api: server.url, internal: true }), settlesInMs: 0 };
  const made = await byService(service, { UNKEY_ROOT_KEY: root }, /^acme_[0-9a-f]{24}$/, policy);
  const mint = (): string => {
    const key = `acme_${randomBytes(12).toString('hex')}`;
    server.keys.set(key, { keyId: `key_${randomBytes(6).toString('hex')}`, enabled: true });
    return key;
  };
  const leak = (key: string, exposure?: Exposure): Leak => ({
    hash: createHash('sha256').update(key).digest(),
    key,
    by: 'github-secret-scanning',
    foundAt: {
      path: 'a.env',
      line: 3,
      commit: 'abc1234',
      url: 'https://github.com/acme/shop',
      ...(exposure && { exposure }),
    },
    foundTime: '2026-11-21T00:00:00.000Z',
    attempt: { begun: false, begin: () => undefined },
  });
  return { ...made, server, mint, leak };
}

test('a public leak is burned and stands in the ledger, with its place and its proof', async () => {
  const { issuer, ledger, mint, leak } = await stage();
  const key = mint();
  expect(await issuer.burn(leak(key, 'public'))).toMatchObject({ state: 'dead', changed: true });
  const [incident] = await ledger.incidents();
  expect(incident).toMatchObject({
    state: 'closed',
    service: 'unkey',
    exposure: 'public',
    place: { path: 'a.env', line: 3, commit: 'abc1234', url: 'https://github.com/acme/shop' },
    receipt: { outcome: 'revoked' },
  });
  expect(JSON.stringify(incident)).not.toContain(key);
});

test.each(['internal', 'private', 'unknown'] as const)(
  'a key found in a place that is %s waits for a person',
  async (exposure) => {
    const { issuer, ledger, server, mint, leak } = await stage();
    const key = mint();
    expect(await issuer.burn(leak(key, exposure))).toMatchObject({
      state: 'waits',
      note: expect.stringContaining('ask'),
    });
    expect(server.keys.get(key)?.enabled).toBe(true);
    const [incident, ...more] = await ledger.incidents();
    expect([incident, more]).toMatchObject([{ state: 'open', decision: { act: 'ask' } }, []]);
    if (!incident) return;
    // Nobody has said anything: its issuer is not bothered.
    server.state.down = true;
    expect(await issuer.burn(leak(key, exposure))).toMatchObject({ state: 'waits' });
    server.state.down = false;
    expect(await ledger.approve(incident.id, 'ada', 'it is ours')).toBe('done');
    expect(await issuer.burn(leak(key, exposure))).toMatchObject({ state: 'dead', changed: true });
    expect(server.keys.get(key)?.enabled).not.toBe(true);
    expect(await ledger.incidents()).toMatchObject([
      { state: 'closed', decision: { because: 'approved by ada: it is ours' } },
    ]);
  },
);

test('what a person has closed is not burned, and found in public it is decided anew', async () => {
  const { issuer, ledger, server, mint, leak } = await stage();
  const key = mint();
  await issuer.burn(leak(key, 'private'));
  const [incident] = await ledger.incidents();
  if (!incident) throw new Error('no incident');
  await ledger.close(incident.id, 'ada', 'a key of a test account');
  expect(await issuer.burn(leak(key, 'private'))).toMatchObject({ state: 'person' });
  expect(server.keys.get(key)?.enabled).toBe(true);
  expect(await issuer.burn(leak(key, 'public'))).toMatchObject({ state: 'dead', changed: true });
});

test('a key that is known to have stood in public burns, whatever a report knows of its own place', async () => {
  const { issuer, ledger, mint, leak, fingerprint } = await stage();
  const key = mint();
  const id = fingerprint(key);
  await ledger.upsert(entry({ id, service: 'unkey', exposure: 'public' }));
  expect(await issuer.burn(leak(key, 'private'))).toMatchObject({ state: 'dead', changed: true });
  expect(await ledger.incidents()).toMatchObject([{ id, exposure: 'public', state: 'closed' }]);
});

test('the breaker stops a flood: what it holds is tried again, not dropped', async () => {
  const { issuer, server, mint, leak } = await stage({ breaker: 2 });
  const keys = [mint(), mint(), mint()];
  const states: string[] = [];
  for (const key of keys) states.push((await issuer.burn(leak(key, 'public'))).state);
  expect(states).toEqual(['dead', 'dead', 'later']);
  expect(server.keys.size).toBe(1);
});

test('a policy that says no is heard', async () => {
  const { issuer, server, mint, leak } = await stage({
    rule: [{ when: { service: 'unkey' }, act: 'notify' }],
  });
  expect(await issuer.burn(leak(mint(), 'public'))).toMatchObject({ state: 'person' });
  expect(server.keys.size).toBe(1);
});

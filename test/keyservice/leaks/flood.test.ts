// Ten thousand reports that must not count: forged, replayed, truncated, oversized. What is judged is what they did, by numbers: nothing
// was accepted, nothing written, nobody asked, and a genuine report is taken as before.
import { randomBytes, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { createKeyService } from '../../../src/keyservice/app.ts';
import { createLeakDesk, openStore } from '../../../src/keyservice/index.ts';
import { hashOf, mint, mintId, previewOf } from '../../../src/keyservice/keys.ts';
import { keyServer, signed, signer } from './reporter.ts';

const EACH = 2500;

test('10,000 forged, replayed, truncated and oversized reports: none accepted', {
  timeout: 120_000,
}, async () => {
  const store = openStore(':memory:');
  const clock = { ms: Date.parse('2026-11-20T12:00:00Z') };
  const now = () => new Date(clock.ms);
  const lines: string[] = [];
  const desk = createLeakDesk({ store, now, log: (entry) => lines.push(JSON.stringify(entry)) });
  const github = signer();
  const keys = await keyServer(github);
  const app = createKeyService({
    store,
    now,
    rootHash: hashOf(mint('root')),
    baseUrl: () => 'https://keys.example',
    log: (line) => lines.push(line),
    leaks: { from: { github: { url: keys.url } }, desk },
  });
  const issue = () => {
    const key = mint('live');
    const row = { id: mintId(), hash: hashOf(key), preview: previewOf(key), name: 'x', owner: null };
    store.add({ ...row, environment: 'live', scopes: [], expiresAt: null }, now().toISOString());
    return key;
  };
  const state = (key: string) => (store.byHash(hashOf(key))?.revoked ? 'dead' : 'live');
  const post = (init: RequestInit) => app.request('/v1/leaks/github', init);
  const about = (token: string, url: string) => [{ token, type: 't', url, source: 'commit' }];

  const [victim, earlier] = [issue(), issue()];
  const recorded = signed(github, about(earlier, 'https://x.example/0'));
  expect((await post(recorded)).status).toBe(200);
  await desk.drain();
  expect(state(earlier)).toBe('dead');
  clock.ms += 3_600_001;
  const before = { counts: desk.counts(), history: store.history(store.byHash(hashOf(earlier))?.id ?? '') };
  const asked = keys.state.asked.length;

  const genuine = signed(github, about(victim, 'https://x.example/1'));
  const stranger = signer();
  const huge = 'x'.repeat(2 * 1024 * 1024);
  const attack: ((n: number) => RequestInit)[] = [
    (n) => {
      const body = JSON.stringify(about(victim, `https://x.example/${n}`));
      const by = n % 3 === 0 ? stranger : github;
      const signature =
        n % 3 === 1
          ? randomBytes(71)
          : sign('sha256', Buffer.from(n % 3 === 2 ? `${body} ` : body), by.privateKey);
      const id = n % 5 === 0 ? randomBytes(16).toString('hex') : github.id;
      return {
        method: 'POST',
        body,
        headers: {
          'github-public-key-identifier': id,
          'github-public-key-signature': signature.toString('base64'),
        },
      };
    },
    () => recorded,
    (n) => ({ ...genuine, body: genuine.body.slice(0, n % genuine.body.length) }),
    (n) => ({ ...genuine, body: genuine.body + (n % 10 === 0 ? huge : ' '.repeat(n)) }),
  ];
  const statuses = new Map<number, number>();
  for (let n = 1; n <= EACH; n++) {
    for (const make of attack) {
      const { status } = await post(make(n));
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  }
  expect([...statuses.values()].reduce((sum, n) => sum + n, 0)).toBe(4 * EACH);
  expect(new Set(statuses.keys())).toEqual(new Set([401, 413, 429]));
  expect(statuses.get(413)).toBe(EACH / 10);
  await desk.drain();
  expect({ counts: desk.counts(), history: store.history(store.byHash(hashOf(earlier))?.id ?? '') }).toEqual(
    before,
  );
  expect(state(victim)).toBe('live');
  // Once for the recording's hour, once for the unknown ids: not once a report.
  expect(keys.state.asked.length - asked).toBeLessThanOrEqual(2);
  // One line a request, of a bounded size, and no token in any.
  expect(lines.length).toBeLessThanOrEqual(4 * EACH + 10);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(500);
  expect(lines.some((line) => line.includes(victim))).toBe(false);

  expect((await post(genuine)).status).toBe(200);
  await desk.drain();
  expect(state(victim)).toBe('dead');
  await desk.close();
  store.close();
});

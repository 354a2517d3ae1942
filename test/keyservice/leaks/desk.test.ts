import { createHash, createHmac, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import {
  type Burned,
  type Concluded,
  createLeakDesk,
  type Issuer,
  type Leak,
  openStore,
} from '../../../src/keyservice/index.ts';
import { hashOf, mint, mintId, previewOf } from '../../../src/keyservice/keys.ts';
import { embeddedIssuer } from '../../../src/keyservice/leaks/embedded.ts';
import { createSeal } from '../../../src/keyservice/leaks/seal.ts';
import { SetupError } from '../../../src/model/index.ts';
import { start } from '../start.ts';

const AT = Date.parse('2026-11-20T12:00:00Z');
const sighting = (token: string, n = 0) => ({
  token,
  foundAt: { url: `https://x.example/${n}` },
  foundTime: new Date(AT).toISOString(),
});

function far(id: string, answers: Burned[] = [], pattern = /^acme_/): Issuer & { readonly seen: Leak[] } {
  const seen: Leak[] = [];
  return {
    id,
    needs: 'key',
    pattern,
    seen,
    burn: async (leak) => {
      seen.push(leak);
      const answer = answers.shift();
      if (answer?.note === 'throws') throw new Error(`it quotes ${leak.key}`);
      return answer ?? { state: 'dead', changed: true, note: 'burned' };
    },
  };
}

function open(issuers: Issuer[]) {
  const store = openStore(':memory:');
  const clock = { ms: AT };
  const lines: string[] = [];
  const desk = createLeakDesk({
    store,
    now: () => new Date(clock.ms),
    log: (entry) => lines.push(JSON.stringify(entry)),
    issuers,
    seal: createSeal(randomBytes(32)),
    later: () => undefined,
  });
  onTestFinished(async () => {
    await desk.close();
    store.close();
  });
  return { desk, clock, lines };
}

test('an issuer that hashes in its own way is asked by its own hash, and the reporter hears the usual one', async () => {
  const own = (key: string) => createHmac('sha256', 'pepper').update(key).digest();
  const plain = (key: string) => createHash('sha256').update(key).digest();
  const asked: string[] = [];
  const seen: Leak[] = [];
  const issuer: Issuer = {
    id: 'peppered',
    needs: 'hash',
    digest: own,
    knows: async (hashes) => {
      asked.push(...hashes.map((hash) => Buffer.from(hash).toString('hex')));
      return hashes.map(() => true);
    },
    burn: async (leak) => {
      seen.push(leak);
      return { state: 'dead', changed: true, note: 'burned' };
    },
  };
  const { desk } = open([issuer]);
  const judged = await desk.take([sighting('acme_1')], 'github-secret-scanning');
  expect(judged).toEqual([{ hash: plain('acme_1'), known: true }]);
  await desk.takeUnseen(sighting('acme_2'), 'public-report');
  await desk.drain();
  expect(asked).toEqual([own('acme_1').toString('hex')]);
  expect(seen.map(({ hash, key }) => [Buffer.from(hash), key])).toEqual([
    [own('acme_1'), undefined],
    [own('acme_2'), undefined],
  ]);
  // A plain hash is of no use to it.
  const byHash = { ...sighting(''), token: plain('acme_3') };
  expect(await desk.take([byHash], 'keyburn-report')).toEqual([{ hash: plain('acme_3'), known: undefined }]);
  await desk.drain();
  expect(seen).toHaveLength(2);
});

test('a key that fits two issuers is shown to neither', async () => {
  const [one, two] = [far('one'), far('two', [], /_/)];
  const { desk, lines } = open([one, two]);
  const judged = await desk.take(
    [sighting('acme_1'), sighting('x_1'), sighting('nothing')],
    'keyburn-report',
  );
  await desk.drain();
  expect([one.seen.map(({ key }) => key), two.seen.map(({ key }) => key)]).toEqual([[], ['x_1']]);
  expect(judged?.map(({ known }) => known)).toEqual([false, undefined, false]);
  expect(lines.join('')).toContain('leak-ambiguous');
});

test('what could not be finished is tried again, later and later, and is never dropped', async () => {
  const issuer = far('far', [
    { state: 'later', note: 'down' },
    { state: 'later', note: 'throws' },
    { state: 'later', note: 'down' },
  ]);
  const { desk, clock, lines } = open([issuer]);
  await desk.take([sighting('acme_1')], 'github-secret-scanning');
  const tries: number[] = [];
  for (let s = 0; s < 60 && desk.counts().waiting > 0; s++) {
    const before = issuer.seen.length;
    await desk.drain();
    if (issuer.seen.length > before) tries.push(s);
    clock.ms += 1000;
  }
  expect(tries).toEqual([0, 5, 15, 35]);
  expect(desk.counts()).toEqual({ waiting: 0, dead: 1, notOurs: 0, person: 0 });
  expect(lines.join('')).not.toContain('acme_1');
});

test('a repeat is one report, a new place is another; no address of it holds the key', async () => {
  const issuer = far('far');
  const { desk } = open([issuer]);
  const place = (key: string) => ({
    ...sighting(key),
    foundAt: { url: `https://x.example/?k=${encodeURIComponent(key)}` },
  });
  for (let n = 0; n < 3; n++)
    await desk.take([sighting('acme_1'), place('acme_2+/')], 'github-secret-scanning');
  await desk.take([sighting('acme_1', 1)], 'github-secret-scanning');
  await desk.drain();
  expect(issuer.seen.map(({ key, foundAt }) => [key, foundAt.url])).toEqual([
    ['acme_1', 'https://x.example/0'],
    ['acme_2+/', 'https://x.example/?k=…'],
    ['acme_1', 'https://x.example/1'],
  ]);
});

test('an issuer that cannot say now gets the report all the same', async () => {
  const issuer: Issuer = { ...far('far'), needs: 'hash', knows: () => Promise.reject(new Error('down')) };
  const { desk } = open([issuer]);
  const judged = await desk.take([sighting('acme_1')], 'github-secret-scanning');
  expect([judged?.[0]?.known, desk.counts().waiting]).toEqual([undefined, 1]);
});

test('two issuers of one name, or one that would see every key, stop the start', async () => {
  await expect(start({ issuers: [far('one'), far('one')] })).rejects.toThrow(SetupError);
  await expect(start({ issuers: [far('embedded')] })).rejects.toThrow(SetupError);
  const { pattern: _, ...bare } = far('bare');
  await expect(start({ issuers: [bare] })).rejects.toThrow(SetupError);
  await expect(start({ issuers: [far('far')], queueKey: 'short' })).rejects.toThrow(SetupError);
});

/** With an issuer of its own, and somebody who is told. */
function listening(store = openStore(':memory:')) {
  const told: Concluded[] = [];
  const state = { deaf: false };
  const now = () => new Date(AT);
  const desk = createLeakDesk({
    store,
    now,
    log: () => undefined,
    later: () => undefined,
    fingerprint: (token) => `fingerprint of ${token.slice(0, 9)}`,
    tell: async (concluded) => {
      if (state.deaf) throw new Error('not now');
      told.push(concluded);
    },
  });
  onTestFinished(() => desk.close());
  const make = () => {
    const key = mint('live');
    const row = { id: mintId(), hash: hashOf(key), preview: previewOf(key), name: 'x', owner: 'ada' };
    store.add({ ...row, environment: 'live', scopes: [], expiresAt: null }, now().toISOString());
    return key;
  };
  return { store, desk, told, state, make };
}

test('what a report ended is told once, with what the issuer knows; what it did not end is not', async () => {
  const { desk, told, make } = listening();
  const [key, hashed] = [make(), make()];
  await desk.take([sighting(key), sighting('nobody')], 'github-secret-scanning');
  await desk.takeUnseen(sighting(key, 1), 'public-report');
  await desk.take([{ ...sighting(''), token: hashOf(hashed) }], 'keyburn-report');
  await desk.drain();
  await expect.poll(() => told.length).toBe(2);
  const at = new Date(AT).toISOString();
  expect(told[0]).toMatchObject({
    subject: 'fingerprint of kbk_live_',
    issuer: 'embedded',
    by: 'github-secret-scanning',
    outcome: 'dead',
    at,
    about: { owner: 'ada', environment: 'live', preview: previewOf(key) },
  });
  expect(told[1]).toMatchObject({ by: 'keyburn-report', subject: undefined });
  expect(JSON.stringify(told)).not.toContain(key);
});

test('what could not be told waits on disk, and is told by the next process', async () => {
  const { desk, told, state, make, store } = listening();
  state.deaf = true;
  await desk.takeUnseen(sighting(make()), 'public-report');
  await desk.drain();
  await desk.close();
  expect(told).toEqual([]);
  const next = listening(store);
  await next.desk.drain();
  await expect.poll(() => next.told.length).toBe(1);
  await next.desk.close();
  const third = listening(store);
  await third.desk.drain();
  await third.desk.close();
  expect(third.told).toEqual([]);
  store.close();
});

test('a process that was killed after the burn and before its word of it: the next one tells', async () => {
  const { desk, told, make, store } = listening();
  const key = make();
  await desk.takeUnseen(sighting(key), 'public-report');
  const [job] = store.leaks.due(new Date(AT), 10);
  if (!job) throw new Error('no job');
  // All that the killed one came to.
  await embeddedIssuer(store, () => new Date(AT)).burn({
    ...job,
    attempt: { begun: false, begin: () => undefined },
  });
  await desk.drain();
  await expect.poll(() => told.length).toBe(1);
});

test('a store of before there was anything to tell is taken over with its queue', async () => {
  const home = await mkdtemp(join(tmpdir(), 'keyburn-keyservice-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const first = openStore(home);
  const key = listening(first).make();
  first.leaks.addBrief(
    [{ issuer: 'embedded', hash: hashOf(key), by: 'public-report', foundAt: {}, foundTime: '' }],
    new Date(AT),
  );
  first.close();
  const db = new DatabaseSync(join(home, 'keyservice.sqlite'));
  db.exec(
    'DROP INDEX leak_untold; ALTER TABLE leak_job DROP COLUMN begun; ALTER TABLE leak_job DROP COLUMN subject; ALTER TABLE leak_job DROP COLUMN untold; PRAGMA user_version = 2',
  );
  db.close();
  const { desk, told, store } = listening(openStore(home));
  await desk.drain();
  await expect.poll(() => told.length).toBe(1);
  await desk.close();
  store.close();
});

test('what waits for a person is told once, keeps its place and its key, and is burned after the yes', async () => {
  const waits = { state: 'waits', note: 'ask' } as const;
  const issuer = far('far', [waits, waits]);
  const store = openStore(':memory:');
  const told: Concluded[] = [];
  const clock = { ms: AT };
  const desk = createLeakDesk({
    store,
    now: () => new Date(clock.ms),
    log: () => undefined,
    issuers: [issuer],
    seal: createSeal(randomBytes(32)),
    later: () => undefined,
    tell: async (concluded) => void told.push(concluded),
  });
  onTestFinished(async () => {
    await desk.close();
    store.close();
  });
  await desk.takeUnseen(sighting('acme_1'), 'public-report');
  for (let minutes = 0; minutes < 3; minutes++) {
    await desk.drain();
    await expect.poll(() => told.length).toBe(minutes < 2 ? 1 : 2);
    expect(desk.counts()).toMatchObject(minutes < 2 ? { waiting: 1 } : { waiting: 0, dead: 1 });
    clock.ms += 60_000;
  }
  expect(told.map(({ outcome }) => outcome)).toEqual(['person', 'dead']);
  expect(issuer.seen.map(({ key }) => key)).toEqual(['acme_1', 'acme_1', 'acme_1']);
});

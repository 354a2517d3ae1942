// What came of a leak report, in a real ledger.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createTeller } from '../../src/connect/index.ts';
import type { Concluded } from '../../src/keyservice/index.ts';
import { FingerprintKey } from '../../src/model/index.ts';
import { openLedger } from '../../src/record/index.ts';
import { at, entry, idOf, live } from '../record/sample.ts';

async function setUp() {
  const home = await mkdtemp(join(tmpdir(), 'keyburn-tell-'));
  const ledger = await openLedger(home, { now: () => new Date(at(20)) });
  onTestFinished(async () => {
    await ledger.end();
    await rm(home, { recursive: true, force: true });
  });
  const told: string[] = [];
  const teller = createTeller({
    ledger,
    notifier: {
      enqueue: async (incident, kind) => told.push(`${kind} ${incident.title} ${incident.state}`),
      flush: async () => ({ sent: 0, kept: [{ channel: 'mail', kind: 'burned', why: 'HTTP 500' }] }),
    },
    fingerprintKey: new FingerprintKey(Buffer.alloc(32, 7)),
    nameOf: (issuer) => `key of ${issuer}`,
    serviceOf: () => null,
    warn: (text) => told.push(text),
  });
  return { ledger, teller, told };
}

const said = (more: Partial<Concluded> = {}): Concluded => ({
  subject: idOf('a'),
  issuer: 'keys',
  hash: Buffer.alloc(32, 0xab),
  by: 'github-secret-scanning',
  foundAt: { url: 'https://github.com/acme/shop/blob/main/x', path: 'x', line: 3, exposure: 'public' },
  foundTime: at(10),
  outcome: 'dead',
  at: at(11),
  note: 'burned, and find says so',
  ...more,
});

test('one that nobody knew is a whole story, however often it is told', async () => {
  const { ledger, teller, told } = await setUp();
  await teller.tell(said());
  await teller.tell(said());
  const [incident, ...more] = await ledger.incidents();
  expect(more).toEqual([]);
  expect(incident).toMatchObject({
    id: idOf('a'),
    state: 'closed',
    preview: 'sha256:abababab…',
    place: { path: 'x', line: 3, url: 'https://github.com/acme/shop/blob/main/x' },
    receipt: { outcome: 'revoked', note: 'burned, and find says so, reported by GitHub secret scanning' },
  });
  const found = await ledger.incident(idOf('a'));
  const trail = found.kind === 'one' ? found.steps.map(({ what }) => what) : [];
  expect(trail).toEqual(['opened', 'settled', 'closed']);
  // The outbox tells repeats apart.
  expect(new Set(told)).toEqual(new Set(['burned key of keys closed']));
});

test('one that a scan had found keeps its name and place, and is closed', async () => {
  const { ledger, teller, told } = await setUp();
  await ledger.upsert(entry({ verdict: live() }));
  await teller.tell(said());
  const [incident] = await ledger.incidents();
  expect(incident).toMatchObject({ title: entry().title, place: entry().place, state: 'closed' });
  expect(told).toEqual([`burned ${entry().title} closed`]);
});

test('by hash alone it has a name of its own, and what no program can end goes to a person', async () => {
  const { ledger, teller, told } = await setUp();
  await teller.tell(said({ subject: undefined, outcome: 'person', note: 'find gives several rows' }));
  const [incident] = await ledger.incidents();
  expect(incident?.id).toMatch(/^[0-9a-f]{64}$/);
  expect(incident?.id).not.toContain('abababab');
  expect(incident).toMatchObject({ state: 'open', receipt: { outcome: 'manual' } });
  expect(told).toEqual(['needs-a-person key of keys open']);
});

test('a notice that stays is said to the operator', async () => {
  const { teller, told } = await setUp();
  await teller.flush();
  expect(told).toEqual(['notice burned to mail: HTTP 500; it stays in the outbox']);
});

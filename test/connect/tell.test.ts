// What came of a leak report, in a real ledger.
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { createTeller } from '../../src/connect/index.ts';
import type { Concluded } from '../../src/keyservice/index.ts';
import { FingerprintKey, Secret } from '../../src/model/index.ts';
import { openLedger } from '../../src/record/index.ts';
import { at, entry, idOf, live, place, revoked } from '../record/sample.ts';

const KEY = new FingerprintKey(Buffer.alloc(32, 7));

async function setUp() {
  const home = await mkdtemp(join(tmpdir(), 'keyburn-tell-'));
  const ledger = await openLedger(home, { now: () => new Date(at(20)) });
  onTestFinished(async () => {
    await ledger.end();
    await rm(home, { recursive: true, force: true });
  });
  const told: string[] = [];
  /** Once for each incident and kind, as the outbox keeps it. */
  const due = new Set<string>();
  const teller = createTeller({
    ledger,
    notifier: {
      enqueue: async (incident, kind) => {
        due.add(`${incident.id} ${kind}`);
        return told.push(`${kind} ${incident.title} ${incident.state}`);
      },
      flush: async () => ({ sent: 0, kept: [{ channel: 'mail', kind: 'burned', why: 'HTTP 500' }] }),
    },
    fingerprintKey: KEY,
    nameOf: (issuer) => `key of ${issuer}`,
    serviceOf: () => null,
    warn: (text) => told.push(text),
  });
  return { ledger, teller, told, due };
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

test.each([
  ['public', 'public', 'kept'],
  ['private', 'public', 'widened'],
  ['private', undefined, 'widened'],
  ['public', 'private', 'kept'],
  ['private', 'unknown', 'kept'],
] as const)('one that a scan had found %s, reported %s: its exposure is %s', async (known, reported, how) => {
  const { ledger, teller } = await setUp();
  await ledger.upsert(entry({ verdict: live(), exposure: known }));
  const foundAt = { path: 'elsewhere', line: 1, ...(reported && { exposure: reported }) };
  await teller.tell(said({ foundAt }));
  await teller.tell(said({ foundAt }));
  const [incident] = await ledger.incidents();
  expect(incident).toMatchObject({ state: 'closed', title: entry().title, place: entry().place });
  expect(incident?.exposure).toBe(how === 'kept' ? known : 'public');
  expect(incident?.otherPlaces.map(({ path }) => path)).toEqual(how === 'kept' ? [] : ['elsewhere']);
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

test('read by a scan and reported by its hash, in any order and often, it is one incident, told once, closed as one', async () => {
  const { ledger, teller, due } = await setUp();
  const doings = fc.array(fc.constantFrom('scan' as const, 'report' as const), {
    minLength: 2,
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(fc.string({ minLength: 1 }), doings, async (key, order) => {
      due.clear();
      const before = (await ledger.incidents()).length;
      const id = KEY.fingerprint(new Secret(key));
      fc.pre((await ledger.incident(id)).kind === 'none');
      let reported = false;
      for (const [n, doing] of [...order, 'scan' as const, 'report' as const].entries()) {
        if (doing === 'report') {
          const hash = createHash('sha256').update(key, 'utf8').digest();
          await teller.tell(said({ subject: undefined, hash, foundAt: { path: 'reported.env', line: 1 } }));
          reported = true;
        } else {
          const verdict = reported ? revoked(12 + n) : live(n);
          await ledger.upsert(entry({ id, verdict, place: place({ path: 'scanned.ts' }) }));
        }
      }
      expect(await ledger.incidents()).toHaveLength(before + 1);
      const found = await ledger.incident(id);
      expect(found).toMatchObject({ kind: 'one', incident: { state: 'closed', title: entry().title } });
      expect([...due]).toEqual([`${id} burned`]);
    }),
    { numRuns: 30 },
  );
});

test('a notice that stays is said to the operator', async () => {
  const { teller, told } = await setUp();
  await teller.flush();
  expect(told).toEqual(['notice burned to mail: HTTP 500; it stays in the outbox']);
});

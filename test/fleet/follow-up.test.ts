// What goes out on a schedule: the digest of a period once, however many workers come by, and a key that nobody handles once more.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/index.ts';
import { followUp } from '../../src/fleet/follow-up.ts';
import { createNotifier } from '../../src/notify/index.ts';
import { type Ledger, openLedger } from '../../src/record/index.ts';
import { noPostgres, type PostgresServer, startPostgres } from '../record/postgres-server.ts';
import { commit, makeBare } from './repositories.ts';
import { OrgStage } from './stage.ts';

const HOUR = 3_600_000;

let stage: OrgStage;
beforeEach(async () => {
  stage = await OrgStage.set();
});
afterEach(() => stage.close());

/** One worker's part, at a time of its own. */
async function worker(ledger: Ledger, at: Date): Promise<() => Promise<number>> {
  const { notify } = await loadConfig({ given: stage.env.KEYBURN_CONFIG, env: {}, home: stage.home });
  const notifier = await createNotifier({ channels: notify, outbox: ledger.outbox });
  const use = { ledger, scan: { notifier, now: () => at } } as unknown as Parameters<typeof followUp>[0];
  return () => followUp(use, { escalateMs: HOUR, digestMs: 24 * HOUR });
}

/** @returns what was told in three days */
async function comesThrough(): Promise<string[]> {
  const key = await stage.key();
  commit(makeBare(stage.hosted, 1), [{ files: { 'pay.env': `K=${key}\n` } }]);
  stage.github.add({ id: 1, name: 'acme/r1' });
  writeFileSync(
    join(stage.folder, 'keyburn.toml'),
    `[[notify]]\nname = "team"\nkind = "file"\nkinds = ["digest", "overdue"]\npath = ${JSON.stringify(stage.toldFile)}\n`,
  );
  const ran = await stage.org('--digest', '0');
  expect(ran.code, ran.stderr).toBe(3);
  expect(stage.told()).toEqual([]);

  const database = stage.env.KEYBURN_DATABASE_URL;
  const ledgers = await Promise.all([1, 2, 3, 4].map(() => openLedger(stage.home, { database })));
  const noon = new Date(`${new Date(Date.now() + 48 * HOUR).toISOString().slice(0, 10)}T12:00:00Z`);
  const later = (hours: number): Date => new Date(noon.getTime() + hours * HOUR);
  const all = async (at: Date): Promise<number[]> => {
    const workers = await Promise.all(ledgers.map((ledger) => worker(ledger, at)));
    // Two connections of one process to a file of SQLite would wait for each other for ever.
    if (database !== undefined) return await Promise.all(workers.map((work) => work()));
    const told: number[] = [];
    for (const work of workers) told.push(await work());
    return told;
  };

  const told = await all(noon);
  expect(told.reduce((sum, number) => sum + number)).toBe(1);
  const types = () =>
    stage
      .told()
      .map(({ type }) => type)
      .sort();
  expect(types()).toEqual(['digest', 'incident.overdue']);
  await all(later(5));
  expect(types()).toEqual(['digest', 'incident.overdue']);
  await all(later(24));
  expect(types()).toEqual(['digest', 'digest', 'incident.overdue']);
  const text = readFileSync(stage.toldFile, 'utf8');
  expect(text).toContain('1 alive');
  expect(text).not.toContain(key);
  for (const ledger of ledgers) await ledger.end();
  return types();
}

describe('follow-up', { timeout: 60_000 }, () => {
  it('comes once a period, whoever comes by, on one machine', async () => {
    expect(await comesThrough()).toHaveLength(3);
  });

  it('finds out that a key is dead when its time has come, and tells it', async () => {
    const key = await stage.key();
    commit(makeBare(stage.hosted, 1), [{ files: { 'pay.env': `K=${key}\n` } }]);
    stage.github.add({ id: 1, name: 'acme/r1' });
    await stage.org();
    expect(stage.told().map(({ type }) => type)).toEqual(['incident.found-live']);
    await stage.revoke(key);
    // Armed: what lives is asked about in every run.
    await stage.org('--revoke', '--no-cache');
    expect(stage.told().map(({ type }) => type)).toEqual(['incident.found-live', 'incident.burned']);
    const status = await stage.keyburn('fleet', 'status', '--format', 'json');
    expect(JSON.parse(status.stdout)).toMatchObject({ keys: { found: 1, burned: 1, alive: 0 } });
  });
});

describe.skipIf(noPostgres)(`follow-up of workers${noPostgres ? ` (${noPostgres})` : ''}`, () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.stop());
  it('comes once a period', { timeout: 60_000 }, async () => {
    stage.env.KEYBURN_DATABASE_URL = await server.database();
    expect(await comesThrough()).toHaveLength(3);
  });
});

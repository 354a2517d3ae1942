// Shards without a server, and their ledgers joined.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLedger } from '../../src/record/index.ts';
import { at, entry, idOf, live, orderFor, place, receipt, revoked } from '../record/sample.ts';
import { commit, makeBare } from './repositories.ts';
import { lines, OrgStage } from './stage.ts';

describe('keyburn org --shard', { timeout: 60_000 }, () => {
  let stage: OrgStage;
  beforeEach(async () => {
    stage = await OrgStage.set();
  });
  afterEach(() => stage.close());

  it('scans each repository in one shard, and merge joins what they found', async () => {
    const keys = await Promise.all(Array.from({ length: 6 }, () => stage.key()));
    for (const [index, key] of keys.entries()) {
      commit(makeBare(stage.hosted, index + 1), [{ files: { 'pay.env': `K=${key}\n` } }]);
      stage.github.add({ id: index + 1, name: `acme/r${index + 1}` });
    }
    stage.env.FINGERPRINT = '5c'.repeat(32);
    stage.configure('[fingerprint]\nenv = "FINGERPRINT"\n');
    const found: string[] = [];
    const homes: string[] = [];
    for (const shard of ['1/3', '2/3', '3/3']) {
      stage.env.KEYBURN_HOME = join(stage.folder, `home-${shard[0]}`);
      homes.push(stage.env.KEYBURN_HOME);
      const report = lines((await stage.org('--shard', shard, '--format', 'jsonl')).stdout);
      found.push(...report.findings.map(({ id }) => id));
    }
    expect(new Set(found).size).toBe(6);
    expect(found).toHaveLength(6);

    stage.env.KEYBURN_HOME = join(stage.folder, 'joined');
    const merged = await stage.keyburn('merge', ...homes);
    expect(merged.code, merged.stderr).toBe(0);
    const status = JSON.parse((await stage.keyburn('fleet', 'status', '--format', 'json')).stdout);
    expect(status).toMatchObject({ repositories: { known: 6, scanned: 6 }, keys: { alive: 6 }, due: 0 });
    // What the shards have read, the joined ledger need not read again.
    const packs = stage.github.git.packs;
    const after = await stage.org('--format', 'jsonl');
    expect(lines(after.stdout).findings, after.stderr).toEqual([]);
    expect(stage.github.git.packs).toBe(packs);
  });

  it('says so when a ledger is not there', async () => {
    const ran = await stage.keyburn('merge', join(stage.folder, 'nowhere'));
    expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining('there is no ledger')]);
  });
});

describe('the merge of ledgers', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keyburn-merge-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const fill = async (
    name: string,
    minute: number,
    work: (ledger: Awaited<ReturnType<typeof openLedger>>) => Promise<void>,
  ) => {
    const ledger = await openLedger(join(folder, name), { now: () => new Date(at(minute)) });
    await work(ledger);
    await ledger.end();
    return join(folder, name);
  };

  it('is the same done twice, and takes the later word', async () => {
    const found = await fill('found', 1, async (ledger) => {
      await ledger.upsert(entry({ verdict: live(1) }));
      await ledger.outbox.enqueue(idOf('a'), 'owner', 'found-live', {});
    });
    const burned = await fill('burned', 5, async (ledger) => {
      const about = entry({ verdict: live(4), place: place({ path: 'other.env' }) });
      await ledger.upsert(about);
      await ledger.intend(orderFor(about), 'revoke');
      await ledger.settle(about.id, receipt('revoked', 5));
      await ledger.outbox.enqueue(idOf('a'), 'owner', 'found-live', {});
      for (const message of await ledger.outbox.pending()) await ledger.outbox.sent(message);
    });
    const into = await openLedger(join(folder, 'into'));
    for (const from of [found, burned, burned, found]) await into.merge(from);
    const told = await into.incident(idOf('a'));
    if (told.kind !== 'one') throw new Error('not one incident');
    expect(told.incident).toMatchObject({
      state: 'closed',
      verdict: revoked(5),
      firstSeen: at(1),
      lastSeen: at(5),
    });
    expect(told.incident.receipt?.outcome).toBe('revoked');
    expect([told.incident.place, ...told.incident.otherPlaces].map(({ path }) => path).sort()).toEqual([
      'other.env',
      'src/config.ts',
    ]);
    expect(told.steps.map(({ what }) => what)).toEqual(['opened', 'opened', 'intended', 'settled', 'closed']);
    expect(await into.outbox.waiting()).toBe(0);
    await into.end();
  });

  it('keeps an order without a receipt open, whatever the other one has seen', async () => {
    const about = entry({ verdict: live(1) });
    const killed = await fill('killed', 1, async (ledger) => {
      await ledger.upsert(about);
      await ledger.intend(orderFor(about), 'revoke');
    });
    const later = await fill('later', 9, async (ledger) => {
      await ledger.upsert(entry({ verdict: live(9) }));
    });
    const into = await openLedger(join(folder, 'into'));
    await into.merge(later);
    await into.merge(killed);
    expect(await into.unfinished()).toMatchObject([{ step: 'revoke', incident: { id: idOf('a') } }]);
    await into.end();
  });
});

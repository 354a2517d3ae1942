// Leases that are kept, and lost. Who has lost one is told, and writes nothing.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKeeper } from '../../src/fleet/lease.ts';
import { keyLease, LeaseLost, type Ledger, openLedger } from '../../src/record/index.ts';
import { entry, idOf, orderFor, receipt } from '../record/sample.ts';

let folder: string;
let ledger: Ledger;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keyburn-lease-'));
  ledger = await openLedger(folder);
});
afterEach(async () => {
  await ledger.end();
  rmSync(folder, { recursive: true, force: true });
});

function aborted(signal: AbortSignal): Promise<unknown> {
  return new Promise((done) => {
    if (signal.aborted) done(signal.reason);
    signal.addEventListener('abort', () => done(signal.reason));
  });
}

describe('a keeper of leases', () => {
  it('gives one to one at a time, in this process as well', async () => {
    const keeper = createKeeper(ledger.fleet);
    const held = await keeper.take('r1');
    expect(await keeper.take('r1')).toBeUndefined();
    await held?.release();
    expect(await keeper.take('r1')).toBeDefined();
    await keeper.end();
  });

  it('keeps it for longer than a lease, and says at once that it was lost', async () => {
    const keeper = createKeeper(ledger.fleet, 200);
    const held = await keeper.take('r1');
    if (held === undefined) throw new Error('it was free');
    await wait(600);
    expect(held.lost.aborted).toBe(false);
    expect((await ledger.fleet.claim('r1', 'other/1/x', 60_000)).kind).toBe('held');
    await ledger.fleet.release('r1', keeper.holder);
    expect((await ledger.fleet.claim('r1', 'other/1/x', 60_000)).kind).toBe('taken');
    expect(await aborted(held.lost)).toBeInstanceOf(LeaseLost);
    // What is another's by now is left to it.
    await held.release();
    expect((await ledger.fleet.claim('r1', 'third/1/x', 60_000)).kind).toBe('held');
    await keeper.end();
  });

  it('counts as lost what a ledger that does not answer cannot keep', async () => {
    const silent = { ...ledger.fleet, renew: () => Promise.reject(new Error('the database is gone')) };
    const keeper = createKeeper(silent, 200);
    const held = await keeper.take('r1');
    expect(held && (await aborted(held.lost))).toBeInstanceOf(LeaseLost);
    await keeper.end();
  });
});

describe('who has lost a lease', () => {
  const id = idOf('a');

  it('writes no intent and no receipt for a key', async () => {
    await ledger.upsert(entry({ id: idOf('a') }));
    await ledger.fleet.claim(keyLease(id), 'mine', 60_000);
    await ledger.intend(orderFor(entry({ id: idOf('a') })), 'revoke', { holder: 'mine', run: 'night' });
    await ledger.fleet.release(keyLease(id), 'mine');
    await ledger.fleet.claim(keyLease(id), 'theirs', 60_000);
    await expect(ledger.settle(id, receipt('revoked', 1), { holder: 'mine' })).rejects.toThrow(LeaseLost);
    await expect(
      ledger.intend(orderFor(entry({ id: idOf('a') })), 'revoke', { holder: 'mine' }),
    ).rejects.toThrow(LeaseLost);
    expect(await ledger.unfinished()).toHaveLength(1);
    await ledger.settle(id, receipt('revoked', 1), { holder: 'theirs' });
    expect(await ledger.unfinished()).toEqual([]);
    expect(await ledger.acts('night')).toMatchObject([{ id, step: 'revoke', outcome: 'revoked' }]);
  });

  it('writes the intents of the keys that it still holds, and says which', async () => {
    for (const name of ['a', 'b']) await ledger.upsert(entry({ id: idOf(name) }));
    await ledger.fleet.claim(keyLease(idOf('b')), 'mine', 60_000);
    const written = await ledger.intendAll(
      [orderFor(entry({ id: idOf('a') })), orderFor(entry({ id: idOf('b') }))],
      'revoke',
      { holder: 'mine' },
    );
    expect(written).toEqual(new Set([idOf('b')]));
  });

  it('writes no cursor for a repository', async () => {
    const { fleet } = ledger;
    const listed = {
      key: 'h/1',
      host: 'h',
      name: 'acme/r1',
      url: 'https://h/acme/r1.git',
      exposure: 'public' as const,
      archived: false,
      fork: false,
      sizeKb: 1,
      pushedAt: '2026-01-01T00:00:00.000Z',
    };
    await fleet.listed([listed]);
    const scanned = {
      repository: 'h/1',
      exposure: 'public' as const,
      push: listed.pushedAt,
      sources: [{ source: 'git', cursor: '{}', skipped: [], findings: [], whole: true }],
      problem: undefined,
      fence: { name: 'repository h/1', holder: 'mine' },
    };
    await expect(fleet.commit(scanned)).rejects.toThrow(LeaseLost);
    expect(await fleet.cursor('h/1', 'git')).toBeUndefined();
    await fleet.claim('repository h/1', 'mine', 60_000);
    await fleet.commit(scanned);
    expect(await fleet.cursor('h/1', 'git')).toBeDefined();
  });
});

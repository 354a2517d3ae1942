// What every store of keyburn must do for org-wide scans, whatever database is behind it.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ledger, ListedRepository, Scanned } from '../../src/record/index.ts';
import { at, entry, idOf, live, receipt, revoked } from './sample.ts';

const listed = (id: number, more: Partial<ListedRepository> = {}): ListedRepository => ({
  key: `git.example.com/${id}`,
  host: 'git.example.com',
  name: `acme/r${id}`,
  url: `https://git.example.com/acme/r${id}.git`,
  exposure: 'public',
  archived: false,
  fork: false,
  sizeKb: 10,
  pushedAt: at(id),
  ...more,
});

const scanned = (id: number, more: Partial<Scanned> = {}): Scanned => ({
  repository: `git.example.com/${id}`,
  exposure: 'public',
  push: at(id),
  sources: [
    {
      source: 'git',
      cursor: '{"tips":[]}',
      skipped: [],
      whole: true,
      findings: [
        {
          id: idOf('a'),
          rule: 'acme-token',
          service: 'acme',
          preview: 'acm_…',
          verdict: live(1),
          again: false,
        },
      ],
    },
  ],
  problem: undefined,
  ...more,
});

export function fleetContract(
  engine: string,
  open: (now: () => Date) => Promise<{ ledger: Ledger; drop: () => Promise<void> }>,
): void {
  describe(`the contract of a fleet's memory on ${engine}`, () => {
    let ledger: Ledger;
    let drop: () => Promise<void>;
    let minute = 0;
    beforeEach(async () => {
      minute = 0;
      ({ ledger, drop } = await open(() => new Date(at(minute))));
    });
    afterEach(() => drop());
    const known = async (id: number) =>
      (await ledger.fleet.repositories()).find(({ key }) => key === `git.example.com/${id}`);

    it('lists the last pushed first, and each once', async () => {
      await ledger.fleet.listed([listed(1), listed(3), listed(2), listed(1)]);
      expect((await ledger.fleet.repositories()).map(({ name }) => name)).toEqual([
        'acme/r3',
        'acme/r2',
        'acme/r1',
      ]);
    });

    it('keeps the history of one that was renamed, by its id', async () => {
      await ledger.fleet.listed([listed(1)]);
      await ledger.fleet.commit(scanned(1));
      await ledger.fleet.listed([
        listed(1, { name: 'beta/new', url: 'https://git.example.com/beta/new.git' }),
      ]);
      expect(await known(1)).toMatchObject({ name: 'beta/new', scannedPush: at(1) });
      expect(await ledger.fleet.cursor('git.example.com/1', 'git')).toMatchObject({ cursor: '{"tips":[]}' });
      expect(await ledger.fleet.foundIn('git.example.com/1')).toEqual(new Set([idOf('a')]));
    });

    it('reads one again whose circle of readers has changed', async () => {
      await ledger.fleet.listed([listed(1, { exposure: 'private' })]);
      await ledger.fleet.commit(scanned(1, { exposure: 'private' }));
      await ledger.fleet.listed([listed(1, { exposure: 'private' })]);
      expect(await known(1)).toMatchObject({ scannedPush: at(1) });
      await ledger.fleet.listed([listed(1)]);
      expect(await known(1)).toMatchObject({ scannedPush: null, exposure: 'public' });
    });

    it('forgets in a purge those that have long been gone, and reads one that comes back from its beginning', async () => {
      await ledger.fleet.listed([1, 2, 3, 4].map((id) => listed(id)));
      for (const [id, digit] of [
        [1, 'a'],
        [2, 'b'],
        [3, 'a'],
      ] as const) {
        const [source] = scanned(id).sources;
        const [finding] = source?.findings ?? [];
        if (!source || !finding) throw new Error('no finding');
        const findings = [{ ...finding, id: idOf(digit) }];
        await ledger.fleet.commit(scanned(id, { sources: [{ ...source, findings }] }));
      }
      await ledger.upsert(entry({ id: idOf('a'), verdict: revoked(1) }));
      await ledger.upsert(entry({ id: idOf('b') }));
      await ledger.fleet.keepEtag('/orgs/acme/repos', '"1"', '[1]');
      await ledger.fleet.gone([1, 2].map((id) => `git.example.com/${id}`));
      minute = 1000;
      await ledger.fleet.gone(['git.example.com/4']);
      const word = { before: at(500), by: 'ann' };
      const counted = await ledger.purge({ ...word, dry: true });
      expect(counted).toMatchObject({ incidents: 1, repositories: 1, answers: 1 });
      expect(await ledger.purge({ ...word, dry: false })).toEqual(counted);
      // The key of the second one is open, the third is there, the fourth has not been gone for long.
      const left = (await ledger.fleet.repositories()).map(({ name }) => name);
      expect(left.sort()).toEqual(['acme/r2', 'acme/r3', 'acme/r4']);
      expect(await ledger.fleet.etag('/orgs/acme/repos')).toBeUndefined();
      await ledger.fleet.listed([listed(1)]);
      expect(await known(1)).toMatchObject({ scannedPush: null });
      expect(await ledger.fleet.cursor('git.example.com/1', 'git')).toBeUndefined();
      expect(await ledger.fleet.foundIn('git.example.com/1')).toEqual(new Set());
    });

    it('brings back one that was gone', async () => {
      await ledger.fleet.listed([listed(1), listed(2)]);
      await ledger.fleet.gone(['git.example.com/2']);
      expect(await known(2)).toMatchObject({ gone: true });
      await ledger.fleet.listed([listed(2)]);
      expect(await known(2)).toMatchObject({ gone: false });
    });

    it('writes findings, cursor and what goes along, or nothing of it', async () => {
      await ledger.fleet.listed([listed(1)]);
      const refused = ledger.fleet.commit(scanned(1), async (sql) => {
        await sql("insert into marks (name, value) values ('next', 'job')", []);
        throw new Error('the queue is away');
      });
      await expect(refused).rejects.toThrow('the queue is away');
      expect(await ledger.fleet.cursor('git.example.com/1', 'git')).toBeUndefined();
      expect(await ledger.fleet.foundIn('git.example.com/1')).toEqual(new Set());
      expect(await ledger.fleet.mark('next')).toBeUndefined();
      await ledger.fleet.commit(scanned(1), async (sql) => {
        await sql("insert into marks (name, value) values ('next', 'job')", []);
      });
      expect(await ledger.fleet.mark('next')).toBe('job');
      expect(await known(1)).toMatchObject({ scannedPush: at(1), problem: null, tries: 0 });
    });

    it('leaves one due that had a problem, and counts its tries', async () => {
      await ledger.fleet.listed([listed(1)]);
      await ledger.fleet.commit(scanned(1, { problem: 'wiki: 404' }));
      expect(await known(1)).toMatchObject({ scannedPush: null, problem: 'wiki: 404', tries: 1 });
      await ledger.fleet.troubled('git.example.com/1', 'gone');
      expect(await known(1)).toMatchObject({ problem: 'gone', tries: 2 });
      await ledger.fleet.commit(scanned(1));
      expect(await known(1)).toMatchObject({ scannedPush: at(1), problem: null, tries: 0 });
    });

    it('leaves one due that has more to read, and one as it is that was looked at for other things', async () => {
      await ledger.fleet.listed([listed(1)]);
      await ledger.fleet.commit(scanned(1, { more: true }));
      expect(await known(1)).toMatchObject({ scannedPush: null, problem: null, tries: 0 });
      await ledger.fleet.commit(scanned(1));
      await ledger.fleet.commit(scanned(1, { push: undefined }));
      expect(await known(1)).toMatchObject({ scannedPush: at(1), problem: null });
      await ledger.fleet.commit(scanned(1, { push: undefined, more: true }));
      expect(await known(1)).toMatchObject({ scannedPush: null });
    });

    it('tells how the cursors of some sources begin', async () => {
      await ledger.fleet.listed([listed(1), listed(2)]);
      const source = (name: string, cursor: string) => ({
        source: name,
        cursor,
        skipped: [],
        findings: [],
        whole: true,
      });
      await ledger.fleet.commit(
        scanned(1, { sources: [source('logs', `{"lives":true,${'x'.repeat(1_500)}`)] }),
      );
      await ledger.fleet.commit(scanned(2, { sources: [source('git', '{}'), source('wiki', '{"lives"')] }));
      const heads = await ledger.fleet.heads(['logs', 'wiki'], ['git.example.com/1', 'git.example.com/2']);
      expect(heads.map(({ repository, source: name }) => `${repository} ${name}`).sort()).toEqual([
        'git.example.com/1 logs',
        'git.example.com/2 wiki',
      ]);
      expect(heads.find(({ source: name }) => name === 'logs')).toMatchObject({
        head: expect.stringMatching(/^\{"lives":true,x+$/),
        readAt: at(minute),
      });
      expect(heads.every(({ head }) => head.length <= 1_000)).toBe(true);
      expect(await ledger.fleet.heads(['wiki'], ['git.example.com/1'])).toEqual([]);
      expect(await ledger.fleet.heads([], ['git.example.com/1'])).toEqual([]);
    });

    it('remembers gaps until they are read', async () => {
      await ledger.fleet.listed([listed(1)]);
      const gap = { path: 'x.pack', why: 'damaged' };
      const [source] = scanned(1).sources;
      if (source === undefined) throw new Error('a sample without a source');
      await ledger.fleet.commit(scanned(1, { sources: [{ ...source, skipped: [gap] }] }));
      expect(await ledger.fleet.gaps()).toEqual([{ repository: 'acme/r1', source: 'git', skipped: [gap] }]);
      await ledger.fleet.commit(scanned(1));
      expect(await ledger.fleet.gaps()).toEqual([]);
    });

    it('knows which repositories hold keys that are not done with', async () => {
      await ledger.fleet.listed([listed(1), listed(2)]);
      await ledger.upsert(entry({ verdict: live(1), exposure: 'public' }));
      await ledger.fleet.commit(scanned(1));
      expect(await ledger.fleet.attention()).toEqual([
        {
          repository: 'git.example.com/1',
          source: 'git',
          intended: false,
          live: true,
          exposure: 'public',
          again: false,
          approved: false,
          checkedAt: at(1),
        },
      ]);
      expect(await ledger.fleet.alive()).toMatchObject([{ id: idOf('a'), firstSeen: at(0) }]);
      await ledger.settle(idOf('a'), receipt('revoked', 2));
      expect(await ledger.fleet.attention()).toEqual([]);
      expect(await ledger.fleet.alive()).toEqual([]);
    });

    it('forgets in a whole read that somebody could not be reached', async () => {
      await ledger.fleet.listed([listed(1)]);
      const unknown = { state: 'unknown', why: 'timeout' } as const;
      const [source] = scanned(1).sources;
      const [finding] = source?.findings ?? [];
      if (source === undefined || finding === undefined) throw new Error('a sample without a finding');
      const doubtful = { ...source, findings: [{ ...finding, verdict: unknown, again: true }] };
      await ledger.fleet.commit(scanned(1, { sources: [doubtful] }));
      expect(await ledger.fleet.attention()).toMatchObject([{ again: true, live: false }]);
      await ledger.fleet.commit(scanned(1, { sources: [{ ...source, findings: [], whole: false }] }));
      expect(await ledger.fleet.attention()).toMatchObject([{ again: true }]);
      await ledger.fleet.commit(scanned(1, { sources: [{ ...source, findings: [] }] }));
      expect(await ledger.fleet.attention()).toEqual([]);
    });

    it('gives the cursors of a fork network to its other members', async () => {
      await ledger.fleet.listed([listed(1), listed(2, { fork: true }), listed(3)]);
      await ledger.fleet.setNetwork('git.example.com/2', 'git.example.com/1');
      await ledger.fleet.commit(scanned(1));
      await ledger.fleet.commit(scanned(3));
      const fork = await known(2);
      if (fork === undefined) throw new Error('not listed');
      expect(await ledger.fleet.networkCursors(fork, 'git')).toHaveLength(1);
      await ledger.fleet.listed([listed(2, { fork: true })]);
      expect(await known(2)).toMatchObject({ network: 'git.example.com/1' });
    });

    it('gives a lease to one at a time, until it runs out', async () => {
      const { fleet } = ledger;
      expect(await fleet.claim('r1', 'a', 60_000)).toEqual({ kind: 'taken', fromDead: false });
      expect(await fleet.claim('r1', 'b', 60_000)).toEqual({ kind: 'held', by: 'a', until: at(1) });
      expect(await fleet.claim('r1', 'a', 60_000)).toEqual({ kind: 'taken', fromDead: false });
      minute = 2;
      expect(await fleet.claim('r1', 'b', 60_000)).toEqual({ kind: 'taken', fromDead: true });
      expect(await fleet.renew(['r1', 'r2'], 'a', 60_000)).toEqual(new Set());
      expect(await fleet.renew(['r1', 'r2'], 'b', 60_000)).toEqual(new Set(['r1']));
      await fleet.release('r1', 'a');
      expect(await fleet.claim('r1', 'a', 60_000)).toMatchObject({ kind: 'held' });
      await fleet.release('r1', 'b');
      expect(await fleet.claim('r1', 'a', 60_000)).toMatchObject({ kind: 'taken' });
    });

    it('gives a lease to one of many that race for it', async () => {
      const claims = await Promise.all(
        Array.from({ length: 12 }, (_, index) => ledger.fleet.claim('race', `holder ${index}`, 60_000)),
      );
      expect(claims.filter(({ kind }) => kind === 'taken')).toHaveLength(1);
    });

    it('spaces out what asks for a turn, whoever asks', async () => {
      const waits = await Promise.all([1, 2, 3, 4].map(() => ledger.fleet.turn('issuer acme', 250)));
      expect(waits.toSorted((a, b) => a - b)).toEqual([0, 250, 500, 750]);
      expect(await ledger.fleet.turn('issuer beta', 250)).toBe(0);
      minute = 1;
      expect(await ledger.fleet.turn('issuer acme', 250)).toBe(0);
    });

    it('keeps answers with their ETags, and marks', async () => {
      await ledger.fleet.keepEtag('/orgs/acme/repos', '"1"', '[1]');
      await ledger.fleet.keepEtag('/orgs/acme/repos', '"2"', '[2]');
      expect(await ledger.fleet.etag('/orgs/acme/repos')).toEqual({ etag: '"2"', body: '[2]' });
      expect(await ledger.fleet.etag('/orgs/beta/repos')).toBeUndefined();
      await ledger.fleet.setMark('full', at(1));
      await ledger.fleet.setMark('full', at(2));
      expect(await ledger.fleet.mark('full')).toBe(at(2));
    });
  });
}

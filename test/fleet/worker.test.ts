// Workers over a real PostgreSQL: the queue, its dead letters, and what all of them share.
import { writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMetrics, serveMetrics } from '../../src/fleet/metrics.ts';
import { openQueue, within } from '../../src/fleet/queue.ts';
import { openLedger } from '../../src/record/index.ts';
import { zip } from '../read/archive/zip-writer.ts';
import { noPostgres, type PostgresServer, startPostgres } from '../record/postgres-server.ts';
import { commentOf, issueOf, ranIn } from './beside.ts';
import { commit, makeBare } from './repositories.ts';
import { OrgStage } from './stage.ts';

describe.skipIf(noPostgres)(
  `keyburn worker${noPostgres ? ` (${noPostgres})` : ''}`,
  { timeout: 90_000 },
  () => {
    let server: PostgresServer;
    let stage: OrgStage;
    beforeAll(async () => {
      server = await startPostgres();
    });
    afterAll(() => server?.stop());
    beforeEach(async () => {
      stage = await OrgStage.set();
      stage.env.KEYBURN_DATABASE_URL = await server.database();
    });
    afterEach(() => stage.close());

    const worker = (...args: string[]) =>
      stage.keyburn('worker', ...args, '--base-url', stage.github.api, '--threads', '1', '--until-idle');
    const host = (id: number, text: string): string => {
      const folder = makeBare(stage.hosted, id);
      commit(folder, [{ files: { 'pay.env': text } }]);
      stage.github.add({ id, name: `acme/r${id}` });
      return folder;
    };

    it('does what was put into the queue, once, and then nothing', async () => {
      const keys = await Promise.all([1, 2, 3, 4].map(() => stage.key()));
      for (const [index, key] of keys.entries()) host(index + 1, `K=${key}\n`);
      const ran = await worker('acme', '--now', '--revoke');
      expect(ran.code, ran.stderr).toBe(0);
      for (const key of keys) expect(await stage.works(key), ran.stderr).toBe(false);
      expect(stage.told()).toHaveLength(4);
      const packs = stage.github.git.packs;
      const again = await worker('acme', '--now', '--revoke');
      expect(again.stderr).toContain('acme: 0 repositories to scan');
      expect(stage.github.git.packs).toBe(packs);
      expect(stage.told()).toHaveLength(4);
      const status = await stage.keyburn('fleet', 'status', '--format', 'json');
      expect(status.code, status.stdout).toBe(0);
      expect(JSON.parse(status.stdout)).toMatchObject({
        repositories: { known: 4, scanned: 4 },
        keys: { found: 4, burned: 4, alive: 0 },
        due: 0,
        dead: [],
      });
    });

    it('reads what stands beside the code, with the same limits, and goes on behind the others', async () => {
      const keys = await Promise.all([1, 2, 3].map(() => stage.key()));
      for (const id of [1, 2]) host(id, 'nothing here\n');
      const beside = stage.github.beside(1);
      const [issue = '', log = '', late = ''] = keys;
      beside.issues.push(issueOf(`K=${issue}`));
      const logOf = (text: string) => zip([{ name: 'b.txt', content: text }]);
      ranIn(beside, logOf(`K=${log}\n`));
      const all = ['--sources', 'all', '--revoke', '--delete-leaked-logs'];
      const ran = await worker('acme', '--now', ...all);
      expect(ran.code, ran.stderr).toBe(0);
      for (const key of [issue, log]) expect(await stage.works(key), ran.stderr).toBe(false);
      expect(beside.deleted).toHaveLength(1);
      stage.github.calls.length = 0;
      const again = await worker('acme', '--now', ...all);
      // What is new in a hundred repositories, and what ran in a hundred workflows.
      expect(again.stderr).toContain('acme: 0 repositories to scan');
      expect(stage.github.calls.map(({ path, status }) => `${path.replace(/\?.*/, '')} ${status}`)).toEqual([
        '/orgs/acme/repos 304',
        '/graphql 200',
        '/graphql 200',
      ]);
      stage.github.beside(2).commitComments.push(commentOf(`K=${late}`));
      const third = await worker('acme', '--now', ...all);
      expect(await stage.works(late), third.stderr).toBe(false);
      expect(stage.told()).toHaveLength(3);
    });

    it('gives way in the middle of a source, and another job goes on with it', {
      timeout: 240_000,
    }, async () => {
      host(1, 'nothing here\n');
      const beside = stage.github.beside(1);
      const quiet = zip([{ name: 'b.txt', content: 'nothing\n' }]);
      const key = await stage.key();
      ranIn(beside, zip([{ name: 'b.txt', content: `K=${key}\n` }]), new Date(Date.now() - 9_000_000));
      for (let index = 0; index < 510; index++)
        ranIn(beside, quiet, new Date(Date.now() - 8_000_000 + index));
      const ran = await worker('acme', '--now', '--sources', 'logs', '--revoke', '--metrics', '0');
      expect(await stage.works(key), ran.stderr).toBe(false);
      const logs = stage.github.calls.filter(({ path }) => path.endsWith('/logs'));
      expect(logs).toHaveLength(511);
      const boss = await openQueue(stage.env.KEYBURN_DATABASE_URL ?? '', () => undefined);
      const jobs = await boss.findJobs('keyburn-repositories');
      await boss.stop({ graceful: false });
      expect(jobs.map(({ state }) => state)).toEqual(['completed', 'completed']);
    });

    it('keeps a living key on its list, and a schedule', async () => {
      host(1, `K=${await stage.key()}\n`);
      await worker('acme', '--now', '--cron', '23 1 * * *');
      const status = await stage.keyburn('fleet', 'status');
      expect(status.stdout).toMatch(/rechecks +1 jobs/);
      expect(status.stdout).toContain('23 1 * * *  org.acme');
      expect(status.stdout).toContain('still alive, the oldest first');
    });

    it('puts aside what fails again and again, and shows it', async () => {
      const boss = await openQueue(stage.env.KEYBURN_DATABASE_URL ?? '', () => undefined);
      // As after six tries: what decides is what pg-boss does with the last one.
      await boss.send(
        'keyburn-repositories',
        { key: 'x/1', whole: false },
        { singletonKey: 'x/1', retryLimit: 0 },
      );
      const [job] = await boss.fetch('keyburn-repositories', { includeMetadata: true });
      await boss.fail('keyburn-repositories', job?.id ?? '', { why: 'git: it comes damaged' });
      await boss.stop({ graceful: false });
      const status = await stage.keyburn('fleet', 'status');
      expect(status.code).toBe(2);
      expect(status.stdout).toContain('x/1: git: it comes damaged');
      expect((await stage.keyburn('fleet', 'retry')).stdout).toBe('1 job put back to work\n');
      expect((await stage.keyburn('fleet', 'status', '--format', 'json')).stdout).toContain('"dead":[]');
    });

    it('writes findings, cursors, the end of the job and the next jobs, or none of them', async () => {
      const address = stage.env.KEYBURN_DATABASE_URL ?? '';
      const ledger = await openLedger(stage.home, { database: address });
      const boss = await openQueue(address, () => undefined);
      await ledger.fleet.listed([
        {
          key: 'h/1',
          host: 'h',
          name: 'acme/r1',
          url: 'https://h/acme/r1.git',
          exposure: 'public',
          archived: false,
          fork: false,
          sizeKb: 1,
          pushedAt: '2026-01-01T00:00:00.000Z',
        },
      ]);
      const scanned = {
        repository: 'h/1',
        exposure: 'public' as const,
        push: '2026-01-01T00:00:00.000Z',
        sources: [{ source: 'git', cursor: '{}', skipped: [], findings: [], whole: true }],
        problem: undefined,
      };
      const waiting = async () => (await boss.findJobs('keyburn-rechecks')).length;
      const refused = ledger.fleet.commit(scanned, async (sql) => {
        await boss.send('keyburn-rechecks', { key: 'h/1', whole: true }, { db: within(sql) });
        throw new Error('killed');
      });
      await expect(refused).rejects.toThrow('killed');
      expect([await waiting(), await ledger.fleet.cursor('h/1', 'git')]).toEqual([0, undefined]);
      await ledger.fleet.commit(scanned, async (sql) => {
        await boss.send('keyburn-rechecks', { key: 'h/1', whole: true }, { db: within(sql) });
      });
      expect([await waiting(), (await ledger.fleet.cursor('h/1', 'git'))?.cursor]).toEqual([1, '{}']);
      await boss.stop({ graceful: false });
      await ledger.end();
    });

    it('says so when nothing is shared', async () => {
      delete stage.env.KEYBURN_DATABASE_URL;
      const ran = await worker('acme', '--now');
      expect(ran.code).toBe(2);
      expect(ran.stderr).toContain('KEYBURN_DATABASE_URL');
    });

    it('tells numbers, and nothing else', async () => {
      const secret = await stage.key();
      host(1, `K=${secret}\n`);
      await worker('acme', '--now');
      const ledger = await openLedger(stage.home, { database: stage.env.KEYBURN_DATABASE_URL });
      const metrics = createMetrics(ledger, async () => ({ repositories: 3 }));
      metrics.count('keyburn_bytes_read_total', 12);
      const served = await serveMetrics(metrics, { host: '127.0.0.1', port: 0 });
      const text = await get(served.url);
      expect(text).toContain('# TYPE keyburn_bytes_read_total counter\nkeyburn_bytes_read_total 12\n');
      expect(text).toContain('keyburn_keys_alive{exposure="public"} 1\n');
      expect(text).toContain('keyburn_repositories{state="scanned"} 1\n');
      expect(text).toContain('keyburn_jobs_waiting{queue="repositories"} 3\n');
      expect(text).not.toContain('acme');
      expect(text).not.toContain(secret);
      for (const line of text.trim().split('\n'))
        expect(line).toMatch(/^(?:# (?:HELP|TYPE) [a-z_]+ .+|[a-z_]+(?:\{[a-z]+="[a-z]+"\})? \d+)$/);
      await served.close();
      await ledger.end();
    });

    it('tells once more of a key that nobody handles', async () => {
      host(1, `K=${await stage.key()}\n`);
      writeFileSync(
        join(stage.folder, 'keyburn.toml'),
        `[[notify]]\nname = "owner"\nkind = "file"\nkinds = ["overdue"]\npath = ${JSON.stringify(stage.toldFile)}\n`,
      );
      await worker('acme', '--now');
      const { followUp } = await import('../../src/fleet/follow-up.ts');
      const { createNotifier } = await import('../../src/notify/index.ts');
      const { loadConfig } = await import('../../src/config/index.ts');
      const ledger = await openLedger(stage.home, { database: stage.env.KEYBURN_DATABASE_URL });
      const { notify } = await loadConfig({ given: stage.env.KEYBURN_CONFIG, env: {}, home: stage.home });
      const notifier = await createNotifier({ channels: notify, outbox: ledger.outbox });
      const scan = { notifier, now: () => new Date(Date.now() + 2 * 3_600_000) };
      const use = { ledger, scan } as unknown as Parameters<typeof followUp>[0];
      expect(await followUp(use, { escalateMs: 3 * 3_600_000, digestMs: 0 })).toBe(0);
      expect(await followUp(use, { escalateMs: 3_600_000, digestMs: 0 })).toBe(1);
      expect(await followUp(use, { escalateMs: 3_600_000, digestMs: 0 })).toBe(0);
      expect(stage.told().map(({ type }) => type)).toEqual(['incident.overdue']);
      await ledger.end();
    });
  },
);

function get(url: string): Promise<string> {
  return new Promise((done, refuse) => {
    request(url, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => {
        text += piece;
      });
      response.on('end', () => done(text));
    })
      .on('error', refuse)
      .end();
  });
}

// Intent before, proof after, at every connector: a process that dies at any moment between the two leaves its notice to the next one,
// which gives it once. What was dead before anybody reported it is nobody's work, and no notice.
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Concluded, createLeakDesk, type Issuer, openStore } from '../../src/keyservice/index.ts';
import { createSeal } from '../../src/keyservice/leaks/seal.ts';
import { noPostgres, postgres, type Stage, stages, webhook } from './stages.ts';

type Moment = 'before the call' | 'after the call, before its answer was written down';

const SEAL = randomBytes(32);
const never = () => new Promise<never>(() => undefined);

/** Dies at that moment: nothing of it goes on, and all that is left is what is on disk. */
function dying(issuer: Issuer, moment: Moment, reached: () => void): Issuer {
  return {
    ...issuer,
    close: async () => undefined,
    burn: async (leak) => {
      const begin = () => {
        leak.attempt.begin();
        if (moment === 'before the call') {
          reached();
          throw new Error('killed');
        }
      };
      await issuer.burn({ ...leak, attempt: { ...leak.attempt, begin } }).catch(() => undefined);
      reached();
      return never();
    },
  };
}

async function homeOf(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'keyburn-connect-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  return home;
}

function deskOf(home: string, issuer: Issuer, told: Concluded[]) {
  const store = openStore(home);
  onTestFinished(() => store.close());
  return createLeakDesk({
    store,
    now: () => new Date(),
    log: () => undefined,
    issuers: [{ ...issuer, pattern: issuer.pattern ?? /^acme_/, close: async () => undefined }],
    seal: createSeal(SEAL),
    later: () => undefined,
    tell: async (concluded) => void told.push(concluded),
  });
}

async function reported(home: string, issuer: Issuer, key: string): Promise<void> {
  const desk = deskOf(home, issuer, []);
  const foundAt = { url: 'https://github.com/acme/shop', exposure: 'public' } as const;
  await desk.take([{ token: key, foundAt, foundTime: '2026-11-21T00:00:00.000Z' }], 'github-secret-scanning');
  await desk.close();
}

async function killedAt(home: string, stage: Stage, moment: Moment): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const desk = deskOf(home, dying(stage.issuer, moment, resolve), []);
  void desk.drain();
  await promise;
}

/** What the next start tells, and the one after it. */
async function restarted(home: string, { issuer }: Stage): Promise<readonly Concluded[]> {
  const told: Concluded[] = [];
  for (let start = 0; start < 2; start++) {
    const desk = deskOf(home, issuer, told);
    await desk.drain();
    await expect.poll(() => desk.counts().waiting).toBe(0);
    await desk.close();
  }
  return told;
}

const far: Readonly<Record<string, () => Promise<Stage>>> = {
  ...Object.fromEntries(Object.entries(stages).filter(([name]) => name !== 'the embedded service')),
  'a table in PostgreSQL that forgets what it burns': () =>
    postgres({ burn: 'delete from api_key where hash = $1' }),
};

describe.each(Object.keys(far))('%s', (name) => {
  const skipped = name.includes('PostgreSQL') && noPostgres !== undefined;
  const open = async (): Promise<Stage> => {
    const stage = await far[name]?.();
    if (!stage) throw new Error(name);
    return stage;
  };

  test
    .skipIf(skipped)
    .each<Moment>(['before the call', 'after the call, before its answer was written down'])(
    'killed %s: the next start tells of it, once',
    async (moment) => {
      const [stage, home] = [await open(), await homeOf()];
      const key = await stage.mint();
      await reported(home, stage.issuer, key);
      await killedAt(home, stage, moment);
      expect(await restarted(home, stage)).toMatchObject([{ outcome: 'dead', by: 'github-secret-scanning' }]);
      expect(await stage.alive(key)).toBe(false);
    },
  );

  test.skipIf(skipped)('what was dead before is not told', async () => {
    const [stage, home] = [await open(), await homeOf()];
    const key = await stage.mint();
    await stage.issuer.burn({
      hash: stage.issuer.digest?.(key) ?? createHash('sha256').update(key).digest(),
      key,
      by: 'public-report',
      foundAt: { exposure: 'public' },
      foundTime: '2026-11-20T00:00:00.000Z',
      attempt: { begun: false, begin: () => undefined },
    });
    expect(await stage.alive(key)).toBe(false);
    await reported(home, stage.issuer, key);
    expect(await restarted(home, stage)).toEqual([]);
  });
});

test('a webhook hears of it again under the same id', async () => {
  const [stage, home] = [await webhook(), await homeOf()];
  await reported(home, stage.issuer, await stage.mint());
  await killedAt(home, stage, 'after the call, before its answer was written down');
  await restarted(home, stage);
  expect(stage.seen).toHaveLength(2);
  expect(new Set(stage.seen.map(({ id }) => id)).size).toBe(1);
});

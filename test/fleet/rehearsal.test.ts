// The rehearsal in small: workers that are killed, on both stores. `npm run rehearse:org` is the same at any size.
import { describe, expect, it } from 'vitest';
import { noPostgres } from '../record/postgres-server.ts';
import { type RehearsalOptions, rehearse } from './rehearsal.ts';

const small: RehearsalOptions = {
  repos: 12,
  workers: 2,
  store: 'sqlite',
  keys: 10,
  pushes: 3,
  from: [],
  killEveryMs: 2_500,
  mostKills: 2,
  restartAfterMs: 0,
  seed: 7,
  greedy: 0,
  say: () => undefined,
};

const kept = {
  repositories: 12,
  broken: 1,
  unscanned: [],
  // One pushed, three written, and the bomb and the 403 are named.
  keys: 14,
  found: 14,
  closed: 14,
  gaps: [expect.stringMatching(/logs: .*a bomb/), expect.stringMatching(/artifacts: .*403/)],
  stillWork: 0,
  told: 14,
  toldTwice: 0,
};

describe('an org scanned by workers that are killed', { timeout: 180_000 }, () => {
  it('comes through on one machine', async () => {
    const result = await rehearse(small);
    expect(result).toMatchObject(kept);
    expect(result.full.kills).toBeGreaterThan(0);
  });

  it.skipIf(noPostgres)(
    `comes through on PostgreSQL, restarted${noPostgres ? ` (${noPostgres})` : ''}`,
    async () => {
      const result = await rehearse({
        ...small,
        store: 'postgres',
        mostKills: 1,
        restartAfterMs: 4_000,
        seed: 8,
      });
      expect(result).toMatchObject(kept);
    },
  );
});

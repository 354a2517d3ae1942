// A mass leak: 1,200 living keys of one issuer over twelve repositories. Few calls, an intent for each key before and a proof after,
// whoever is killed in between.

import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { builtInRules, fillTemplate, loadRules } from '../../src/detect/index.ts';
import { openLedger } from '../../src/record/index.ts';
import { noPostgres, type PostgresServer, startPostgres } from '../record/postgres-server.ts';
import { startGitHubKeys } from '../revoke/github-keys.ts';
import { commit, makeBare } from './repositories.ts';
import { OrgStage } from './stage.ts';

const SCRIPT = fileURLToPath(new URL('mass-leak-run.ts', import.meta.url));
const REPOSITORIES = 12;

let stage: OrgStage;
beforeEach(async () => {
  stage = await OrgStage.set();
});
afterEach(() => stage.close());

/** Keys over the repositories. @param twice every so manieth stands in two of them */
async function leak(number: number, twice = 100): Promise<readonly string[]> {
  const { rules } = await loadRules([builtInRules]);
  const rule = rules.find(({ id }) => id === 'github-pat-classic');
  if (!rule) throw new Error('no rule');
  const keys = Array.from({ length: number }, (_, n) => fillTemplate(rule.match[0] ?? '', rule, n).text);
  for (let id = 1; id <= REPOSITORIES; id++) {
    const own = keys.filter((_, index) => index % REPOSITORIES === id - 1);
    const others = keys.filter(
      (_, index) => index > 0 && index % twice === 0 && (index + 7) % REPOSITORIES === id - 1,
    );
    const text = [...own, ...others].map((key, index) => `user${index}: ${key}`).join('\n');
    commit(makeBare(stage.hosted, id), [{ files: { 'dump.txt': `${text}\n` } }]);
    stage.github.add({ id, name: `acme/r${id}` });
  }
  return keys;
}

function start(issuer: string, first = ''): { child: ChildProcess; ended: Promise<string> } {
  const child = spawn(process.execPath, [SCRIPT, stage.github.api, issuer, first], {
    env: { ...process.env, ...stage.env },
    cwd: stage.folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = (async () => {
    let said = '';
    for await (const piece of child.stderr ?? []) said += String(piece);
    return said;
  })();
  return { child, ended };
}

async function judge(number: number, said: string): Promise<void> {
  const ledger = await openLedger(stage.home, { database: stage.env.KEYBURN_DATABASE_URL });
  try {
    const incidents = await ledger.incidents();
    expect(incidents, said).toHaveLength(number);
    expect(new Set(incidents.map(({ state }) => state)), said).toEqual(new Set(['closed']));
    expect(await ledger.unfinished()).toEqual([]);
    const told = stage.told().map(({ data, type }) => `${type} ${data.incident.id}`);
    expect(new Set(told).size).toBe(number);
    expect(told).toHaveLength(number);
  } finally {
    await ledger.end();
  }
}

describe('a mass leak on one machine', () => {
  it('is a handful of calls for 1,200 keys in a dozen repositories', { timeout: 300_000 }, async () => {
    const keys = await leak(1_200);
    await using issuer = await startGitHubKeys(keys);
    const said = await start(issuer.url).ended;
    expect(issuer.live.size, said).toBe(0);
    // Twelve keys stand in two repositories: whoever comes second waits with nothing in hand, so nothing is held back for a third call.
    expect(issuer.batches).toEqual([1_000, 200]);
    expect(issuer.twice).toEqual([]);
    await judge(1_200, said);
  });

  it.each([
    ['before the issuer acted', false],
    ['after it, before its answer', true],
  ])('killed in its only call, %s, is finished by the next run', { timeout: 300_000 }, async (_, late) => {
    const keys = await leak(60, Number.POSITIVE_INFINITY);
    let running: ReturnType<typeof start> | undefined;
    await using issuer = await startGitHubKeys(keys, (count, acted) => {
      if (count === 1 && acted === late) running?.child.kill('SIGKILL');
    });
    running = start(issuer.url);
    await running.ended;
    const before = await openLedger(stage.home);
    // The double acts on what it was sent, whether or not the sender is still there.
    expect(await before.unfinished()).toHaveLength(60);
    await before.end();
    const said = await start(issuer.url).ended;
    expect(issuer.batches).toEqual([60]);
    expect(issuer.twice).toEqual([]);
    await judge(60, said);
  });
});

describe.skipIf(noPostgres)(`a mass leak with workers${noPostgres ? ` (${noPostgres})` : ''}`, () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.stop());

  it('is burned once and told once, though a worker dies in a call', { timeout: 300_000 }, async () => {
    stage.env.KEYBURN_DATABASE_URL = await server.database();
    const keys = await leak(240);
    let running: ReturnType<typeof start>[] = [];
    await using issuer = await startGitHubKeys(keys, (count, acted) => {
      if (count === 1 && acted) running[0]?.child.kill('SIGKILL');
    });
    running = [start(issuer.url, 'first'), start(issuer.url)];
    const said = (await Promise.all(running.map(({ ended }) => ended))).join('\n');
    const rest = await start(issuer.url).ended;
    expect(issuer.live.size, said + rest).toBe(0);
    expect(issuer.twice).toEqual([]);
    expect(issuer.batches.length).toBeLessThanOrEqual(10);
    await judge(240, said + rest);
  });
});

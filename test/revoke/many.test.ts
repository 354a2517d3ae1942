// 2,500 leaked keys of one issuer that takes 1,000 in a call: three calls, an intent for each key before and a proof for each after.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { builtInRules, fillTemplate, loadRules } from '../../src/detect/index.ts';
import { openLedger } from '../../src/record/index.ts';
import { startGitHubKeys } from './github-keys.ts';

const SCRIPT = join(import.meta.dirname, 'many-run.ts');
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function folder(name: string): string {
  const made = mkdtempSync(join(tmpdir(), `keyburn-${name}-`));
  folders.push(made);
  return made;
}

async function leak(count: number): Promise<{ path: string; keys: readonly string[] }> {
  const { rules } = await loadRules([builtInRules]);
  const rule = rules.find(({ id }) => id === 'github-pat-classic');
  if (!rule) throw new Error('no rule');
  const keys = Array.from({ length: count }, (_, n) => fillTemplate(rule.match[0] ?? '', rule, n).text);
  const path = folder('leak');
  writeFileSync(join(path, 'dump.txt'), keys.map((key, n) => `user${n}: ${key}`).join('\n'));
  return { path, keys };
}

function start(home: string, api: string, path: string, { breaker = 5_000, most = 1_000 } = {}) {
  const child = spawn(process.execPath, [SCRIPT, home, api, path, String(breaker), String(most)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = (async () => {
    let said = '';
    for await (const part of child.stdout) said += String(part);
    return said;
  })();
  return { child, ended };
}

describe('many keys of one issuer', () => {
  it('2,500 keys are three calls, each with its proof', { timeout: 120_000 }, async () => {
    const { path, keys } = await leak(2_500);
    await using issuer = await startGitHubKeys(keys);
    const home = folder('home');
    expect(JSON.parse(await start(home, issuer.url, path).ended)).toEqual({ live: 2_500, revoked: 2_500 });
    expect(issuer.batches).toEqual([1_000, 1_000, 500]);
    expect(issuer.live.size).toBe(0);
    const ledger = await openLedger(home);
    const incidents = await ledger.incidents();
    expect(incidents).toHaveLength(2_500);
    for (const { state, receipt } of incidents) {
      expect(state).toBe('closed');
      expect(receipt).toMatchObject({ outcome: 'revoked', proof: { state: 'rejected' } });
    }
    await ledger.end();
  });

  it.each([
    ['before the issuer acted', false],
    ['after it, before its answer', true],
  ])(
    'killed in the second call, %s: the next run finishes, and nothing is done twice',
    { timeout: 120_000 },
    async (_, late) => {
      const { path, keys } = await leak(250);
      let running: ReturnType<typeof start> | undefined;
      await using issuer = await startGitHubKeys(keys, (count, acted) => {
        if (count === 2 && acted === late) running?.child.kill('SIGKILL');
      });
      const home = folder('home');
      running = start(home, issuer.url, path, { most: 100 });
      await running.ended;
      expect(running.child.signalCode ?? (await once(running.child, 'exit'))[1]).toBe('SIGKILL');
      const before = await openLedger(home);
      const left = await before.unfinished();
      expect(left).toHaveLength(100);
      expect(new Set(left.map(({ step }) => step))).toEqual(new Set(['revoke']));
      expect(await before.unfinished(left[7]?.incident.id)).toEqual([left[7]]);
      await before.end();

      // The double acts on what it was sent, whether or not the sender is still there.
      expect(issuer.live.size).toBe(50);
      expect(JSON.parse(await start(home, issuer.url, path, { most: 100 }).ended)).toMatchObject({
        revoked: 50,
      });
      expect(issuer.batches).toEqual([100, 100, 50]);
      expect(issuer.twice).toEqual([]);
      expect(issuer.live.size).toBe(0);
      const after = await openLedger(home);
      expect(await after.unfinished()).toEqual([]);
      const states = (await after.incidents()).map(({ state }) => state);
      expect(new Set(states)).toEqual(new Set(['closed']));
      expect(states).toHaveLength(250);
      await after.end();
    },
  );

  it('the breaker counts keys, not calls', { timeout: 120_000 }, async () => {
    const { path, keys } = await leak(12);
    await using issuer = await startGitHubKeys(keys);
    expect(JSON.parse(await start(folder('home'), issuer.url, path, { breaker: 10 }).ended)).toEqual({
      live: 12,
      revoked: 10,
    });
    expect(issuer.batches).toEqual([10]);
    expect(issuer.live.size).toBe(2);
  });
});

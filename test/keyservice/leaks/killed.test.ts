import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Issuer, Leak } from '../../../src/keyservice/index.ts';
import { everythingIn, spellings, start } from '../start.ts';
import { keyServer, signed, signer } from './reporter.ts';

const CHILD = fileURLToPath(new URL('./killed-child.ts', import.meta.url));
const foreign = () => `acme_${randomBytes(16).toString('hex')}`;

async function emptyHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'keyburn-keyservice-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  return home;
}

/** The far issuer after its own service is well again. */
function wellAgain() {
  const burned: Leak[] = [];
  const issuer: Issuer = {
    id: 'far',
    needs: 'key',
    pattern: /^acme_[0-9a-f]{32}$/,
    burn: async (leak) => {
      burned.push(leak);
      return { state: 'dead', changed: true, note: 'burned' };
    },
  };
  return { burned, issuer };
}

async function child(home: string, url: string, how: 'never' | 'stuck') {
  const running = spawn(process.execPath, [CHILD, home, url, how], { stdio: ['ignore', 'pipe', 'ignore'] });
  onTestFinished(() => {
    running.kill('SIGKILL');
  });
  const lines = createInterface({ input: running.stdout })[Symbol.asyncIterator]();
  const line = async (): Promise<string> => String((await lines.next()).value);
  const base = `http://127.0.0.1:${await line()}`;
  return {
    base,
    line,
    async kill(): Promise<void> {
      const ended = once(running, 'exit');
      running.kill('SIGKILL');
      expect((await ended)[1]).toBe('SIGKILL');
    },
  };
}

describe('SIGKILL between acknowledgement and burn', () => {
  test('the keys of this service are dead before the next start serves anybody', async () => {
    const home = await emptyHome();
    const first = await start({ home });
    const keys = await Promise.all(Array.from({ length: 30 }, () => first.make()));
    const [found, safe] = [await first.make(), await first.make()];
    await first.close();

    const github = signer();
    const { url } = await keyServer(github);
    const service = await child(home, url, 'never');
    const report = keys.map(({ key }, n) => ({
      token: key,
      type: 't',
      url: `https://x.example/${n}`,
      source: 'commit',
    }));
    const answered = await fetch(`${service.base}/v1/leaks/github`, signed(github, report));
    expect(answered.status).toBe(200);
    expect(await answered.json()).toHaveLength(30);
    const form = { method: 'POST', body: new URLSearchParams({ key: found.key }) };
    expect((await fetch(`${service.base}/found`, form)).status).toBe(202);
    const alive = await fetch(`${service.base}/v1/whoami`, { headers: { 'x-api-key': keys[0]?.key ?? '' } });
    expect(alive.status).toBe(200);
    await service.kill();

    const next = await start({ home });
    for (const { key } of keys) {
      const { problem } = await next.whoami({ 'x-api-key': key });
      expect(problem).toMatchObject({ code: 'revoked_key', cause: { revoked_by: 'github-secret-scanning' } });
    }
    expect((await next.whoami({ 'x-api-key': found.key })).problem).toMatchObject({
      cause: { revoked_by: 'public-report' },
    });
    expect((await next.send('GET', '/v1/whoami', safe.key)).status).toBe(200);
  });

  test.each(['never', 'stuck'] as const)(
    'a key of another issuer (%s) waits sealed, and is burned later, once',
    async (how) => {
      const home = await emptyHome();
      const github = signer();
      const { url } = await keyServer(github);
      const service = await child(home, url, how);
      const keys = Array.from({ length: 5 }, foreign);
      const report = keys.map((token) => ({
        token,
        type: 't',
        url: `https://x.example/?k=${token}`,
        source: 'commit',
      }));
      const answered = await fetch(`${service.base}/v1/leaks/github`, signed(github, report));
      // Nobody can say at once whose they are, so there is no feedback; but they are on disk.
      expect([answered.status, await answered.json()]).toEqual([200, []]);
      expect((await fetch(`${service.base}/v1/leaks/github`, signed(github, report))).status).toBe(200);
      // The far issuer has been asked by now, and does not answer.
      if (how === 'stuck') await service.line();
      await service.kill();
      const stored = await everythingIn(home);
      for (const key of keys)
        for (const spelling of spellings(key)) expect(stored.includes(spelling)).toBe(false);

      const far = wellAgain();
      const next = await start({ home, issuers: [far.issuer], leaks: { found: {} } });
      await expect.poll(() => far.burned.length, { interval: 5 }).toBe(5);
      expect(new Set(far.burned.map(({ key }) => key))).toEqual(new Set(keys));
      await expect
        .poll(async () => await (await next.send('GET', '/v1/leaks', next.root)).json(), { interval: 5 })
        .toMatchObject({ waiting: 0, dead: 5 });
      expect(far.burned).toHaveLength(5);
    },
  );
});

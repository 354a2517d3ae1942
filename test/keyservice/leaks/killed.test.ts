import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { start } from '../start.ts';
import { keyServer, signed, signer } from './reporter.ts';

const CHILD = fileURLToPath(new URL('./killed-child.ts', import.meta.url));

test('SIGKILL between acknowledgement and burn: the key is dead before the next start serves anybody', async () => {
  const home = await mkdtemp(join(tmpdir(), 'keyburn-keyservice-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const first = await start({ home });
  const keys = await Promise.all(Array.from({ length: 30 }, () => first.make()));
  const safe = await first.make();
  await first.close();

  const github = signer();
  const { url } = await keyServer(github);
  const child = spawn(process.execPath, [CHILD, home, url], { stdio: ['ignore', 'pipe', 'ignore'] });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const port = await new Promise<number>((ready, failed) => {
    child.on('error', failed);
    child.on('exit', () => failed(new Error('the service ended early')));
    child.stdout.once('data', (line: Buffer) => ready(Number(line.toString())));
  });
  const report = keys.map(({ key }, n) => ({
    token: key,
    type: 't',
    url: `https://x.example/${n}`,
    source: 'commit',
  }));
  const answered = await fetch(`http://127.0.0.1:${port}/v1/leaks/github`, signed(github, report));
  expect(answered.status).toBe(200);
  expect(await answered.json()).toHaveLength(30);
  const alive = await fetch(`http://127.0.0.1:${port}/v1/whoami`, {
    headers: { 'x-api-key': keys[0]?.key ?? '' },
  });
  expect(alive.status).toBe(200);
  const ended = new Promise((done) => child.once('exit', (_, signal) => done(signal)));
  child.kill('SIGKILL');
  expect(await ended).toBe('SIGKILL');

  const next = await start({ home });
  for (const { key } of keys) {
    const { problem } = await next.whoami({ 'x-api-key': key });
    expect(problem).toMatchObject({ code: 'revoked_key', cause: { revoked_by: 'github-secret-scanning' } });
  }
  expect((await next.send('GET', '/v1/whoami', safe.key)).status).toBe(200);
});

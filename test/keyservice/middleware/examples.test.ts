// The programs of docs/middleware, as they stand: started, called, and their refusal read by `keyburn why`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openConsole } from '../../cli/console.ts';

const FOLDER = new URL('../../../docs/middleware/', import.meta.url);
const SOURCE = new URL('../../../src/keyservice/middleware/', import.meta.url);

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, ready));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

/** As it would run beside an installed keyburn: only where its imports are found differs. */
async function started(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'keyburn-example-'));
  const text = await readFile(new URL(name, FOLDER), 'utf8');
  const here = text.replace(/from '([^']+)'/g, (whole, from: string) => {
    if (from.startsWith('node:')) return whole;
    const own = from.replace(/^keyburn\/middleware\//, '');
    return `from '${own === from ? import.meta.resolve(from) : new URL(`${own}.ts`, SOURCE).href}'`;
  });
  const file = join(folder, name.replace(/js$/, 'mjs'));
  await writeFile(file, here);
  const port = await freePort();
  const child = spawn(process.execPath, [file], {
    env: { ...process.env, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  onTestFinished(async () => {
    child.kill();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    await rm(folder, { recursive: true });
  });
  const url = `http://127.0.0.1:${port}/v1/orders`;
  // Fastify listens at localhost, which may be the other family.
  const urls = [url, url.replace('127.0.0.1', '[::1]')];
  const answers = async () => {
    for (const one of urls)
      if (
        await fetch(one).then(
          () => true,
          () => false,
        )
      )
        return one;
    return undefined;
  };
  await expect.poll(answers, { timeout: 20_000, interval: 50 }).toBeDefined();
  return (await answers()) ?? url;
}

test('there is one for each framework', async () => {
  expect((await readdir(FOLDER)).sort()).toEqual(['express.js', 'fastify.js', 'hono.js']);
});

test.each(['hono.js', 'express.js', 'fastify.js'])('%s', { timeout: 30_000 }, async (name) => {
  const url = await started(name);
  const call = (key: string) => fetch(url, { headers: { authorization: `Bearer ${key}` } });
  expect(await (await call('live-key')).json()).toEqual({ ordersOf: 'Ada' });
  expect((await fetch(url)).status).toBe(401);
  expect(await (await call('another')).json()).toMatchObject({ code: 'unknown_key' });
  const refused = await call('leaked-key');
  expect(refused.status).toBe(401);
  const body = await refused.text();
  expect(body).not.toContain('leaked-key');
  const head = [...refused.headers].map(([header, value]) => `${header}: ${value}`).join('\r\n');
  const terminal = await openConsole();
  onTestFinished(() => terminal.close());
  const why = await terminal.keyburnWith(
    `HTTP/1.1 401 Unauthorized\r\n${head}\r\n\r\n${body}`,
    'why',
    '--offline',
  );
  expect(why.stdout).toContain('HTTP 401 · revoked');
  expect(why.stdout).toContain('exposed    https://github.com/acme/shop/blob/main/config.env (public)');
  expect(why.stdout).toContain('Make a new one at https://acme.example/keys.');
});

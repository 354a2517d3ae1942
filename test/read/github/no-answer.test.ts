// A GitHub that is not there: said as it is, and not waited for as for one that has a fault.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createGitHub } from '../../../src/fleet/github.ts';
import { Ask, Quota } from '../../../src/read/github/ask.ts';
import { createGitHubClient } from '../../../src/read/index.ts';
import type { FleetStore } from '../../../src/record/index.ts';

afterEach(() => vi.restoreAllMocks());

/** A port on which nothing listens: one that was free a moment ago. */
async function closed(): Promise<string> {
  const { url, close } = await answering(200);
  await close();
  return url;
}

async function answering(status: number) {
  const server = createServer((_request, response) => response.writeHead(status).end());
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const close = () => new Promise<void>((ended) => void server.close(() => ended()));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

const store = { etag: async () => undefined, keepEtag: async () => undefined } as unknown as FleetStore;

const ways = {
  'an organisation': async (api: string) => {
    const options = {
      store,
      signal: new AbortController().signal,
      shared: false,
      pauseMs: 1,
      owner: undefined,
    };
    const rest = {
      credentials: { kind: 'nobody' } as const,
      count: () => undefined,
      waiting: () => undefined,
    };
    return (await createGitHub({ api, ...options, ...rest })).get('/orgs/acme/repos');
  },
  'one repository': async (api: string) => {
    const client = await createGitHubClient({ api, web: api, token: () => undefined, pauseMs: 1 });
    return new Ask(client, new Quota(), 10, undefined).page('/repos/acme/shop/issues');
  },
};

describe.each(Object.entries(ways))('%s', (_name, ask) => {
  test('where nothing listens: it says so, after one more try', async () => {
    const api = await closed();
    const asked = vi.spyOn(globalThis, 'fetch');
    await expect(ask(api)).rejects.toThrow(/nothing listens there, the connection is refused$/);
    expect(asked).toHaveBeenCalledTimes(2);
  });

  test('where somebody answers with a fault: the answer is named, after as many tries as ever', async () => {
    const { url, close } = await answering(502);
    onTestFinished(close);
    const asked = vi.spyOn(globalThis, 'fetch');
    await expect(ask(url)).rejects.toThrow(/answers 502$/);
    expect(asked.mock.calls.length).toBeGreaterThan(2);
  });

  test('where a connection breaks: that is what it says', async () => {
    const server = createServer((request) => request.socket.destroy());
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    onTestFinished(() => void server.close());
    const asked = ask(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    await expect(asked).rejects.toThrow(/no answer \(\w+\)$/);
  });
});

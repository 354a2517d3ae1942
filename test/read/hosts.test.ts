import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { type HostConfig, hosts } from '../../src/read/index.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

interface Host {
  readonly config: HostConfig;
  readonly asked: { path: string; authorization: string | undefined }[];
}

async function host(answer: Answer, name = 'ghe.example.com'): Promise<Host> {
  const asked: Host['asked'] = [];
  const server: Server = createServer((request, response) => {
    asked.push({ path: `${request.method} ${request.url}`, authorization: request.headers.authorization });
    answer(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { config: { host: name, kind: 'github', api: `http://127.0.0.1:${port}/api/v3` }, asked };
}

function json(body: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
}

const REMOTE = 'git@ghe.example.com:owner/repo.git';

async function exposure(answer: Answer): Promise<string> {
  const { config } = await host(answer);
  return await hosts({ hosts: [config], offline: false }).exposure(REMOTE);
}

test.each([
  [{ visibility: 'public', private: false }, 'public'],
  [{ visibility: 'internal', private: true }, 'internal'],
  [{ visibility: 'private', private: true }, 'private'],
  [{ private: true }, 'private'],
  [{ private: false }, 'public'],
  [{ visibility: 'secret' }, 'unknown'],
  [[], 'unknown'],
  ['<html>', 'unknown'],
])('the host says %j: %s', async (body, expected) => {
  expect(await exposure(json(body))).toBe(expected);
});

test.each([404, 403, 401, 500])('status %i is unknown', async (status) => {
  expect(await exposure(json({ message: 'no', private: false }, status))).toBe('unknown');
});

test('a long rate limit is not waited for', async () => {
  const late = { 'retry-after': '3600', 'x-ratelimit-remaining': '0' };
  expect(await exposure(json({ message: 'API rate limit exceeded' }, 403, late))).toBe('unknown');
});

test('each repository is asked for once a run, whatever its remote is called', async () => {
  const { config, asked } = await host(json({ visibility: 'public' }));
  const client = hosts({ hosts: [config], offline: false, token: () => 'sesame' });
  const remotes = [
    REMOTE,
    REMOTE,
    'https://ghe.example.com/Owner/Repo',
    'ssh://git@ghe.example.com/owner/repo',
  ];
  expect(await Promise.all(remotes.map((remote) => client.exposure(remote)))).toEqual(
    Array(4).fill('public'),
  );
  expect(asked).toEqual([{ path: 'GET /api/v3/repos/owner/repo', authorization: 'token sesame' }]);
});

test('offline, other hosts and paths: nobody is asked', async () => {
  const { config, asked } = await host(json({ visibility: 'public' }));
  const answers = [
    await hosts({ hosts: [config], offline: true }).exposure(REMOTE),
    await hosts({ hosts: [config], offline: false }).exposure('https://example.com/o/r'),
    await hosts({ hosts: [config], offline: false }).exposure('/srv/git/repo'),
    await hosts({ hosts: [config], offline: false }).exposure('https://ghe.example.com/a/b/c'),
  ];
  expect(answers).toEqual(Array(4).fill('unknown'));
  expect(asked).toEqual([]);
});

test('a renamed repository is followed on its own host', async () => {
  const { config, asked } = await host((request, response) =>
    request.url?.endsWith('/repositories/7')
      ? json({ visibility: 'public' })(request, response)
      : json({}, 301, { location: '/api/v3/repositories/7' })(request, response),
  );
  expect(await hosts({ hosts: [config], offline: false }).exposure(REMOTE)).toBe('public');
  expect(asked).toHaveLength(2);
});

test('a redirect to another host is not followed', async () => {
  const other = await host(json({ visibility: 'public' }));
  const { config, asked } = await host(json({}, 302, { location: `${other.config.api}/repos/owner/repo` }));
  const client = hosts({ hosts: [config], offline: false, token: () => 'sesame' });
  expect(await client.exposure(REMOTE)).toBe('unknown');
  expect(asked).toHaveLength(1);
  expect(other.asked).toEqual([]);
});

test('a host that does not answer is unknown', async () => {
  expect(await exposure((request) => request.socket.destroy())).toBe('unknown');
});

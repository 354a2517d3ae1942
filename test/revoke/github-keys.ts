// Stands in for GitHub as the issuer of keys: what it documents of GET /user and POST /credentials/revoke, over keys that it knows.

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What GitHub documents of GET /user and POST /credentials/revoke, over keys that it knows. */
export async function startGitHubKeys(
  keys: readonly string[],
  onBatch: (count: number, acted: boolean) => void = () => {},
) {
  const live = new Set(keys);
  const batches: number[] = [];
  const twice: string[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const say = (status: number, body: unknown) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(body));
      };
      if (request.url === '/user') {
        const key = (request.headers.authorization ?? '').replace('Bearer ', '');
        if (live.has(key)) say(200, { login: 'octocat' });
        else say(401, { message: 'Bad credentials', documentation_url: 'https://docs.github.com/rest' });
        return;
      }
      const { credentials } = JSON.parse(Buffer.concat(parts).toString('utf8')) as { credentials: string[] };
      batches.push(credentials.length);
      onBatch(batches.length, false);
      twice.push(...credentials.filter((key) => !live.delete(key)));
      onBatch(batches.length, true);
      say(credentials.length > 1_000 || request.headers.authorization !== undefined ? 422 : 202, {});
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    live,
    batches,
    twice,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A stand-in for the host of a public repository: it answers GitHub's `GET /repos/{owner}/{repo}` and nothing else. */
export interface CodeHost {
  /** `127.0.0.1:PORT` */
  readonly host: string;
  close(): Promise<void>;
}

export async function startCodeHost(owner: string, repository: string): Promise<CodeHost> {
  const server = createServer((request, response) => {
    const known = request.method === 'GET' && request.url === `/api/v3/repos/${owner}/${repository}`;
    response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify(
        known
          ? {
              name: repository,
              full_name: `${owner}/${repository}`,
              owner: { login: owner },
              private: false,
              visibility: 'public',
            }
          : { message: 'Not Found' },
      ),
    );
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

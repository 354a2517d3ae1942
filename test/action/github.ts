// Stands in for GitHub: real bare repositories behind `git http-backend`, and the few calls of the API that the Action makes,
// in the shapes of GitHub's OpenAPI description (github/rest-api-description, api.github.com, read on 2026-11-20).

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

interface Comment {
  id: number;
  body: string;
  author_association: string;
  user: { login: string; type: string };
}

export interface GitHubDouble {
  readonly url: string;
  readonly api: string;
  readonly token: string;
  /** Calls of the API, git's requests left out. */
  readonly calls: Call[];
  readonly comments: Comment[];
  /** Permission by login. */
  readonly permissions: Map<string, string>;
  readonly pulls: Map<number, unknown>;
  visibility: 'public' | 'internal' | 'private';
  /** Takes a call out of the double's hands. */
  /** Further calls of the API, asked first; true: it has answered. */
  readonly routes: ((
    call: Call & { readonly query: URLSearchParams },
    request: IncomingMessage,
    response: ServerResponse,
  ) => boolean)[];
  /** Addresses that are neither the API's nor a repository's; true: it has answered. */
  elsewhere: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;
  refuse:
    | ((call: Call) => { status: number; message: string; headers?: Record<string, string> } | undefined)
    | undefined;
  close(): Promise<void>;
}

/** @param folder holds `owner/name.git` */
export async function startGitHub(folder: string): Promise<GitHubDouble> {
  const server = createServer((request, response) => {
    if (double.elsewhere?.(request, response) === true) return;
    (request.url?.startsWith('/api/v3/') === true ? api(request, response) : git(request, response)).catch(
      () => response.destroy(),
    );
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const double: GitHubDouble = {
    url,
    api: `${url}/api/v3`,
    token: 'the-token-of-the-job',
    calls: [],
    comments: [],
    permissions: new Map(),
    pulls: new Map(),
    visibility: 'public',
    routes: [],
    elsewhere: undefined,
    refuse: undefined,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };

  async function api(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = (await bodyOf(request)).toString('utf8');
    const { pathname, searchParams } = new URL(request.url ?? '', url);
    const call: Call = {
      method: request.method ?? '',
      path: pathname.replace('/api/v3', ''),
      body: text === '' ? undefined : JSON.parse(text),
    };
    double.calls.push(call);
    const answer = (status: number, body: unknown, headers: Record<string, string> = {}) => {
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
      response.end(JSON.stringify(body));
    };
    if (request.headers.authorization !== `token ${double.token}`)
      return answer(401, { message: 'Bad credentials' });
    const refused = double.refuse?.(call);
    if (refused) return answer(refused.status, { message: refused.message }, refused.headers);
    if (double.routes.some((route) => route({ ...call, query: searchParams }, request, response))) return;
    const { method, path } = call;
    const rest = /^\/repos\/[^/]+\/[^/]+(\/.*)?$/.exec(path)?.[1] ?? '';
    const number = Number(/\/(\d+)(?:\/comments)?$/.exec(rest)?.[1]);
    if (method === 'GET' && rest === '')
      return answer(200, { visibility: double.visibility, private: double.visibility !== 'public' });
    if (method === 'GET' && /^\/issues\/\d+\/comments$/.test(rest)) {
      const [page, size] = [
        Number(searchParams.get('page') ?? 1),
        Number(searchParams.get('per_page') ?? 30),
      ];
      return answer(200, double.comments.slice((page - 1) * size, page * size));
    }
    if (method === 'POST' && /^\/issues\/\d+\/comments$/.test(rest)) {
      const { body } = call.body as { body: string };
      const user = { login: 'github-actions[bot]', type: 'Bot' };
      const made = { id: double.comments.length + 1, body, author_association: 'NONE', user };
      double.comments.push(made);
      return answer(201, made);
    }
    const known = double.comments.find(({ id }) => id === number);
    if (method === 'PATCH' && rest.startsWith('/issues/comments/') && known) {
      known.body = (call.body as { body: string }).body;
      return answer(200, known);
    }
    if (method === 'POST' && rest === '/code-scanning/sarifs')
      return answer(202, { id: '47177e22-5596-11eb-80a1-c1e54ef945c6', url: `${url}${path}/1` });
    const login = /^\/collaborators\/([^/]+)\/permission$/.exec(rest)?.[1];
    if (method === 'GET' && login !== undefined) {
      const permission = double.permissions.get(login) ?? 'none';
      return answer(200, { permission, role_name: permission, user: { login } });
    }
    if (method === 'GET' && rest.startsWith('/pulls/') && double.pulls.has(number))
      return answer(200, double.pulls.get(number));
    return answer(404, { message: 'Not Found' });
  }

  /** https://git-scm.com/docs/git-http-backend: a CGI program. */
  async function git(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const wanted = `Basic ${Buffer.from(`x-access-token:${double.token}`).toString('base64')}`;
    if (double.visibility !== 'public' && request.headers.authorization !== wanted) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
      return;
    }
    const body = await bodyOf(request);
    const { pathname, search } = new URL(request.url ?? '', url);
    const child = spawn('git', ['http-backend'], {
      env: {
        PATH: process.env.PATH,
        GIT_PROJECT_ROOT: folder,
        GIT_HTTP_EXPORT_ALL: '1',
        GIT_CONFIG_NOSYSTEM: '1',
        PATH_INFO: pathname,
        QUERY_STRING: search.slice(1),
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        CONTENT_LENGTH: String(body.length),
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
        GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const pieces: Buffer[] = [];
    child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
    child.stdin.on('error', () => undefined);
    child.stdin.end(body);
    await once(child, 'close');
    const all = Buffer.concat(pieces);
    const end = all.indexOf('\r\n\r\n');
    let status = 200;
    for (const line of all.toString('latin1', 0, end).split('\r\n')) {
      const [name = '', value = ''] = line.split(': ');
      if (name === 'Status') status = Number.parseInt(value, 10);
      else if (name !== '') response.setHeader(name, value);
    }
    response.writeHead(status).end(all.subarray(end + 4));
  }

  return double;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

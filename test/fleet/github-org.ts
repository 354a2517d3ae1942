// Stands in for GitHub where a whole organisation is scanned: real bare repositories behind `git http-backend`, listings sorted and paged,
// ETags, primary and secondary limits, activity, App installations; in the shapes of GitHub's OpenAPI description
// (github/rest-api-description, api.github.com, read on 2026-11-20).

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Beside, graphql, nothingBeside, replyBeside } from './beside.ts';

export interface HostedRepository {
  readonly id: number;
  /** `acme/shop`; changed by a rename. */
  name: string;
  /** Earlier names, which GitHub goes on answering to. */
  readonly formerly: string[];
  /** `<id>.git` below the folder of the double, unless another one serves it. */
  readonly folder: string;
  visibility: 'public' | 'internal' | 'private';
  pushedAt: string;
  sizeKb: number;
  archived: boolean;
  /** The network's root, for a fork. */
  readonly source: number | undefined;
  gone: boolean;
  readonly activity: Activity[];
  /** What it has beside its code; its wiki is `<id>.wiki.git`. */
  beside: Beside | undefined;
}

export interface Activity {
  readonly id: number;
  readonly before: string;
  readonly after: string;
  readonly ref: string;
  readonly timestamp: string;
  readonly activity_type: 'force_push' | 'branch_deletion' | 'push';
}

export interface OrgCall {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

export interface OrgDouble {
  readonly url: string;
  readonly api: string;
  token: string;
  readonly repositories: Map<number, HostedRepository>;
  /** Requests of the API. */
  readonly calls: OrgCall[];
  /** Requests of git, by kind. */
  readonly git: { refs: number; packs: number };
  /** Parts of files that the storage gave, and `Authorization` headers that it was shown. */
  readonly storage: { parts: number; readonly shown: string[] };
  /** Whether many repositories can be asked about at once; `old`: and not what ran in many workflows. */
  graphql: boolean | 'old';
  /** So many requests in a window of so many ms; undefined: no limit. */
  limit: { readonly requests: number; readonly windowMs: number } | undefined;
  /** Takes a call out of the double's hands; before limits. */
  meddle:
    | ((path: string) => { status: number; message: string; headers?: Record<string, string> } | undefined)
    | undefined;
  /** Called before git is served: a repository can vanish then. */
  beforeGit: ((repository: HostedRepository, service: string) => void) | undefined;
  /** What a repository has beside its code, to be added to. */
  beside(id: number): Beside;
  add(about: Partial<HostedRepository> & Pick<HostedRepository, 'name'>): HostedRepository;
  close(): Promise<void>;
}

/** @param folder holds `<id>.git` */
export async function startOrg(folder: string): Promise<OrgDouble> {
  const server = createServer((request, response) => {
    const work = /^\/api\/(?:v3\/|graphql$)/.test(request.url ?? '')
      ? api(request, response)
      : request.url?.startsWith('/storage/') === true
        ? stored(request, response)
        : git(request, response);
    work.catch(() => response.destroy());
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const byName = (name: string): HostedRepository | undefined =>
    [...double.repositories.values()].find(
      (one) => !one.gone && (one.name === name || one.formerly.includes(name)),
    );
  const double: OrgDouble = {
    url,
    api: `${url}/api/v3`,
    token: 'the-token-of-the-team',
    repositories: new Map(),
    calls: [],
    git: { refs: 0, packs: 0 },
    storage: { parts: 0, shown: [] },
    graphql: true,
    limit: undefined,
    meddle: undefined,
    beforeGit: undefined,
    add(about) {
      const id = about.id ?? double.repositories.size + 1;
      const made: HostedRepository = {
        formerly: [],
        folder: `${id}.git`,
        visibility: 'public',
        pushedAt: new Date(Date.UTC(2026, 0, 1, 0, id)).toISOString(),
        sizeKb: 100,
        archived: false,
        source: undefined,
        gone: false,
        activity: [],
        beside: undefined,
        ...about,
        id,
      };
      double.repositories.set(id, made);
      return made;
    },
    beside(id) {
      const repository = double.repositories.get(id);
      if (repository === undefined) throw new Error(`there is no repository ${id}`);
      repository.beside ??= nothingBeside();
      return repository.beside;
    },
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
  let window = { began: 0, used: 0 };
  let addresses = 0;
  const storage = new Map<string, Uint8Array>();

  function replyOf(path: string, method: string, query: URLSearchParams) {
    const [, name, rest = ''] = /^\/repos\/([^/]+\/[^/]+)(\/.+)$/.exec(path) ?? [];
    const repository = name === undefined ? undefined : byName(name);
    if (repository === undefined || rest === '/activity') return undefined;
    return replyBeside(repository.beside ?? nothingBeside(), method, rest, query);
  }

  async function stored(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = storage.get(new URL(request.url ?? '', url).pathname);
    double.storage.parts += 1;
    if (request.headers.authorization !== undefined) double.storage.shown.push(request.headers.authorization);
    const [, from = '0', to = '0'] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
    if (bytes === undefined) {
      response.writeHead(403, { 'content-type': 'application/xml' }).end('<Error/>');
      return;
    }
    const part = bytes.subarray(Number(from), Number(to) + 1);
    const range = `bytes ${from}-${Number(from) + part.length - 1}/${bytes.length}`;
    response.writeHead(206, { 'content-range': range, 'content-length': part.length }).end(part);
  }

  async function api(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const method = request.method ?? 'GET';
    const { pathname, searchParams } = new URL(request.url ?? '', url);
    const path = pathname.replace(/^\/api(?:\/v3)?/, '');
    const answer = (status: number, body: unknown, headers: Record<string, string> = {}) => {
      double.calls.push({
        method,
        path: `${path}${searchParams.size === 0 ? '' : `?${searchParams.toString()}`}`,
        status,
      });
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
      response.end(body === undefined ? undefined : JSON.stringify(body));
    };
    const meddled = double.meddle?.(path);
    if (meddled) return answer(meddled.status, { message: meddled.message }, meddled.headers);
    if (/^\/(?:app|users\/[^/]+\/installation)/.test(path)) return app(path, request, answer);
    if (!authorised(request.headers.authorization)) return answer(401, { message: 'Bad credentials' });
    const counted = limits();
    if (counted.refused)
      return answer(403, { message: 'API rate limit exceeded for installation.' }, counted.headers);
    if (path === '/graphql') {
      if (!double.graphql) return answer(404, { message: 'Not Found' });
      const { query } = JSON.parse(Buffer.concat(pieces).toString('utf8')) as { query: string };
      // What GraphQL says to a field that it does not know.
      if (double.graphql === 'old' && query.includes('nodes(ids'))
        return answer(200, { errors: [{ message: "Field 'runs' doesn't exist on type 'Workflow'" }] });
      return answer(
        200,
        graphql(query, byName, () => double.repositories.values()),
        counted.headers,
      );
    }
    const beside = replyOf(path, method, searchParams);
    if (beside?.kind === 'done') return answer(204, undefined, counted.headers);
    if (beside?.kind === 'file') {
      const address = `/storage/${++addresses}`;
      storage.set(address, beside.bytes);
      return answer(302, undefined, { ...counted.headers, location: `${url}${address}?sig=a-credential` });
    }
    const [status, body, link] =
      beside === undefined
        ? reply(path, searchParams)
        : beside.kind === 'one'
          ? ([200, beside.row, undefined] as const)
          : paged(path, beside.rows, searchParams, beside.name);
    const etag = `W/"${createHash('sha256').update(JSON.stringify(body)).digest('hex')}"`;
    if (status === 200 && request.headers['if-none-match'] === etag) {
      // An answer that has not changed costs nothing: https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api
      window.used -= 1;
      return answer(304, undefined, { etag });
    }
    return answer(status, body, { ...counted.headers, etag, ...(link === undefined ? {} : { link }) });
  }

  function authorised(header: string | undefined): boolean {
    return header === `token ${double.token}`;
  }

  function limits(): { refused: boolean; headers: Record<string, string> } {
    if (double.limit === undefined) return { refused: false, headers: {} };
    const { requests, windowMs } = double.limit;
    const now = Date.now();
    if (now - window.began >= windowMs) window = { began: now, used: 0 };
    window.used += 1;
    const left = Math.max(0, requests - window.used);
    const headers = {
      'x-ratelimit-limit': String(requests),
      'x-ratelimit-remaining': String(left),
      'x-ratelimit-reset': String(Math.ceil((window.began + windowMs) / 1_000)),
    };
    return { refused: window.used > requests, headers };
  }

  function app(
    path: string,
    request: IncomingMessage,
    answer: (status: number, body: unknown) => void,
  ): void {
    // A JWT has three parts; whether it is signed well is the library's to prove, and its own tests'.
    if (!/^bearer [\w-]+\.[\w-]+\.[\w-]+$/i.test(request.headers.authorization ?? ''))
      answer(401, { message: 'A JSON web token could not be decoded' });
    else if (path.endsWith('/installation')) answer(200, { id: 77 });
    else if (path === '/app/installations/77/access_tokens')
      answer(201, {
        token: double.token,
        expires_at: new Date(Date.now() + 3_600_000).toISOString(),
        permissions: { contents: 'read', metadata: 'read' },
        repository_selection: 'all',
      });
    else answer(404, { message: 'Not Found' });
  }

  function reply(path: string, query: URLSearchParams): [status: number, body: unknown, link?: string] {
    const owner = /^\/(?:orgs|users)\/([^/]+)\/repos$/.exec(path)?.[1];
    if (owner !== undefined) {
      const own = [...double.repositories.values()]
        .filter((one) => !one.gone && one.name.startsWith(`${owner}/`))
        .sort((a, b) => (a.pushedAt < b.pushedAt ? 1 : -1));
      if (own.length === 0) return [404, { message: 'Not Found' }];
      return paged(path, own.map(shown), query);
    }
    const [, name, rest = ''] = /^\/repos\/([^/]+\/[^/]+)(\/.*)?$/.exec(path) ?? [];
    const repository = name === undefined ? undefined : byName(name);
    if (repository === undefined) return [404, { message: 'Not Found' }];
    if (rest === '') {
      const source = repository.source === undefined ? undefined : double.repositories.get(repository.source);
      return [200, { ...shown(repository), ...(source === undefined ? {} : { source: shown(source) }) }];
    }
    if (rest === '/activity') {
      const kind = query.get('activity_type');
      const rows = repository.activity.filter((one) => kind === null || one.activity_type === kind);
      return paged(path, rows.toReversed(), query);
    }
    return [404, { message: 'Not Found' }];
  }

  function paged(
    path: string,
    rows: readonly unknown[],
    query: URLSearchParams,
    name?: string,
  ): [number, unknown, string?] {
    const page = Number(query.get('page') ?? 1);
    const size = Number(query.get('per_page') ?? 30);
    const some = rows.slice((page - 1) * size, page * size);
    const body = name === undefined ? some : { total_count: rows.length, [name]: some };
    if (page * size >= rows.length) return [200, body];
    const next = new URLSearchParams(query);
    next.set('page', String(page + 1));
    return [200, body, `<${double.api}${path}?${next.toString()}>; rel="next"`];
  }

  function shown(one: HostedRepository): Record<string, unknown> {
    return {
      id: one.id,
      node_id: `R_${one.id}`,
      name: one.name.split('/')[1],
      full_name: one.name,
      private: one.visibility !== 'public',
      visibility: one.visibility,
      fork: one.source !== undefined,
      archived: one.archived,
      disabled: false,
      size: one.sizeKb,
      default_branch: 'main',
      clone_url: `${url}/${one.name}.git`,
      html_url: `${url}/${one.name}`,
      pushed_at: one.pushedAt,
    };
  }

  function isServed(name: string): boolean {
    return !name.endsWith('.wiki.git') || existsSync(join(folder, name));
  }

  /** https://git-scm.com/docs/git-http-backend: a CGI program. */
  async function git(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, search } = new URL(request.url ?? '', url);
    const [, name = '', service = ''] = /^\/([^/]+\/[^/]+?)\.git(\/.*)$/.exec(pathname) ?? [];
    const repository = byName(name.replace(/\.wiki$/, ''));
    const served = name.endsWith('.wiki') ? `${repository?.id}.wiki.git` : repository?.folder;
    if (repository) double.beforeGit?.(repository, service);
    if (repository === undefined || repository.gone || served === undefined || !isServed(served)) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Repository not found.\n');
      return;
    }
    const wanted = `Basic ${Buffer.from(`x-access-token:${double.token}`).toString('base64')}`;
    const given = request.headers.authorization;
    if (given === undefined ? repository.visibility !== 'public' : given !== wanted) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="GitHub"' }).end();
      return;
    }
    if (service === '/git-upload-pack') double.git.packs += 1;
    else double.git.refs += 1;
    const child = spawn('git', ['http-backend'], {
      env: {
        PATH: process.env.PATH,
        GIT_PROJECT_ROOT: folder,
        GIT_HTTP_EXPORT_ALL: '1',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: 'uploadpack.allowAnySHA1InWant',
        GIT_CONFIG_VALUE_0: 'true',
        PATH_INFO: `/${served}${service}`,
        QUERY_STRING: search.slice(1),
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
        GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
        ...(request.headers['content-length'] === undefined
          ? {}
          : { CONTENT_LENGTH: request.headers['content-length'] }),
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    child.stdin.on('error', () => undefined);
    request.pipe(child.stdin);
    let head: Buffer | undefined = Buffer.alloc(0);
    child.stdout.on('data', (piece: Buffer) => {
      if (head === undefined) {
        response.write(piece);
        return;
      }
      head = Buffer.concat([head, piece]);
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) return;
      let status = 200;
      for (const line of head.toString('latin1', 0, end).split('\r\n')) {
        const [title = '', value = ''] = line.split(': ');
        if (title === 'Status') status = Number.parseInt(value, 10);
        else response.setHeader(title, value);
      }
      response.writeHead(status);
      response.write(head.subarray(end + 4));
      head = undefined;
    });
    await once(child, 'close');
    response.end();
  }

  return double;
}

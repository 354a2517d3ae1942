// What GitHub keeps beside the code, for the double: listings with pages, `since` and ETags; logs, artifacts and assets behind
// addresses in a storage that run out. In the shapes of GitHub's OpenAPI description.

import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GitHubDouble } from './index.ts';

interface Item {
  [name: string]: unknown;
  updated_at?: string;
  created_at?: string;
}

export interface Stored {
  readonly bytes: Uint8Array;
  /** Requests that one address is good for. */
  uses?: number;
  /** Whether parts can be asked for; yes where it is left out. */
  readonly parts?: boolean;
}

export interface Hosted {
  readonly issues: Item[];
  readonly issueComments: Item[];
  readonly reviewComments: Item[];
  readonly commitComments: Item[];
  /** By the number of the pull request. */
  readonly reviews: Map<number, Item[]>;
  readonly releases: Item[];
  readonly runs: Item[];
  readonly artifacts: Item[];
  /** By login. */
  readonly gists: Map<string, Item[]>;
  /** By organisation. */
  readonly members: Map<string, string[]>;
  /** Files by the path in the API that leads to them: `/repos/acme/shop/actions/runs/7/attempts/1/logs`. */
  readonly files: Map<string, Stored | { readonly status: number }>;
  /** Runs whose log was deleted. */
  readonly deleted: number[];
  /** `Authorization` headers that the storage was shown. */
  readonly shownToStorage: (string | undefined)[];
  readonly storageRequests: string[];
  /** What is left of the hour; undefined sends no header. */
  remaining: number | undefined;
  /** Called before each listing is answered. */
  before: ((path: string) => void) | undefined;
}

export function hostOn(double: GitHubDouble): Hosted {
  const hosted: Hosted = {
    issues: [],
    issueComments: [],
    reviewComments: [],
    commitComments: [],
    reviews: new Map(),
    releases: [],
    runs: [],
    artifacts: [],
    gists: new Map(),
    members: new Map(),
    files: new Map(),
    deleted: [],
    shownToStorage: [],
    storageRequests: [],
    remaining: undefined,
    before: undefined,
  };
  let addresses = 0;
  const storage = new Map<string, { readonly file: Stored; uses: number }>();

  double.elsewhere = (request, response) => {
    const { pathname } = new URL(request.url ?? '', double.url);
    if (!pathname.startsWith('/storage/')) return false;
    hosted.shownToStorage.push(request.headers.authorization);
    hosted.storageRequests.push(request.headers.range ?? 'all');
    const found = storage.get(pathname);
    if (found === undefined || found.uses-- <= 0) {
      response
        .writeHead(403, { 'content-type': 'application/xml' })
        .end('<Error>AuthenticationFailed</Error>');
      return true;
    }
    sendFile(found.file, request, response);
    return true;
  };

  double.routes.push(({ method, path, query }, request, response) => {
    const headers: Record<string, string> =
      hosted.remaining === undefined
        ? {}
        : { 'x-ratelimit-remaining': String(Math.max(0, --hosted.remaining)) };
    const answer = (status: number, body: unknown, more: Record<string, string> = {}): true => {
      const text = JSON.stringify(body);
      const etag = `W/"${createHash('sha256').update(text).digest('hex').slice(0, 20)}"`;
      const same = method === 'GET' && request.headers['if-none-match'] === etag;
      const all = { 'content-type': 'application/json; charset=utf-8', etag, ...headers, ...more };
      response.writeHead(same ? 304 : status, all).end(same ? undefined : text);
      return true;
    };
    const list = (items: readonly Item[], name?: string): true => {
      hosted.before?.(path);
      const since = query.get('since') ?? '';
      const wanted = items.filter((item) => (item.updated_at ?? item.created_at ?? '') >= since);
      if (query.get('sort') === 'updated')
        wanted.sort((a, b) => ((a.updated_at ?? '') < (b.updated_at ?? '') ? -1 : 1));
      const [page, size] = [Number(query.get('page') ?? 1), Number(query.get('per_page') ?? 30)];
      const shown = wanted.slice((page - 1) * size, page * size);
      const link =
        page * size < wanted.length ? { link: `<${double.api}${path}?page=${page + 1}>; rel="next"` } : {};
      return answer(200, name === undefined ? shown : { total_count: wanted.length, [name]: shown }, link);
    };
    const file = hosted.files.get(path);
    if (method === 'GET' && file !== undefined) {
      if ('status' in file) return answer(file.status, { message: file.status === 410 ? 'Gone' : 'No' });
      const address = `/storage/${++addresses}`;
      storage.set(address, { file, uses: file.uses ?? Number.POSITIVE_INFINITY });
      if (file.uses !== undefined) file.uses = Number.POSITIVE_INFINITY;
      response
        .writeHead(302, { location: `${double.url}${address}?sig=${'s'.repeat(20)}%2B`, ...headers })
        .end();
      return true;
    }
    const rest = /^\/repos\/[^/]+\/[^/]+(\/.*)$/.exec(path)?.[1] ?? '';
    const run = /^\/actions\/runs\/(\d+)\/logs$/.exec(rest)?.[1];
    if (method === 'DELETE' && run !== undefined) {
      hosted.deleted.push(Number(run));
      response.writeHead(204, headers).end();
      return true;
    }
    if (method !== 'GET') return false;
    const pull = /^\/pulls\/(\d+)\/reviews$/.exec(rest)?.[1];
    if (pull !== undefined) return list(hosted.reviews.get(Number(pull)) ?? []);
    const user = /^\/users\/([^/]+)(\/gists)?$/.exec(path);
    if (user?.[2] !== undefined) return list(hosted.gists.get(user[1] ?? '') ?? []);
    if (user !== null)
      return answer(200, {
        login: user[1],
        type: hosted.members.has(user[1] ?? '') ? 'Organization' : 'User',
      });
    const org = /^\/orgs\/([^/]+)\/members$/.exec(path)?.[1];
    if (org !== undefined) return list((hosted.members.get(org) ?? []).map((login) => ({ login })));
    switch (rest) {
      case '/issues':
        return list(hosted.issues);
      case '/issues/comments':
        return list(hosted.issueComments);
      case '/pulls/comments':
        return list(hosted.reviewComments);
      case '/comments':
        return list(hosted.commitComments);
      case '/releases':
        return list(hosted.releases);
      case '/actions/runs':
        return list(hosted.runs, 'workflow_runs');
      case '/actions/artifacts':
        return list(hosted.artifacts, 'artifacts');
      default:
        return false;
    }
  });
  return hosted;
}

function sendFile({ bytes, parts = true }: Stored, request: IncomingMessage, response: ServerResponse): void {
  const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
  if (!parts || range === null) {
    response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
    return;
  }
  const from = Number(range[1]);
  const to = Math.min(Number(range[2]) + 1, bytes.length);
  if (from >= bytes.length) {
    response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
    return;
  }
  response
    .writeHead(206, {
      'content-range': `bytes ${from}-${to - 1}/${bytes.length}`,
      'content-length': to - from,
    })
    .end(bytes.subarray(from, to));
}

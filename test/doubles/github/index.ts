// Stands in for GitHub: real bare repositories behind git's own HTTP server, and the calls of the API that keyburn makes. Each
// area of the API has a file of its own; every answer is held against GitHub's own description (described.ts), and
// `close` throws what did not fit. To add an operation: its name in scripts/github-openapi.ts, its route in an area, here.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { codeScanning } from './code-scanning.ts';
import { faultsOfAnswer, faultsOfRequest } from './described.ts';
import { bodyOf, serveGit } from './git.ts';
import { issues } from './issues.ts';
import { pulls } from './pulls.ts';
import { repositories } from './repositories.ts';
import { type Answer, type Call, partsOf, type Route } from './route.ts';

export { commentBy } from './issues.ts';
export type { Answer, Call, Route } from './route.ts';

const AREAS: readonly Route[] = [...repositories, ...issues, ...pulls, ...codeScanning];
const PREFIX = '/api/v3';

interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly headers?: Record<string, string>;
}

export interface GitHubDouble {
  readonly url: string;
  readonly api: string;
  readonly token: string;
  /** Calls of the API, git's requests left out. */
  readonly calls: Call[];
  readonly comments: ({ id: number; body: string } & Record<string, unknown>)[];
  /** Permission by login. */
  readonly permissions: Map<string, string>;
  readonly pulls: Map<number, unknown>;
  /** What code scanning says of an upload, answer by answer; when nothing is left, it is complete. */
  readonly processing: unknown[];
  visibility: 'public' | 'internal' | 'private';
  /** What is no JSON, or comes in pages: asked first; true: it has answered. */
  readonly routes: ((call: Call, request: IncomingMessage, response: ServerResponse) => boolean)[];
  /** Addresses that are neither the API's nor a repository's; true: it has answered. */
  elsewhere: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;
  /** Takes a call out of the double's hands. */
  refuse: ((call: Call) => Refusal | undefined) | undefined;
  /** @throws Error where an answer or a body was not what GitHub documents */
  close(): Promise<void>;
}

/**
 * @param folder holds `owner/name.git`
 * @param more routes of one test, asked first
 */
export async function startGitHub(folder: string, more: readonly Route[] = []): Promise<GitHubDouble> {
  const routes = [...more, ...AREAS];
  const faults: string[] = [];
  const server = createServer((request, response) => {
    if (double.elsewhere?.(request, response) === true) return;
    const answered =
      request.url?.startsWith(`${PREFIX}/`) === true ? api(request, response) : git(request, response);
    answered.catch((error: unknown) => {
      faults.push(error instanceof Error ? error.message : String(error));
      response.destroy();
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const double: GitHubDouble = {
    url,
    api: `${url}${PREFIX}`,
    token: 'the-token-of-the-job',
    calls: [],
    comments: [],
    permissions: new Map(),
    pulls: new Map(),
    processing: [],
    visibility: 'public',
    routes: [],
    elsewhere: undefined,
    refuse: undefined,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
      if (faults.length > 0) throw new Error(`not what GitHub documents:\n${faults.join('\n')}`);
    },
  };

  async function api(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = (await bodyOf(request)).toString('utf8');
    const { pathname, searchParams } = new URL(request.url ?? '', url);
    const call: Call = {
      method: request.method ?? '',
      path: pathname.replace(PREFIX, ''),
      query: searchParams,
      body: text === '' ? undefined : JSON.parse(text),
    };
    double.calls.push(call);
    const isKnown = request.headers.authorization === `token ${double.token}`;
    const refusal = isKnown ? double.refuse?.(call) : BAD_CREDENTIALS;
    if (refusal === undefined && double.routes.some((route) => route(call, request, response))) return;
    const { status, body, headers } = answerTo(call, refusal);
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
    response.end(body === undefined ? '' : JSON.stringify(body));
  }

  function answerTo(call: Call, refusal: Refusal | undefined): Answer {
    const fitting = routes
      .map((route) => ({ route, parts: partsOf(route, call) }))
      .find(({ parts }) => parts !== undefined);
    if (fitting === undefined) {
      if (refusal === undefined) faults.push(`${call.method} ${call.path}: no route of the double`);
      return refused(refusal ?? NOT_FOUND);
    }
    const { route, parts } = fitting;
    const part = (name: string) => parts?.get(name) ?? '';
    const { operation } = route;
    for (const fault of faultsOfRequest(operation, call.body))
      faults.push(`${operation}: the body: ${fault}`);
    const given =
      refusal === undefined
        ? (route.answer({ ...call, part }, double) ?? refused(NOT_FOUND))
        : refused(refusal);
    for (const fault of faultsOfAnswer(operation, given.status, given.body))
      faults.push(`${operation}: the answer ${given.status}: ${fault}`);
    return given;
  }

  async function git(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const wanted = `Basic ${Buffer.from(`x-access-token:${double.token}`).toString('base64')}`;
    if (double.visibility !== 'public' && request.headers.authorization !== wanted) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
      return;
    }
    await serveGit(folder, request, response);
  }

  return double;
}

const BAD_CREDENTIALS = { status: 401, message: 'Bad credentials' };
const NOT_FOUND = { status: 404, message: 'Not Found' };

function refused({ status, message, headers }: Refusal): Answer {
  const body = { message, documentation_url: 'https://docs.github.com/rest', status: String(status) };
  return { status, body, ...(headers === undefined ? {} : { headers }) };
}

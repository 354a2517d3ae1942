// The way to one GitHub: github.com or an Enterprise server. The laws: a token goes to its host alone and is in no message; a limit is
// waited for, and said; the same question is asked conditionally, so that an answer that did not change costs nothing.

import { createSign } from 'node:crypto';
import type { Octokit } from '@octokit/rest';
import { SetupError } from '../model/index.ts';
import { type GitHubClient, impatient, noAnswer } from '../read/index.ts';
import type { FleetStore } from '../record/index.ts';

/** Who asks: a token, or an App that makes its own. Nobody: public repositories alone. */
export type Credentials =
  | { readonly kind: 'token'; readonly token: () => string }
  | {
      readonly kind: 'app';
      readonly appId: string;
      readonly privateKey: () => string;
      readonly installation: number | undefined;
    }
  | { readonly kind: 'nobody' };

export interface GitHubOptions {
  /** `https://api.github.com`, `https://ghe.example.com/api/v3` */
  readonly api: string;
  readonly credentials: Credentials;
  /** Whose installation of the App it is. */
  readonly owner: string | undefined;
  readonly store: FleetStore;
  readonly signal: AbortSignal;
  /** Several processes share the host's patience. */
  readonly shared: boolean;
  readonly waiting: (why: string) => void;
  readonly count: (what: 'request' | 'unchanged') => void;
  /** First wait before a retry, in ms; default 1,000. */
  readonly pauseMs?: number;
}

export interface GitHub {
  readonly api: string;
  /** As it stands in clone URLs: `github.com`, `ghe.example.com`. */
  readonly host: string;
  /** `https://github.com` */
  readonly origin: string;
  /** GET; undefined for 404. Rejects with a GitHubFault. */
  get(path: string, query?: Readonly<Record<string, string | number>>): Promise<Reply | undefined>;
  /** A question in GraphQL; undefined where the host does not take it. Rejects with a GitHubFault. */
  ask(query: string): Promise<unknown>;
  /** The same way, its limits and its pauses, for what reads beside the code. */
  readonly reader: GitHubClient;
  /** The header for git, where there is a credential. */
  gitHeader(): Promise<{ readonly origin: string; readonly value: string } | undefined>;
}

export interface Reply {
  readonly data: unknown;
  /** Whether a further page follows. */
  readonly more: boolean;
}

/**
 * The host's no. `refused`: the credential is no good any more, and nothing else will come through either. `forbidden`: not this
 * question, with this credential.
 */
export class GitHubFault extends Error {
  override readonly name = 'GitHubFault';
  readonly trouble: 'refused' | 'forbidden' | 'limited' | 'unreachable';
  constructor(trouble: GitHubFault['trouble'], message: string) {
    super(message);
    this.trouble = trouble;
  }
}

/** Longest limit that is waited for, in seconds: primary limits are reset every hour. */
const PATIENCE_S = 3_700;
/** Requests a second that all processes together send: 900 points a minute is the secondary limit. */
// https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
const EVERY_MS = 1_000 / 15;
/** Questions in GraphQL have a limit of their own: 2,000 points a minute, one for each. */
const QUESTION_EVERY_MS = 1_000 / 33;

export async function createGitHub(options: GitHubOptions): Promise<GitHub> {
  const { store, signal } = options;
  const api = options.api.replace(/\/+$/, '');
  const { host, origin } = webOf(api);
  const [{ Octokit }, { retry }, { throttling }] = await Promise.all([
    import('@octokit/rest'),
    import('@octokit/plugin-retry'),
    import('@octokit/plugin-throttling'),
  ]);
  const limited = (what: string) => (after: number, _request: unknown, _client: unknown, tried: number) => {
    if (after > PATIENCE_S || tried > 3) return false;
    options.waiting(`${host}: ${what}, ${after} s`);
    return true;
  };
  const auth = await authOf(options, api);
  const made = (turn: string, everyMs: number, throttle: object) => {
    const one = new (Octokit.plugin(impatient, retry, throttling))({
      baseUrl: api,
      userAgent: 'keyburn',
      ...auth,
      retry: {
        retries: 3,
        ...(options.pauseMs === undefined ? {} : { retryAfterBaseValue: options.pauseMs }),
      },
      throttle: {
        ...(options.pauseMs === undefined ? {} : { retryAfterBaseValue: options.pauseMs }),
        ...throttle,
        onRateLimit: limited('rate limit'),
        onSecondaryRateLimit: limited('secondary rate limit'),
      },
      log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    });
    one.hook.wrap('request', async (send, request) => {
      if (options.shared) {
        const pause = await store.turn(turn, everyMs);
        if (pause > 0) await sleep(pause, signal);
      }
      options.count('request');
      return send(request);
    });
    return one;
  };
  const client = made(`host ${host}`, EVERY_MS, {});
  // A question is a POST and writes nothing: the second of pause that the plugin makes after each POST is for what does.
  const asking = made(`host ${host} graphql`, QUESTION_EVERY_MS, { write: unhurried });

  async function get(path: string, query: Readonly<Record<string, string | number>> = {}) {
    const asked = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) asked.set(name, String(value));
    const url = `${api}${path}${asked.size === 0 ? '' : `?${asked.toString()}`}`;
    const known = await store.etag(url);
    try {
      const reply = await client.request(`GET ${url}`, {
        headers: known === undefined ? {} : { 'if-none-match': known.etag },
        request: { signal },
      });
      const answer: Reply = { data: reply.data, more: /rel="next"/.test(reply.headers.link ?? '') };
      const { etag } = reply.headers;
      if (etag !== undefined) await store.keepEtag(url, etag, JSON.stringify(answer));
      return answer;
    } catch (error) {
      signal.throwIfAborted();
      const status = statusOf(error);
      if (status === 304 && known !== undefined) {
        options.count('unchanged');
        return JSON.parse(known.body) as Reply;
      }
      if (isOfTheApp(error)) throw refusedApp(host, error);
      if (status === 404) return undefined;
      throw faultOf(error, status, host);
    }
  }

  async function ask(query: string): Promise<unknown> {
    try {
      // On github.com https://api.github.com/graphql, on a server of one's own https://HOST/api/graphql.
      const baseUrl = api.replace(/\/v3$/, '');
      const reply = await asking.request('POST /graphql', { baseUrl, query, request: { signal } });
      return (reply.data as { data?: unknown } | null)?.data ?? undefined;
    } catch (error) {
      signal.throwIfAborted();
      const status = statusOf(error);
      if (isOfTheApp(error)) throw refusedApp(host, error);
      const fault = faultOf(error, status, host);
      if (fault instanceof GitHubFault && (fault.trouble === 'refused' || fault.trouble === 'limited'))
        throw fault;
      return undefined;
    }
  }

  const plain = new (Octokit.plugin(impatient, retry))({
    userAgent: 'keyburn',
    retry: { retries: 3, ...(options.pauseMs === undefined ? {} : { retryAfterBaseValue: options.pauseMs }) },
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  });

  const reader: GitHubClient = {
    api,
    web: origin,
    async request(route, parameters) {
      try {
        return await client.request(route, parameters);
      } catch (error) {
        const status = statusOf(error);
        if (status === 304) options.count('unchanged');
        throw isOfTheApp(error) ? refusedApp(host, error) : error;
      }
    },
    fetch: (route, parameters) => plain.request(route, parameters),
    // git has its header from elsewhere.
    token: async () => undefined,
  };

  return {
    api,
    host,
    origin,
    get,
    ask,
    reader,
    async gitHeader() {
      const token = await tokenOf(client, options);
      if (token === undefined) return undefined;
      const pair = Buffer.from(`x-access-token:${token}`).toString('base64');
      return { origin, value: `Authorization: Basic ${pair}` };
    },
  };
}

/** Where git and people find what an API address speaks of. */
function webOf(api: string): { host: string; origin: string } {
  const url = new URL(api);
  const loopback = /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(url.hostname);
  if (url.protocol !== 'https:' && !loopback)
    throw new SetupError(`${url.origin}: a token would travel in the open`, {
      hint: 'give the https address of the API: https://ghe.example.com/api/v3',
    });
  const host = url.host === 'api.github.com' ? 'github.com' : url.host;
  return { host, origin: `${url.protocol}//${host}` };
}

async function authOf({ credentials, owner }: GitHubOptions, api: string): Promise<object> {
  switch (credentials.kind) {
    case 'nobody':
      return {};
    case 'token':
      return { auth: credentials.token() };
    case 'app': {
      const { createAppAuth } = await import('@octokit/auth-app');
      const { appId, privateKey } = credentials;
      const key = privateKey();
      assertKey(key);
      const installation =
        credentials.installation ?? (await installationOf(api, { appId, privateKey: key, owner }));
      return { authStrategy: createAppAuth, auth: { appId, privateKey: key, installationId: installation } };
    }
  }
}

/** A broken key is a broken set-up, and OpenSSL's words for it help nobody. */
function assertKey(key: string): void {
  try {
    createSign('RSA-SHA256').update('keyburn').sign(key);
  } catch {
    throw new SetupError("the GitHub App's private key cannot be used", {
      hint: 'KEYBURN_GITHUB_APP_KEY holds the whole PEM, KEYBURN_GITHUB_APP_KEY_FILE names its file',
    });
  }
}

async function installationOf(
  api: string,
  app: { appId: string; privateKey: string; owner: string | undefined },
): Promise<number> {
  if (app.owner === undefined)
    throw new SetupError('which installation of the App is meant is not said', {
      hint: 'set KEYBURN_GITHUB_INSTALLATION_ID',
    });
  const [{ Octokit }, { createAppAuth }] = await Promise.all([
    import('@octokit/rest'),
    import('@octokit/auth-app'),
  ]);
  const client = new Octokit({
    baseUrl: api,
    authStrategy: createAppAuth,
    auth: { appId: app.appId, privateKey: app.privateKey },
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  });
  try {
    const path = `/users/${encodeURIComponent(app.owner)}/installation`;
    const { data } = await client.request(`GET ${path}`);
    return (data as { id: number }).id;
  } catch (error) {
    const none = noAnswer(error);
    if (none !== undefined)
      throw new SetupError(`${new URL(api).host}: ${none}`, { hint: 'check the address of the server' });
    throw new SetupError(`the App is not installed for ${app.owner} (${statusOf(error)})`, {
      hint: 'install it there with contents: read and metadata: read, or set KEYBURN_GITHUB_INSTALLATION_ID',
    });
  }
}

async function tokenOf(client: Octokit, { api, credentials }: GitHubOptions): Promise<string | undefined> {
  switch (credentials.kind) {
    case 'nobody':
      return undefined;
    case 'token':
      return credentials.token();
    case 'app': {
      // Made anew when it is about to end; kept by the strategy meanwhile.
      const made = await client.auth({ type: 'installation' }).catch((error: unknown) => {
        throw refusedApp(new URL(api).host, error);
      });
      return (made as { token: string }).token;
    }
  }
}

function refusedApp(host: string, error: unknown): GitHubFault {
  const none = noAnswer(error);
  return none === undefined
    ? new GitHubFault('refused', `${host}: the installation of the App is refused (${statusOf(error)})`)
    : new GitHubFault('unreachable', `${host}: ${none}`);
}

/** A no to the App's own question for a token, and not to ours. */
function isOfTheApp(error: unknown): boolean {
  const request = error instanceof Error && 'request' in error ? error.request : undefined;
  const url = typeof request === 'object' && request !== null && 'url' in request ? request.url : undefined;
  return typeof url === 'string' && url.endsWith('/access_tokens');
}

function statusOf(error: unknown): number | undefined {
  return error instanceof Error && 'status' in error && typeof error.status === 'number'
    ? error.status
    : undefined;
}

function faultOf(error: unknown, status: number | undefined, host: string): Error {
  if (status === 401) return new GitHubFault('refused', `${host}: the credential is refused (401)`);
  if (status === 429) return new GitHubFault('limited', `${host}: the rate limit outlasts our patience`);
  if (status === 403) {
    const said = error instanceof Error ? error.message : '';
    if (/rate limit/i.test(said))
      return new GitHubFault('limited', `${host}: the rate limit outlasts our patience`);
    if (/suspended/i.test(said))
      return new GitHubFault('refused', `${host}: the installation is suspended (403)`);
    return new GitHubFault('forbidden', `${host}: the credential may not ask this (403)`);
  }
  return new GitHubFault('unreachable', `${host}: ${noAnswer(error) ?? `it answers ${status}`}`);
}

async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  const { setTimeout: wait } = await import('node:timers/promises');
  await wait(ms, undefined, { signal });
}

/** In the place of a Bottleneck group: everything goes at once. */
const unhurried = {
  key: () => ({ schedule: (_job: object, work: () => Promise<void>): Promise<void> => work() }),
};

function quiet(): void {}

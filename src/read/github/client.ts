// The way to one GitHub. The laws: the token goes to the API's own host and nowhere else, not even along a redirect; no message
// holds a URL, as those of storage are credentials themselves.

import type { Octokit } from '@octokit/rest';
import { impatient } from './no-answer.ts';

export interface GitHubReply {
  readonly status: number;
  /** JSON that has been parsed; a stream where a file was asked for. */
  readonly data: unknown;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
}

/** An Octokit fits. It retries and waits as its plugins were told to. */
export type Requester = (
  route: string,
  parameters: {
    readonly headers: Readonly<Record<string, string>>;
    readonly request: Readonly<Record<string, unknown>>;
  },
) => Promise<GitHubReply>;

export interface GitHubClient {
  /** `https://api.github.com`, `https://ghe.example.com/api/v3` */
  readonly api: string;
  /** Where people and git go: `https://github.com`. */
  readonly web: string;
  /** With the token. */
  readonly request: Requester;
  /** Without it: for the storage that the API refers to. */
  readonly fetch: Requester;
  /** For git over HTTP; made anew each time, as it may run out. */
  readonly token: () => Promise<string | undefined>;
}

export interface GitHubClientOptions {
  readonly api: string;
  readonly web: string;
  /** A function, so that no object holds it. */
  readonly token: () => string | undefined;
  /** Longest limit that is waited for, in seconds. */
  readonly patience?: number;
  /** First wait before a retry, in ms. */
  readonly pauseMs?: number;
}

const PATIENCE_S = 120;
const PAUSE_MS = 1_000;

export async function createGitHubClient(options: GitHubClientOptions): Promise<GitHubClient> {
  const [{ Octokit }, { retry }, { throttling }] = await Promise.all([
    import('@octokit/rest'),
    import('@octokit/plugin-retry'),
    import('@octokit/plugin-throttling'),
  ]);
  const { patience = PATIENCE_S, pauseMs = PAUSE_MS } = options;
  const api = options.api.replace(/\/+$/, '');
  const wait = (after: number, _options: unknown, _octokit: unknown, tried: number) =>
    after <= patience && tried < 3;
  const shared = {
    baseUrl: api,
    userAgent: 'keyburn',
    retry: { retries: 2, retryAfterBaseValue: pauseMs },
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  };
  const token = options.token();
  const asked = new (Octokit.plugin(impatient, retry, throttling))({
    ...shared,
    ...(token === undefined ? {} : { auth: token }),
    throttle: { onRateLimit: wait, onSecondaryRateLimit: wait, retryAfterBaseValue: pauseMs },
  });
  const plain = new (Octokit.plugin(impatient, retry))(shared);
  return {
    api,
    web: options.web.replace(/\/+$/, ''),
    request: requester(asked),
    fetch: requester(plain),
    token: async () => options.token(),
  };
}

function requester(client: Octokit): Requester {
  return (route, parameters) => client.request(route, parameters);
}

function quiet(): void {}

// Who could have read a repository, in its host's own words: asked once per remote and run, never guessed. Whatever is
// not a clear answer is `unknown`.

import type { Octokit } from '@octokit/rest';
import type { Exposure } from '../model/index.ts';
import { parseRemote, type RemoteRepository } from './remote.ts';

/** A host that the operator vouches for. */
export interface HostConfig {
  /** As it stands in remote URLs: `ghe.example.com`. */
  readonly host: string;
  readonly kind: 'github';
  /** `https://ghe.example.com/api/v3` */
  readonly api: string;
}

export interface HostsOptions {
  /** Besides github.com; one with that name takes its place. */
  readonly hosts: readonly HostConfig[];
  readonly offline: boolean;
  /** The token for a host, where there is one. It is a function so that no object holds it. */
  readonly token?: (host: string) => string | undefined;
  readonly signal?: AbortSignal;
}

export interface Hosts {
  /** Exposure of a repository by its remote URL. Never rejects. */
  exposure(remote: string): Promise<Exposure>;
}

// https://docs.github.com/rest/repos/repos#get-a-repository
const GITHUB: HostConfig = { host: 'github.com', kind: 'github', api: 'https://api.github.com' };
const TIMEOUT_MS = 10_000;
const LONGEST_WAIT_S = 10;
const REDIRECTS = 3;

export function hosts(options: HostsOptions): Hosts {
  const known = new Map([GITHUB, ...options.hosts].map((host) => [host.host.toLowerCase(), host]));
  const clients = new Map<HostConfig, Promise<Octokit>>();
  const asked = new Map<string, Promise<Exposure>>();
  return {
    exposure(remote) {
      const where = parseRemote(remote);
      const host = where && known.get(where.host);
      if (!where || !host || options.offline) return Promise.resolve('unknown');
      const id = `${where.host}/${where.owner}/${where.repo}`.toLowerCase();
      const before = asked.get(id);
      if (before) return before;
      const client = clients.get(host) ?? clientFor(host, options);
      clients.set(host, client);
      const answer = client
        .then((made) => ask(made, host, where, options.signal))
        .catch((): Exposure => 'unknown');
      asked.set(id, answer);
      return answer;
    },
  };
}

/** The client is loaded when a host is asked for the first time: an offline scan never is. */
async function clientFor(host: HostConfig, options: HostsOptions): Promise<Octokit> {
  const [{ Octokit }, { retry }, { throttling }] = await Promise.all([
    import('@octokit/rest'),
    import('@octokit/plugin-retry'),
    import('@octokit/plugin-throttling'),
  ]);
  const token = options.token?.(host.host);
  const wait = (after: number, _options: unknown, _octokit: unknown, tried: number) =>
    after <= LONGEST_WAIT_S && tried < 1;
  return new (Octokit.plugin(retry, throttling))({
    baseUrl: host.api.replace(/\/+$/, ''),
    userAgent: 'keyburn',
    ...(token === undefined ? {} : { auth: token }),
    retry: { retries: 1, retryAfterBaseValue: 250 },
    throttle: { onRateLimit: wait, onSecondaryRateLimit: wait },
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  });
}

async function ask(
  client: Octokit,
  host: HostConfig,
  where: RemoteRepository,
  signal: AbortSignal | undefined,
): Promise<Exposure> {
  const repo = where.repo.replace(/\.wiki$/, '');
  if (where.owner.includes('/')) return 'unknown';
  // A renamed repository answers with a redirect. It is followed by hand, so that the token stays with its host.
  let url = `${host.api.replace(/\/+$/, '')}/repos/${encodeURIComponent(where.owner)}/${encodeURIComponent(repo)}`;
  for (let step = 0; step <= REDIRECTS; step++) {
    const limit = AbortSignal.timeout(TIMEOUT_MS);
    const request = {
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    } as const;
    const reply = await client.request(`GET ${url}`, { request });
    const status: number = reply.status;
    if (status < 300 || status >= 400) return exposureOf(reply.data);
    const next = new URL(String(reply.headers.location ?? ''), url);
    if (next.origin !== new URL(host.api).origin) return 'unknown';
    url = next.href;
  }
  return 'unknown';
}

function exposureOf(data: unknown): Exposure {
  if (typeof data !== 'object' || data === null) return 'unknown';
  const visibility = 'visibility' in data ? data.visibility : undefined;
  if (visibility === 'public' || visibility === 'internal' || visibility === 'private') return visibility;
  const hidden = 'private' in data ? data.private : undefined;
  return hidden === true ? 'private' : hidden === false ? 'public' : 'unknown';
}

function quiet(): void {}

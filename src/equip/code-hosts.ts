// The code hosts that may be asked: github.com, and those that the operator has named. A token goes to its own host alone.

import type { Config } from '../config/index.ts';
import {
  createGitHubClient,
  type GitHubClient,
  type HostedOptions,
  type Hosts,
  hosts,
  type SourceName,
} from '../read/index.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** A token for a code host, so that private repositories can be asked about, too. */
function hostToken(host: string, config: Config, env: Env): string | undefined {
  const named = config.host.find((one) => one.host === host)?.['token-env'];
  if (named !== undefined) return env[named];
  return host === 'github.com' ? (env.GITHUB_TOKEN ?? env.GH_TOKEN) : undefined;
}

/** Made once for each host; undefined for one that nobody has named. */
export function gitHubClients(config: Config, env: Env): (host: string) => Promise<GitHubClient | undefined> {
  const made = new Map<string, Promise<GitHubClient>>();
  return async (host) => {
    const known = made.get(host);
    if (known !== undefined) return await known;
    const api = config.host.find((one) => one.host === host)?.api;
    if (api === undefined && host !== 'github.com') return undefined;
    const at = api ?? 'https://api.github.com';
    const client = createGitHubClient({
      api: at,
      web: `${new URL(at).protocol}//${host}`,
      token: () => hostToken(host, config, env),
    });
    made.set(host, client);
    return await client;
  };
}

/** How targets of GitHub are read. */
export function hostedOptions(
  clients: HostedOptions['client'],
  asked: Hosts,
  which: readonly SourceName[] | undefined,
): HostedOptions {
  return {
    client: clients,
    exposure: (remote) => asked.exposure(remote),
    ...(which === undefined ? {} : { which }),
  };
}

/** Who can read a repository, in its host's own words. */
export function hostsOf(config: Config, env: Env, offline: boolean): Hosts {
  return hosts({ hosts: config.host, offline, token: (host) => hostToken(host, config, env) });
}

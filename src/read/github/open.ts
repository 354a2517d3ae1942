import { type Exposure, SetupError } from '../../model/index.ts';
import type { Located, Reader, Sighting } from '../options.ts';
import type { GitHubClient } from './client.ts';
import type { SourceName } from './names.ts';
import {
  type GitHubSourcesOptions,
  type GitWay,
  githubGists,
  githubSources,
  type SourceReader,
} from './readers.ts';
import { type GitHubTarget, parseGitHubTarget } from './target.ts';

/** What a door says of the targets that begin with `github:`. */
export interface HostedOptions extends Omit<GitHubSourcesOptions, 'git' | 'signal' | 'host'> {
  /** Made when the first such target is opened; undefined for a host that the operator has not named. */
  readonly client: (host: string) => Promise<GitHubClient | undefined>;
  /** Who can read a repository, in its host's own words. */
  readonly exposure: (remote: string) => Promise<Exposure>;
  /** Called when a source has been read, or has failed: its cursor is good once what was found is stored. */
  readonly told?: (reader: SourceReader) => void;
  /** All refs of an address, as one text; left out, git asks with what it is given. */
  readonly tips?: GitWay['tips'];
}

/** All sources of one target as one reader. @throws SetupError */
export async function openGitHub(
  target: string,
  hosted: HostedOptions,
  signal: AbortSignal | undefined,
  git: GitWay,
): Promise<Reader> {
  const where = parseGitHubTarget(target);
  const client = await hosted.client(where.host);
  if (client === undefined)
    throw new SetupError(`${target}: ${where.host} is not known`, {
      hint: 'name it in keyburn.toml: [[host]] host, kind = "github", api, token-env',
    });
  const options: GitHubSourcesOptions = {
    ...hosted,
    signal,
    host: where.host,
    git: { open: withToken(client, git.open), tips: withToken(client, hosted.tips ?? git.tips) },
  };
  const sources = await sourcesOf(where, client, hosted, options, target);
  return joined(target, sources, hosted.told);
}

async function sourcesOf(
  { owner, name }: GitHubTarget,
  client: GitHubClient,
  hosted: HostedOptions,
  options: GitHubSourcesOptions,
  target: string,
): Promise<SourceReader[]> {
  const gists: SourceName = 'gists';
  if (name === undefined) {
    if (hosted.which?.some((source) => source !== gists) === true)
      throw new SetupError(`${target}: a user has gists alone`, {
        hint: 'name a repository, or --sources gists',
      });
    return [githubGists(client, owner, options)];
  }
  if (hosted.which?.includes(gists) === true)
    throw new SetupError(`${target}: a repository has no gists`, {
      hint: `github:${owner} reads those of ${owner}`,
    });
  const exposure = await hosted.exposure(`${client.web}/${owner}/${name}.git`);
  return githubSources(client, { owner, name, exposure }, options);
}

/** The token goes to the host itself, and in no other address. */
function withToken<T>(client: GitHubClient, way: (address: string) => Promise<T>) {
  return async (address: string): Promise<T> => {
    const token = await client.token();
    const own = new URL(client.web);
    const url = URL.canParse(address) ? new URL(address) : undefined;
    const same = url?.protocol === 'https:' && (url.host === own.host || url.host === `gist.${own.host}`);
    if (token === undefined || url === undefined || !same) return await way(address);
    url.username = 'x-access-token';
    url.password = token;
    return await way(url.href);
  };
}

function joined(target: string, sources: readonly SourceReader[], told: HostedOptions['told']): Reader {
  return {
    target,
    async run(sink) {
      for (const source of sources) {
        await source.run(sink);
        told?.(source);
      }
    },
    async locate(sightings: readonly Sighting[]): Promise<readonly Located[]> {
      // Where a text stands is known to all of them; what a clone holds, to the one that made it.
      let located: Located[] = [];
      for (const source of sources) {
        const found = await source.locate(sightings);
        located = located.length === 0 ? [...found] : located.map((one, at) => better(one, found[at]));
      }
      return located;
    },
    async close() {
      for (const source of sources) await source.close();
    },
  };
}

function better(one: Located, other: Located | undefined): Located {
  const knows = (located: Located): boolean => located.places.some(({ place }) => place.url !== undefined);
  return other !== undefined && !knows(one) && knows(other) ? other : one;
}

// One reader for each source, each with a cursor of its own. The law: a source that fails, or has asked enough, is named, and
// stops no other.

import { type Exposure, type Origin, SetupError, type Sink } from '../../model/index.ts';
import { LIMITS, type Limits } from '../archive/index.ts';
import type { Located, Reader, Sighting } from '../options.ts';
import { withoutCredentials } from '../remote.ts';
import { Ask, Exhausted, Quota, Refusal } from './ask.ts';
import { assets } from './assets.ts';
import type { GitHubClient } from './client.ts';
import { readGist, wiki } from './git-sources.ts';
import { REPOSITORY_SOURCES, type SourceName } from './names.ts';
import { commitComments, issueComments, issues, releases, reviewComments, reviews } from './prose.ts';
import { artifacts, logs } from './runs.ts';
import {
  type GitHubRepository,
  isItem,
  itemsOf,
  PER_PAGE,
  pages,
  type ReadSource,
  Shown,
  type SourceTools,
  textOf,
} from './source.ts';
import { printGitHubTarget } from './target.ts';

export interface GitHubSourcesOptions {
  /** All of a repository where it is left out. */
  readonly which?: readonly SourceName[];
  /** As `cursor()` of an earlier reader of this source gave it; left out, everything is read. */
  readonly cursors?: Readonly<Partial<Record<SourceName, string>>>;
  /** Nothing that is older is asked for, where GitHub can be asked so. RFC 3339. Goes behind a cursor. */
  readonly since?: string;
  /** Requests that each source may make; left out, an equal share of what GitHub says is left. */
  readonly requests?: number;
  /**
   * The caller comes again and again, with cursors: that a source has used its requests is no gap then, as it goes on, and neither
   * is a file that its host has thrown away.
   */
  readonly lasting?: boolean;
  /** There may be workflows that the cursor does not know. */
  readonly workflows?: boolean;
  readonly limits?: Limits;
  readonly signal?: AbortSignal | undefined;
  readonly now?: () => Date;
  /** `github.com`, as targets name it. */
  readonly host?: string;
  readonly git: GitWay;
}

/** How repositories of git are reached. Addresses come with the token where it belongs to them. */
export interface GitWay {
  /** Clones an address, and reads what was cloned with all its history. */
  readonly open: (address: string) => Promise<Reader>;
  /** All refs and where they point, as one text. */
  readonly tips: (address: string) => Promise<string>;
}

/**
 * What reading came to. `none`: there is no such thing (a wiki that nobody has begun). `partial`: something of it was named to
 * `skip`; what the cursor is past of is read or gone for good.
 */
export type SourceState = 'waiting' | 'read' | 'unchanged' | 'none' | 'partial';

export interface SourceReader extends Reader {
  readonly source: SourceName;
  readonly state: SourceState;
  /** What it stopped at, behind its cursor; undefined where it came to its end. */
  readonly stopped: Refusal | Exhausted | SetupError | undefined;
  /** Where the next scan goes on. Store it with what was found, never before; undefined: nowhere yet. */
  readonly cursor: string | undefined;
}

const READ: Readonly<Record<Exclude<SourceName, 'wiki' | 'gists'>, ReadSource>> = {
  issues,
  'issue-comments': issueComments,
  'review-comments': reviewComments,
  reviews,
  'commit-comments': commitComments,
  releases,
  logs,
  assets,
  artifacts,
};

/** The sources of one repository, those that cost least first. Run them one after the other. */
export function githubSources(
  client: GitHubClient,
  repository: GitHubRepository,
  options: GitHubSourcesOptions,
): SourceReader[] {
  const { owner, name, exposure } = repository;
  const target = printGitHubTarget({ host: options.host ?? 'github.com', owner, name });
  const shown = new Shown(target, exposure, `${client.web}/${owner}/${name}.git`);
  const wanted = REPOSITORY_SOURCES.filter((source) => options.which?.includes(source) ?? true);
  const quota = new Quota();
  return wanted.map((source, index) => {
    const read: Read =
      source === 'wiki'
        ? (tools, cursor, keep, opened) => wiki(opened)(tools, cursor, keep)
        : (tools, cursor, keep) => READ[source](tools, cursor, keep);
    return new One({
      client,
      repository,
      target,
      shown,
      quota,
      source,
      read,
      options,
      toCome: wanted.length - index,
    });
  });
}

/** The gists of a user, or of all members of an organisation that the token can see. */
export function githubGists(
  client: GitHubClient,
  owner: string,
  options: GitHubSourcesOptions,
): SourceReader {
  const target = printGitHubTarget({ host: options.host ?? 'github.com', owner, name: undefined });
  const exposure: Exposure = 'unknown';
  const shown = new Shown(target, exposure, `${client.web}/${owner}`);
  const read: Read = async (tools, given, keep, opened) => {
    const known = isItem(given) && isItem(given.users) ? given.users : {};
    const users: Record<string, unknown> = { ...known };
    let changed = false;
    for (const login of await gistOwners(tools, owner)) {
      const since = typeof known[login] === 'string' ? known[login] : options.since;
      let last = since ?? '';
      for await (const page of pages(tools.ask, `/users/${encodeURIComponent(login)}/gists`, { since })) {
        for (const gist of page) {
          const updated = textOf(gist, 'updated_at');
          if (since !== undefined && updated <= since) continue;
          tools.signal?.throwIfAborted();
          changed = true;
          try {
            await readGist(tools, gist, opened);
          } catch (error) {
            if (!(error instanceof SetupError)) throw error;
            tools.skip(`gist ${textOf(gist, 'id')}`, error.message);
          }
          if (updated > last) last = updated;
        }
      }
      // Newest come first, so a user's cursor moves when all of them have been read.
      if (last !== '') users[login] = last;
      keep({ users });
    }
    return changed ? 'read' : 'unchanged';
  };
  const repository = { owner, name: '', exposure };
  const quota = new Quota();
  return new One({ client, repository, target, shown, quota, source: 'gists', read, options, toCome: 1 });
}

async function gistOwners({ ask }: SourceTools, owner: string): Promise<string[]> {
  const { data } = (await ask.page(`/users/${encodeURIComponent(owner)}`)) ?? {};
  if (!isItem(data) || data.type !== 'Organization') return [owner];
  const members: string[] = [];
  for (let page = 1; ; page++) {
    const reply = await ask.page(`/orgs/${encodeURIComponent(owner)}/members`, { per_page: PER_PAGE, page });
    members.push(...itemsOf(reply).map((member) => textOf(member, 'login')));
    if (reply?.more !== true) return members.filter(Boolean);
  }
}

type Read = (
  tools: SourceTools,
  cursor: unknown,
  keep: (cursor: unknown) => void,
  opened: (reader: Reader) => Promise<void>,
) => ReturnType<ReadSource>;

interface Made {
  readonly client: GitHubClient;
  readonly repository: GitHubRepository;
  readonly target: string;
  readonly shown: Shown;
  readonly quota: Quota;
  readonly source: SourceName;
  readonly read: Read;
  readonly options: GitHubSourcesOptions;
  /** Sources that share the quota, this one and those behind it. */
  readonly toCome: number;
}

class One implements SourceReader {
  readonly #made: Made;
  /** Clones in which something was found, by their address. */
  readonly #opened = new Map<string, Reader>();
  readonly #found = new Set<string>();
  #state: SourceState = 'waiting';
  #stopped: SourceReader['stopped'];
  #cursor: string | undefined;

  constructor(made: Made) {
    this.#made = made;
    this.#cursor = made.options.cursors?.[made.source];
  }

  get source(): SourceName {
    return this.#made.source;
  }

  get target(): string {
    return this.#made.target;
  }

  get state(): SourceState {
    return this.#state;
  }

  get stopped(): SourceReader['stopped'] {
    return this.#stopped;
  }

  get cursor(): string | undefined {
    return this.#cursor;
  }

  async run(sink: Sink): Promise<void> {
    const { client, repository, target, shown, quota, source, read, options, toCome } = this.#made;
    const { signal, limits = LIMITS, now = () => new Date(), since } = options;
    let skips = 0;
    const counting: Sink = {
      look: (chunk) => {
        const looked = sink.look(chunk);
        if (looked.findings.length > 0) this.#note(chunk.origin);
        return looked;
      },
      inherit: (finding, origin, span) => {
        this.#note(origin);
        sink.inherit(finding, origin, span);
      },
      skip: (skipped) => {
        skips += 1;
        sink.skip(skipped);
      },
      advance: (step) => sink.advance(step),
    };
    const skip = (what: string, why: string): void =>
      counting.skip({ path: what === '' ? `${target} ${source}` : `${target} ${what}`, why });
    const tools: SourceTools = {
      ask: new Ask(client, quota, options.requests ?? quota.share(toCome), signal),
      repository,
      shown,
      sink: counting,
      signal,
      now,
      limits,
      lasting: options.lasting === true,
      workflows: options.workflows === true,
      skip,
      openGit: options.git.open,
      tipsOf: options.git.tips,
    };
    const cursor = parsed(this.#cursor) ?? (since === undefined ? undefined : { since, from: since });
    const keep = (kept: unknown): void => {
      this.#cursor = JSON.stringify(kept);
    };
    try {
      this.#state = await read(tools, cursor, keep, (reader) => this.#keepOpen(reader));
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof Refusal || error instanceof Exhausted || error instanceof SetupError))
        throw error;
      this.#stopped = error;
      this.#state = 'partial';
      if (!(error instanceof Exhausted && options.lasting === true)) skip('', error.message);
    }
    if (skips > 0) this.#state = 'partial';
  }

  async locate(sightings: readonly Sighting[]): Promise<readonly Located[]> {
    const here = this.#made.shown.locate(sightings);
    const located: Located[] = [];
    for (const [index, sighting] of sightings.entries()) {
      const { origin } = sighting;
      const reader = origin.kind === 'hosted' ? undefined : this.#opened.get(repositoryOf(origin));
      const found = reader === undefined ? here[index] : (await reader.locate([sighting]))[0];
      if (found !== undefined) located.push(found);
    }
    return located;
  }

  async close(): Promise<void> {
    for (const reader of this.#opened.values()) await reader.close();
    this.#opened.clear();
  }

  #note(origin: Origin): void {
    if (origin.kind !== 'hosted') this.#found.add(repositoryOf(origin));
  }

  /** A clone is needed to say who brought what was found in it; without that it goes at once. */
  async #keepOpen(reader: Reader): Promise<void> {
    const address = withoutCredentials(reader.target);
    if (this.#found.has(address)) this.#opened.set(address, reader);
    else await reader.close();
  }
}

function repositoryOf(origin: Origin): string {
  return 'repository' in origin ? (origin.repository ?? '') : '';
}

/** A cursor of another version is none. */
function parsed(cursor: string | undefined): unknown {
  if (cursor === undefined) return undefined;
  try {
    return JSON.parse(cursor);
  } catch {
    return undefined;
  }
}

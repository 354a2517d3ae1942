// What a repository has beside its code, one source for each kind. The laws: a source goes so many requests at a time, so that none
// keeps the others waiting, and goes on where it stopped; what its host refuses is named and stops that source alone; whatever a
// pulse shows to be as it was is not asked for.

import { SetupError, type Skipped } from '../model/index.ts';
import {
  Exhausted,
  inOrder,
  printGitHubTarget,
  REPOSITORY_SOURCES,
  Refusal,
  type SourceName,
  type SourceReader,
  TRIED_AGAIN,
} from '../read/index.ts';
import type { KnownRepository } from '../record/index.ts';
import { GitFault } from './git.ts';
import { type GitHub, GitHubFault } from './github.ts';
import { isPulsed, NONE, partOf } from './pulse.ts';
import { ALL_OF_IT, type Source, type SourceRead, type SourceTools } from './source.ts';
import { copyOfWiki, tipsOfWiki } from './wiki.ts';

export const HOSTED_NAMES: readonly string[] = REPOSITORY_SOURCES;

/** Requests of one source before the others have their turn. */
const SLICE = 500;

/** What a cursor begins with, so that a plan can be made without reading on. */
export interface Head {
  /** There is something that no pulse of its repository shows: runs, a wiki. */
  readonly lives: boolean;
  /** What has been read, in the words of the pulse that was taken before; undefined: not to its end. */
  readonly pulse: string | undefined;
  /** Of logs, the runs whose workflows GraphQL can be asked about; none where that is not known, or they are too many. */
  readonly asks: readonly string[];
}

interface Known extends Head {
  /** The reader's own. */
  readonly cursor: string | undefined;
}

export function hostedSource(name: SourceName, slice = SLICE): Source {
  return { name, scan: (repository, last, tools) => scan(name, slice, repository, last, tools) };
}

async function scan(
  name: SourceName,
  slice: number,
  repository: KnownRepository,
  last: string | undefined,
  tools: SourceTools,
): Promise<SourceRead> {
  const known = last === undefined ? undefined : knownOf(last);
  // Whoever visits a repository that has runs asks for them: a push, a pull request may have brought a workflow that none knows yet.
  const part = name === 'logs' ? undefined : partOf(name, tools.pulse);
  if (!tools.whole && nothingNew(name, known, part, tools))
    return {
      cursor: encode({ ...(known ?? NOTHING), pulse: part ?? known?.pulse }),
      changed: false,
      whole: known === undefined,
    };
  const from = tools.whole ? undefined : known?.cursor;
  const reader = await read(name, slice, repository, from, tools);
  const { state, stopped, cursor } = reader;
  const through = stopped === undefined || isGap(stopped);
  const left = leftBy(name, cursor);
  const said = name === 'logs' ? (tools.pulse?.runs ?? left.signal) : part;
  const next: Known = {
    lives: left.lives || known?.lives === true,
    pulse:
      through && left.settled
        ? (said ?? known?.pulse ?? (name === 'artifacts' ? NONE : undefined))
        : undefined,
    asks: left.asks,
    cursor,
  };
  const fault = through || stopped instanceof Exhausted ? undefined : faultOf(stopped);
  const moved = cursor !== undefined && cursor !== from;
  // One that breaks before its first step has nothing to keep.
  if (fault !== undefined && !moved) throw fault;
  if (stopped instanceof Refusal && stopped.status === 404) await assertThere(repository, tools.github);
  return {
    cursor: encode(next),
    changed: state === 'read' || state === 'partial',
    whole: from === undefined,
    more: stopped instanceof Exhausted && moved,
    ...(fault === undefined ? {} : { fault }),
    closes: (gap) => closes(gap, stopped === undefined),
  };
}

/** @param part undefined: nobody has told */
function nothingNew(
  name: SourceName,
  known: Known | undefined,
  part: string | undefined,
  tools: SourceTools,
): boolean {
  if (part !== undefined && (part === NONE || part === known?.pulse)) return true;
  // Runs alone leave artifacts.
  return name === 'artifacts' && known !== undefined && tools.news('logs') === false;
}

async function read(
  name: SourceName,
  slice: number,
  repository: KnownRepository,
  from: string | undefined,
  tools: SourceTools,
): Promise<SourceReader> {
  const { github } = tools;
  let told: SourceReader | undefined;
  await tools.run(targetOf(repository, github), {
    hosted: {
      client: async () => github.reader,
      exposure: async () => repository.exposure,
      which: [name],
      ...(from === undefined ? {} : { cursors: { [name]: from } }),
      requests: slice,
      lasting: true,
      // They come with a push, or with a pull request.
      workflows: tools.whole || repository.scannedPush !== repository.pushedAt || tools.news('git') === true,
      told: (reader) => {
        told = reader;
      },
      tips: (address) => tipsOfWiki(address, tools),
    },
    copyOf: (address) => copyOfWiki(repository, address, tools),
  });
  if (told === undefined) throw new Error('the source was not read');
  return told;
}

export function targetOf({ name }: KnownRepository, { host }: Pick<GitHub, 'host'>): string {
  const [owner = '', repository = ''] = name.split('/');
  return printGitHubTarget({ host, owner, name: repository });
}

/** Nothing that a later try would do better, with the same credential. */
function isGap(stopped: NonNullable<SourceReader['stopped']>): boolean {
  if (!(stopped instanceof Refusal)) return false;
  const { status, message } = stopped;
  return (status === 403 && !/rate limit/.test(message)) || status === 404 || status === 410;
}

function faultOf(stopped: NonNullable<SourceReader['stopped']>): Error {
  if (stopped.cause instanceof GitHubFault || stopped instanceof SetupError) {
    return stopped.cause instanceof GitHubFault ? stopped.cause : stopped;
  }
  const status = stopped instanceof Refusal ? stopped.status : undefined;
  const trouble = status === 401 ? 'refused' : status === 403 || status === 429 ? 'limited' : 'unreachable';
  return new GitHubFault(trouble, stopped.message);
}

/** A host hides what is gone and what may not be seen behind the same number. */
async function assertThere({ name }: KnownRepository, github: GitHub): Promise<void> {
  if ((await github.get(`/repos/${name}`)) === undefined)
    throw new GitFault('missing', 'there is no such repository any more');
}

/** What a reader's cursor says to the plan. */
interface Left extends Pick<Head, 'lives' | 'asks'> {
  /** Nothing of what was listed is to be tried again. */
  readonly settled: boolean;
  /** What the listing itself showed of the last runs. */
  readonly signal: string | undefined;
}

function leftBy(name: SourceName, cursor: string | undefined): Left {
  const nothing = { lives: false, asks: [], settled: true, signal: undefined };
  if (isPulsed(name) || cursor === undefined) return nothing;
  if (name === 'wiki') return { ...nothing, lives: true };
  const { done, pages, workflows, signal } = JSON.parse(cursor) as {
    done?: object;
    pages?: readonly { readonly etag: string }[];
    workflows?: Readonly<Record<string, string>>;
    signal?: string;
  };
  const settled = pages?.every(({ etag }) => etag !== '') === true;
  const asks = inOrder(workflows ?? {});
  // What still runs has nothing to be read yet, and will; what ran long ago may run again.
  const lives = Object.keys(done ?? {}).length > 0 || asks.length > 0 || !settled;
  return { lives, asks, settled, signal };
}

/** What the next scan was to try again it has; and who came to the end of a source has stopped nowhere in it. */
function closes({ path, why }: Skipped, through: boolean): boolean {
  return why.endsWith(TRIED_AGAIN) || (through && path === ALL_OF_IT);
}

const NOTHING: Known = { lives: false, pulse: undefined, asks: [], cursor: undefined };

/** What the plan needs stands in front: see FleetStore.heads. */
function encode({ lives, pulse, asks, cursor }: Known): string {
  return JSON.stringify({
    lives,
    pulse: pulse ?? null,
    ...(asks.length === 0 ? {} : { asks }),
    cursor: cursor ?? null,
  });
}

function knownOf(text: string): Known {
  const { cursor } = JSON.parse(text) as { cursor: unknown };
  return { ...headOf(text), cursor: typeof cursor === 'string' ? cursor : undefined };
}

/** @param head how a cursor of ours begins */
export function headOf(head: string): Head {
  const [, lives, pulse, asks] =
    /^\{"lives":(true|false),"pulse":(?:null|"([^"\\]*)")(?:,"asks":\[([^\]]*)\])?/.exec(head) ?? [];
  return {
    lives: lives === 'true',
    pulse,
    asks: asks === undefined ? [] : (JSON.parse(`[${asks}]`) as string[]),
  };
}

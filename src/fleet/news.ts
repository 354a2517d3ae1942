// What there may be to read beside the code, by repository: what the plan goes by where nothing was pushed.

import type { CursorHead, KnownRepository } from '../record/index.ts';
import { GitHubFault } from './github.ts';
import { type Head, HOSTED_NAMES, headOf } from './hosted.ts';
import { isPulsed, type Pulse, partOf, pulsesOf } from './pulse.ts';
import { signalsOf, turnCame } from './ran.ts';
import type { FleetEquipment } from './repository.ts';

/** The source that knows what ran. */
const LOGS = 'logs';

export interface News {
  /** Sources beside the code that were chosen. */
  readonly sources: readonly string[];
  readonly pulses: ReadonlyMap<string, Pulse>;
  /** Where each source stands, by repository and name. */
  readonly heads: ReadonlyMap<string, ReadonlyMap<string, Head & { readonly readAt: string }>>;
}

/** Undefined where nothing beside the code was chosen, or nobody tells. */
export type AskNews = (repositories: readonly KnownRepository[]) => Promise<News | undefined>;

/** Asks once for each repository, however often it is asked about. @param trouble the host's no; nothing is asked after it */
export function newsAsker(
  use: Pick<FleetEquipment, 'sources' | 'ledger' | 'github' | 'scan' | 'signal'>,
  trouble: (fault: GitHubFault) => void,
): AskNews {
  const sources = use.sources.map(({ name }) => name).filter((name) => HOSTED_NAMES.includes(name));
  const pulses = new Map<string, Pulse>();
  const asked = new Set<string>();
  let refused = false;
  let told = sources.some(isPulsed);
  let toldOfRuns = sources.includes(LOGS);
  return async (repositories) => {
    if (sources.length === 0 || refused) return undefined;
    const here = repositories.filter(({ gone }) => !gone);
    const keys = here.map(({ key }) => key);
    const heads = byRepository(await use.ledger.fleet.heads(sources, keys));
    const wanted = here.filter((one) => !asked.has(one.key) && !isAtRest(one, sources, heads.get(one.key)));
    for (const { key } of wanted) asked.add(key);
    try {
      if (told && wanted.length > 0) {
        const found = await pulsesOf(use.github, wanted);
        for (const [key, pulse] of found) pulses.set(key, pulse);
        if (found.size === 0) {
          told = false;
          use.scan.warn('the host does not say what is new in many repositories at once: each one is asked');
        }
      }
      const ran = wanted.flatMap(({ key }) => {
        const { lives = false, asks = [] } = heads.get(key)?.get(LOGS) ?? {};
        return lives && asks.length > 0 ? [{ key, nodes: asks }] : [];
      });
      if (toldOfRuns && ran.length > 0) {
        const found = await signalsOf(use.github, ran);
        for (const [key, runs] of found ?? []) pulses.set(key, { ...pulses.get(key), runs });
        if (found === undefined) {
          toldOfRuns = false;
          use.scan.warn('the host does not say what ran in many repositories at once: each one is asked');
        }
      }
    } catch (error) {
      use.signal.throwIfAborted();
      if (!(error instanceof GitHubFault)) throw error;
      refused = true;
      trouble(error);
      return undefined;
    }
    return { sources, pulses, heads };
  };
}

function byRepository(rows: readonly CursorHead[]): News['heads'] {
  const heads = new Map<string, Map<string, Head & { readonly readAt: string }>>();
  for (const { repository, source, head, readAt } of rows) {
    const known = heads.get(repository) ?? new Map<string, Head & { readonly readAt: string }>();
    known.set(source, { ...headOf(head), readAt });
    heads.set(repository, known);
  }
  return heads;
}

/** Nobody can write into it or run anything in it, and all of it has been read. */
function isAtRest(
  { archived }: KnownRepository,
  sources: readonly string[],
  heads: ReadonlyMap<string, unknown> | undefined,
): boolean {
  return archived && sources.every((source) => heads?.has(source) === true);
}

/**
 * Which sources of a repository may have something new. Pure.
 * @param began what was read since then is not asked again @param now whose turn it is to be asked, whatever is told of it
 */
export function staleIn(repository: KnownRepository, news: News, began: Date, now: Date): string[] {
  const heads = news.heads.get(repository.key);
  if (isAtRest(repository, news.sources, heads)) return [];
  const pulse = news.pulses.get(repository.key);
  const isBehind = (source: string): boolean => {
    const head = heads?.get(source);
    if (head === undefined) return true;
    const part = partOf(source, pulse);
    if (part !== undefined) return part !== head.pulse;
    return (head.lives || isPulsed(source)) && head.readAt < began.toISOString();
  };
  const isWritten = news.sources.some((source) => isPulsed(source) && isBehind(source));
  const ran = ((): boolean => {
    const head = heads?.get(LOGS);
    if (!isBehind(LOGS) || head === undefined) return isBehind(LOGS);
    const isAsBefore = pulse?.runs !== undefined && pulse.runs === head.pulse;
    return !isAsBefore || turnCame(repository.key, new Date(head.readAt), now);
  })();
  return news.sources.filter((source) => {
    if (isPulsed(source)) return isBehind(source);
    // Whoever writes may have brought a workflow, by a pull request from a fork, and the first runs and pages come unannounced.
    if (isWritten && isUnread(heads?.get(source), began)) return true;
    if (source === LOGS) return ran;
    // Runs alone leave artifacts; but what was not read to its end is.
    const follows = source === 'artifacts' && heads?.get(LOGS)?.lives === true && news.sources.includes(LOGS);
    return follows && heads?.get(source)?.pulse !== undefined ? ran : isBehind(source);
  });
}

function isUnread(head: { readonly readAt: string } | undefined, began: Date): boolean {
  return head === undefined || head.readAt < began.toISOString();
}

// What there may be to read beside the code, by repository: what the plan goes by where nothing was pushed.

import type { CursorHead, KnownRepository } from '../record/index.ts';
import { GitHubFault } from './github.ts';
import { type Head, HOSTED_NAMES, headOf } from './hosted.ts';
import { isPulsed, type Pulse, partOf, pulsesOf } from './pulse.ts';
import type { FleetEquipment } from './repository.ts';

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
  return async (repositories) => {
    if (sources.length === 0 || refused) return undefined;
    const here = repositories.filter(({ gone }) => !gone);
    const keys = here.map(({ key }) => key);
    const heads = byRepository(await use.ledger.fleet.heads(sources, keys));
    const wanted = told
      ? here.filter((one) => !asked.has(one.key) && !isAtRest(one, sources, heads.get(one.key)))
      : [];
    for (const { key } of wanted) asked.add(key);
    try {
      const found = await pulsesOf(use.github, wanted);
      for (const [key, pulse] of found) pulses.set(key, pulse);
      if (wanted.length > 0 && found.size === 0) {
        told = false;
        use.scan.warn('the host does not say what is new in many repositories at once: each one is asked');
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

/** Which sources of a repository may have something new. Pure. @param began what was read since then is not asked again */
export function staleIn(repository: KnownRepository, news: News, began: Date): string[] {
  const heads = news.heads.get(repository.key);
  if (isAtRest(repository, news.sources, heads)) return [];
  const pulse = news.pulses.get(repository.key);
  return news.sources.filter((source) => {
    const head = heads?.get(source);
    if (head === undefined) return true;
    const part = partOf(source, pulse);
    if (part !== undefined) return part !== head.pulse;
    return (head.lives || isPulsed(source)) && head.readAt < began.toISOString();
  });
}

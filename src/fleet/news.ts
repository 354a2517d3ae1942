// What there may be to read beside the code, by repository: what the plan goes by where nothing was pushed.

import type { CursorHead, KnownRepository } from '../record/index.ts';
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

/** Undefined where nothing beside the code was chosen. Rejects with a GitHubFault. */
export async function newsOf(
  repositories: readonly KnownRepository[],
  use: Pick<FleetEquipment, 'sources' | 'ledger' | 'github' | 'scan'>,
  before?: News,
): Promise<News | undefined> {
  const sources = use.sources.map(({ name }) => name).filter((name) => HOSTED_NAMES.includes(name));
  if (sources.length === 0) return undefined;
  const heads = byRepository(await use.ledger.fleet.heads(sources));
  if (before !== undefined) return { ...before, heads };
  const asked = sources.some(isPulsed)
    ? repositories.filter((one) => !one.gone && !isAtRest(one, sources, heads.get(one.key)))
    : [];
  const pulses = await pulsesOf(use.github, asked);
  if (asked.length > 0 && pulses.size === 0)
    use.scan.warn('the host does not say what is new in many repositories at once: each one is asked');
  return { sources, pulses, heads };
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

// What is to be scanned, page by page: however many repositories there are, a planner holds few of them at a time.

import type { FleetStore, KnownRepository, PageEnd } from '../record/index.ts';
import { HOSTED_NAMES } from './hosted.ts';
import type { Subject } from './listing.ts';
import type { AskNews } from './news.ts';
import { type Due, isIn, type PlanOptions, plan } from './plan.ts';

const PAGE = 2_000;

/** What a plan is about. */
export interface Planned {
  readonly host: string;
  readonly subjects: readonly Subject[];
  /** Names of the sources that were chosen. */
  readonly sources: readonly string[];
}

/**
 * The most urgent first: keys that are not done with, then what was pushed, the last pushed first, then what is new beside the code and
 * the rest of a sweep.
 */
export async function* dueNow(
  fleet: Pick<FleetStore, 'attention' | 'repositoriesOf' | 'due'>,
  { host, subjects, sources }: Planned,
  askNews: AskNews,
  options: PlanOptions,
): AsyncGenerator<Due> {
  const isNamed = filterOf(host, subjects);
  const { shard } = options;
  const isOurs = (one: KnownRepository) => isNamed(one) && (shard === undefined || isIn(one.key, shard));
  const attention = (await fleet.attention()).filter(({ source }) => sources.includes(source));
  const wanted = [...new Set(attention.map(({ repository }) => repository))];
  const urgent = (await fleet.repositoriesOf(wanted)).filter(isOurs);
  const given = new Set<string>();
  for (const one of plan(urgent, attention, { ...options, sweep: false, news: await askNews(urgent) })) {
    given.add(one.repository.key);
    yield one;
  }

  async function* pages(sweptBefore?: string): AsyncGenerator<readonly Due[]> {
    let after: PageEnd | undefined;
    for (;;) {
      const page = await fleet.due(host, {
        after,
        limit: PAGE,
        ...(sweptBefore === undefined ? {} : { sweptBefore }),
      });
      const fresh = page.filter((one) => !given.has(one.key) && isOurs(one));
      const sweep = sweptBefore !== undefined && options.sweep;
      yield plan(fresh, [], { ...options, sweep, news: await askNews(fresh) });
      after = page.at(-1);
      if (page.length < PAGE) break;
    }
  }

  for await (const page of pages()) yield* page;
  if (!options.sweep && !sources.some((one) => HOSTED_NAMES.includes(one))) return;
  // What was pushed has had its turn, or waits for it.
  for await (const page of pages(options.began.toISOString()))
    yield* page.filter(({ why }) => why === 'beside' || why === 'sweep');
}

/** Whether a repository is one of those that were named. */
function filterOf(host: string, subjects: readonly Subject[]): (one: KnownRepository) => boolean {
  const names = new Set<string>();
  const owners = new Set<string>();
  for (const subject of subjects) {
    if (subject.kind === 'list') for (const name of subject.names) names.add(name.toLowerCase());
    else owners.add(subject.name.toLowerCase());
  }
  return (one) => {
    if (one.host !== host) return false;
    const name = one.name.toLowerCase();
    return names.has(name) || owners.has(name.split('/')[0] ?? '');
  };
}

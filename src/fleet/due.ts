// What is to be scanned, page by page: however many repositories there are, a planner holds few of them at a time.

import type { FleetStore, KnownRepository, PageEnd } from '../record/index.ts';
import type { Subject } from './listing.ts';
import { type Due, type PlanOptions, plan } from './plan.ts';

const PAGE = 2_000;

/** The most urgent first: keys that are not done with, then what was pushed, the last pushed first, then the rest of a sweep. */
export async function* dueNow(
  fleet: Pick<FleetStore, 'attention' | 'repositoriesOf' | 'due'>,
  host: string,
  subjects: readonly Subject[],
  options: PlanOptions,
): AsyncGenerator<Due> {
  const isOurs = filterOf(host, subjects);
  const attention = await fleet.attention();
  const wanted = [...new Set(attention.map(({ repository }) => repository))];
  const urgent = (await fleet.repositoriesOf(wanted)).filter(isOurs);
  const given = new Set<string>();
  for (const one of plan(urgent, attention, { ...options, sweep: false })) {
    given.add(one.repository.key);
    yield one;
  }
  const rounds = options.sweep ? [undefined, options.began.toISOString()] : [undefined];
  for (const sweptBefore of rounds) {
    let after: PageEnd | undefined;
    for (;;) {
      const page = await fleet.due(host, {
        after,
        limit: PAGE,
        ...(sweptBefore === undefined ? {} : { sweptBefore }),
      });
      const fresh = page.filter((one) => !given.has(one.key) && isOurs(one));
      yield* plan(fresh, [], { ...options, sweep: sweptBefore !== undefined });
      after = page.at(-1);
      if (page.length < PAGE) break;
    }
  }
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

import { exampleOf } from './described.ts';
import type { Route } from './route.ts';

interface Side {
  readonly sha: string;
  readonly ref: string;
  readonly repo: Readonly<Record<string, unknown>>;
}

const GET = 'GET /repos/{owner}/{repo}/pulls/{pull_number}';

export const pulls: readonly Route[] = [
  {
    operation: GET,
    answer({ part }, double) {
      const known = double.pulls.get(Number(part('pull_number'))) as
        | { number: number; commits: number; head: Side; base: Side }
        | undefined;
      if (known === undefined) return undefined;
      const example = exampleOf(GET, 200);
      const side = (name: 'head' | 'base') => {
        const { repo, ...rest } = example[name] as Side;
        const { repo: own, ...ends } = known[name];
        return { ...rest, ...ends, repo: { ...repo, ...own } };
      };
      const { number, commits } = known;
      const own = { number, commits, head: side('head'), base: side('base') };
      // The example's team lacks what the description asks of one.
      return { status: 200, body: { ...example, ...own, requested_teams: [] } };
    },
  },
];

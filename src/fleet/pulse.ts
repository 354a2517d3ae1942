// What is new beside the code, without asking each repository: one question for a hundred of them. The law: a pulse is taken before
// anything is read, so what it stands for has been read once the sources of its repository have come through.

import { z } from 'zod';
import type { KnownRepository } from '../record/index.ts';
import type { GitHub } from './github.ts';

/** How many there are of each, and when the newest was changed. Equal words: nothing has happened. Left out: nobody has told. */
export interface Pulse {
  /** Issues, pull requests, and what is written under them. */
  readonly prose?: string;
  readonly releases?: string;
  readonly comments?: string;
  /** What ran last: see ran.ts. */
  readonly runs?: string;
}

/** There are none. */
export const NONE = '0';

/** Sources that a pulse tells about. */
const PULSED: ReadonlyMap<string, keyof Pulse> = new Map([
  ['issues', 'prose'],
  ['issue-comments', 'prose'],
  ['review-comments', 'prose'],
  ['reviews', 'prose'],
  ['commit-comments', 'comments'],
  ['releases', 'releases'],
  ['assets', 'releases'],
]);

export function isPulsed(source: string): boolean {
  return PULSED.has(source);
}

export function partOf(source: string, pulse: Pulse | undefined): string | undefined {
  const part = PULSED.get(source);
  return part === undefined ? undefined : pulse?.[part];
}

const AT_ONCE = 100;
/** A question that takes its host too long is asked in halves, down to so many. */
const LEAST = 10;

// https://docs.github.com/graphql/reference/objects#repository
const FIELDS = `
  issues(first: 1, orderBy: {field: UPDATED_AT, direction: DESC}) { totalCount nodes { updatedAt } }
  pullRequests(first: 1, orderBy: {field: UPDATED_AT, direction: DESC}) { totalCount nodes { updatedAt } }
  releases(first: 1, orderBy: {field: CREATED_AT, direction: DESC}) { totalCount nodes { updatedAt } }
  commitComments(last: 1) { totalCount nodes { updatedAt } }
`;

const countSchema = z.object({
  totalCount: z.number(),
  nodes: z.array(z.object({ updatedAt: z.string() }).nullable()).nullish(),
});
const pulseSchema = z.object({
  issues: countSchema,
  pullRequests: countSchema,
  releases: countSchema,
  commitComments: countSchema,
});

/** Those of which the host says nothing (gone, hidden, a server that does not know the question) are left out. */
export async function pulsesOf(
  github: GitHub,
  repositories: readonly KnownRepository[],
): Promise<ReadonlyMap<string, Pulse>> {
  const pulses = new Map<string, Pulse>();
  for (let from = 0; from < repositories.length; from += AT_ONCE)
    // What cannot be asked once cannot be asked a hundred times.
    if (!(await tell(github, repositories.slice(from, from + AT_ONCE), pulses))) break;
  return pulses;
}

/** @returns false where the host does not answer the question, however short */
async function tell(
  github: GitHub,
  some: readonly KnownRepository[],
  pulses: Map<string, Pulse>,
): Promise<boolean> {
  const told = await github.ask(questionOf(some));
  if (told === undefined) {
    const half = Math.ceil(some.length / 2);
    if (half < LEAST) return false;
    return (
      (await tell(github, some.slice(0, half), pulses)) && (await tell(github, some.slice(half), pulses))
    );
  }
  const byAlias = z.record(z.string(), z.unknown()).safeParse(told).data ?? {};
  for (const [index, { key }] of some.entries()) {
    const found = pulseSchema.safeParse(byAlias[`r${index}`]).data;
    if (found !== undefined) pulses.set(key, pulseOf(found));
  }
  return true;
}

/** Names are letters, digits, dots and hyphens (see listing.ts), so they stand in a question as they are. */
function questionOf(repositories: readonly KnownRepository[]): string {
  const lines = repositories.map(({ name }, index) => {
    const [owner = '', repository = ''] = name.split('/');
    return `r${index}: repository(owner: ${JSON.stringify(owner)}, name: ${JSON.stringify(repository)}) { ...pulse }`;
  });
  return `query { ${lines.join('\n')} }\nfragment pulse on Repository {${FIELDS}}`;
}

function pulseOf({ issues, pullRequests, releases, commitComments }: z.infer<typeof pulseSchema>): Pulse {
  return {
    prose: wordOf(issues, pullRequests),
    releases: wordOf(releases),
    comments: wordOf(commitComments),
  };
}

function wordOf(...counts: readonly z.infer<typeof countSchema>[]): string {
  if (counts.every(({ totalCount }) => totalCount === 0)) return NONE;
  return counts.map(({ totalCount, nodes }) => `${totalCount} ${nodes?.[0]?.updatedAt ?? ''}`).join(' ');
}

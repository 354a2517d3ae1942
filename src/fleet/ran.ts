// Whether anything has run, without asking each repository: one question for a hundred workflows, of whose runs each the newest are
// told, whatever started them: pushes to any branch, schedules, pull requests from forks, people. The laws: what a question does
// not answer is not taken for a no; and what no such question shows is asked for all the same, once a week.

import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type RunState, SIGNAL_RUNS, signalOf } from '../read/index.ts';
import type { GitHub } from './github.ts';

/** Of a repository: a node of each of its workflows, or of a run of it, in the order of the workflows. */
export interface AskedRuns {
  readonly key: string;
  readonly nodes: readonly string[];
}

/** Most that GitHub takes in one question. */
const AT_ONCE = 100;
/** A question that takes its host too long is asked in halves, down to so many. */
const LEAST = 10;

// https://docs.github.com/graphql/reference/actions#workflow: the newest first, where nothing else is said.
const RUNS = `runs(first: ${SIGNAL_RUNS}) { nodes { runNumber updatedAt checkSuite { status } } }`;
const FIELDS = `... on Workflow { ${RUNS} } ... on WorkflowRun { workflow { ${RUNS} } }`;

const runSchema = z.object({
  runNumber: z.number(),
  updatedAt: z.string(),
  checkSuite: z.object({ status: z.string() }),
});
const workflowSchema = z.object({ runs: z.object({ nodes: z.array(runSchema) }) });
const nodeSchema = z.union([workflowSchema, z.object({ workflow: workflowSchema })]);

/**
 * Signals by repository. One of which the host does not say everything, or where something still runs, has none.
 * @returns undefined where the host does not answer the question
 */
export async function signalsOf(
  github: Pick<GitHub, 'ask'>,
  repositories: readonly AskedRuns[],
): Promise<ReadonlyMap<string, string> | undefined> {
  const signals = new Map<string, string>();
  for (const some of together(repositories)) if (!(await tell(github, some, signals))) return undefined;
  return signals;
}

/** Those of one repository stand in one question. */
function together(repositories: readonly AskedRuns[]): AskedRuns[][] {
  const questions: AskedRuns[][] = [];
  let room = 0;
  for (const one of repositories) {
    if (one.nodes.length === 0 || one.nodes.length > AT_ONCE) continue;
    if (one.nodes.length > room) {
      questions.push([]);
      room = AT_ONCE;
    }
    questions.at(-1)?.push(one);
    room -= one.nodes.length;
  }
  return questions;
}

/** @returns false where the host does not answer the question, however short */
async function tell(
  github: Pick<GitHub, 'ask'>,
  some: readonly AskedRuns[],
  signals: Map<string, string>,
): Promise<boolean> {
  const ids = some.flatMap(({ nodes }) => nodes);
  const told = await github.ask(`query { nodes(ids: ${JSON.stringify(ids)}) { ${FIELDS} } }`);
  const found = z.object({ nodes: z.array(z.unknown()) }).safeParse(told).data?.nodes;
  if (found?.length !== ids.length) {
    const half = Math.ceil(some.length / 2);
    if (some.length < 2 || half < LEAST) return false;
    return (
      (await tell(github, some.slice(0, half), signals)) && (await tell(github, some.slice(half), signals))
    );
  }
  let at = 0;
  for (const { key, nodes } of some) {
    const workflows = found.slice(at, at + nodes.length).map(runsOf);
    at += nodes.length;
    const signal = workflows.every((one) => one !== undefined) ? signalOf(workflows) : undefined;
    if (signal !== undefined) signals.set(key, signal);
  }
  return true;
}

function runsOf(node: unknown): RunState[] | undefined {
  const found = nodeSchema.safeParse(node).data;
  if (found === undefined) return undefined;
  const { runs } = 'workflow' in found ? found.workflow : found;
  return runs.nodes.map(({ runNumber, updatedAt, checkSuite }) => ({
    number: runNumber,
    updatedAt,
    over: checkSuite.status === 'COMPLETED',
  }));
}

/** So long at most what no signal shows stays unread, and the time to the next scan. */
export const ASKED_EVERY_MS = 7 * 24 * 3_600_000;

/** Every repository has a moment of its own in each week: has it been since then? */
export function turnCame(key: string, since: Date, now: Date): boolean {
  const offset = createHash('sha256').update(key).digest().readUIntBE(0, 6) % ASKED_EVERY_MS;
  const week = (at: Date): number => Math.floor((at.getTime() + offset) / ASKED_EVERY_MS);
  return week(now) !== week(since);
}

// What tells that nothing has run in a repository since its runs were read: the newest runs of each of its workflows, as a listing of
// runs has them, and as GraphQL has them of many workflows at once. The law: a signal of something that is not over is none.

import { createHash } from 'node:crypto';

/** So many of the newest runs of each workflow are looked at: one of them that is run again shows, an older one does not. */
export const SIGNAL_RUNS = 10;

export interface RunState {
  /** `run_number`: unique in its workflow. */
  readonly number: number;
  /** RFC 3339; moves with each new attempt, and with its end. */
  readonly updatedAt: string;
  /** Completed: its log is there. */
  readonly over: boolean;
}

/**
 * Equal signals of the same workflows: nothing has begun, ended or been run again among their newest runs.
 * @param workflows the newest runs of each; always in the same order @returns undefined where one of them is not over
 */
export function signalOf(workflows: readonly (readonly RunState[])[]): string | undefined {
  const hash = createHash('sha256');
  for (const runs of workflows) {
    const newest = runs.toSorted((a, b) => b.number - a.number).slice(0, SIGNAL_RUNS);
    if (newest.some(({ over }) => !over)) return undefined;
    hash.update(`${newest.map(({ number, updatedAt }) => `${number} ${updatedAt}\n`).join('')}\n`);
  }
  return hash.digest('hex').slice(0, 32);
}

/** What a listing of runs shows of the workflows that ran. */
export class SeenRuns {
  readonly #byWorkflow = new Map<number, { readonly node: string; readonly runs: RunState[] }>();
  #blind = false;

  /** Newest first. @param node undefined: the server does not say, so there is nothing to ask about */
  add(workflow: number, node: string | undefined, run: RunState): void {
    if (node === undefined) {
      this.#blind = true;
      return;
    }
    const known = this.#byWorkflow.get(workflow);
    if (known === undefined) this.#byWorkflow.set(workflow, { node, runs: [run] });
    else known.runs.push(run);
  }

  /** The node of a run of each workflow, by the workflow's id; those that were seen now stand for those that were known. */
  nodes(known: Readonly<Record<string, string>>): Record<string, string> {
    if (this.#blind) return {};
    const nodes = { ...known };
    for (const [workflow, { node }] of this.#byWorkflow) nodes[workflow] = node;
    return nodes;
  }

  /** In the order of the workflows' ids. */
  signal(): string | undefined {
    if (this.#blind) return undefined;
    return signalOf([...this.#byWorkflow].sort(([a], [b]) => a - b).map(([, { runs }]) => runs));
  }
}

/** The nodes in the order in which a signal goes through their workflows. */
export function inOrder(nodes: Readonly<Record<string, string>>): string[] {
  return Object.entries(nodes)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, node]) => node);
}

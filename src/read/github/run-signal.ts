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

/** What listings show of a repository's workflows and of their runs. */
export class SeenRuns {
  readonly #nodes = new Map<number, string>();
  readonly #runs = new Map<number, RunState[]>();
  #blind = false;

  /** @param node undefined: the server does not say, so there is nothing to ask about */
  add(workflow: number, node: string | undefined, run: RunState): void {
    if (node === undefined) this.#blind = true;
    else if (!this.#nodes.has(workflow)) this.#nodes.set(workflow, node);
    this.#runs.set(workflow, [...(this.#runs.get(workflow) ?? []), run]);
  }

  /** One that has never run is known by this alone. */
  addWorkflow(workflow: number, node: string): void {
    this.#nodes.set(workflow, node);
  }

  /** By the workflow's id: its own node, or that of a run of it; undefined where one of them is not known. */
  nodes(): Record<string, string> | undefined {
    return this.#blind ? undefined : Object.fromEntries(this.#nodes);
  }

  /** In the order of the workflows' ids. */
  signal(): string | undefined {
    if (this.#blind) return undefined;
    const ids = [...this.#nodes.keys()].sort((a, b) => a - b);
    return signalOf(ids.map((id) => this.#runs.get(id) ?? []));
  }
}

/** The nodes in the order in which a signal goes through their workflows. */
export function inOrder(nodes: Readonly<Record<string, string>>): string[] {
  return Object.entries(nodes)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, node]) => node);
}

// What the double of GitHub keeps beside the code, by repository: listings with pages, `since` and ETags, files behind addresses in a
// storage, and what GraphQL says of many repositories at once. In the shapes of GitHub's OpenAPI description and GraphQL schema.

import type { HostedRepository } from './github-org.ts';

export interface Item {
  [name: string]: unknown;
  readonly id: number;
  updated_at?: string;
  created_at?: string;
}

export interface Beside {
  readonly issues: Item[];
  readonly issueComments: Item[];
  readonly reviewComments: Item[];
  readonly commitComments: Item[];
  /** By the number of the pull request. */
  readonly reviews: Map<number, Item[]>;
  readonly releases: Item[];
  /** The newest first, as they are listed. */
  readonly runs: Item[];
  /** Ids of its workflows, by their number in it. */
  readonly workflows: Record<number, number>;
  readonly artifacts: Item[];
  /** By what stands behind the repository in the API: `/actions/runs/7/attempts/1/logs`. */
  readonly files: Map<string, Uint8Array>;
  /** Files of the default branch, by path. */
  readonly contents: Map<string, string>;
  /** Runs whose log was deleted. */
  readonly deleted: number[];
}

export type Reply =
  | { readonly kind: 'list'; readonly rows: readonly Item[]; readonly name?: string }
  | { readonly kind: 'file'; readonly bytes: Uint8Array }
  | { readonly kind: 'one'; readonly row: Item }
  | { readonly kind: 'done' };

export function nothingBeside(): Beside {
  return {
    issues: [],
    issueComments: [],
    reviewComments: [],
    commitComments: [],
    reviews: new Map(),
    releases: [],
    runs: [],
    workflows: {},
    artifacts: [],
    files: new Map(),
    contents: new Map(),
    deleted: [],
  };
}

/** @param rest of the path, behind the repository */
export function replyBeside(
  beside: Beside,
  method: string,
  rest: string,
  query: URLSearchParams,
): Reply | undefined {
  const run = /^\/actions\/runs\/(\d+)\/logs$/.exec(rest)?.[1];
  if (method === 'DELETE' && run !== undefined) {
    beside.deleted.push(Number(run));
    for (const path of beside.files.keys())
      if (path.startsWith(`/actions/runs/${run}/attempts/`)) beside.files.delete(path);
    return { kind: 'done' };
  }
  const bytes = beside.files.get(rest);
  if (bytes !== undefined) return { kind: 'file', bytes };
  const text = beside.contents.get(/^\/contents\/(.+)$/.exec(rest)?.[1] ?? '');
  if (text !== undefined)
    return { kind: 'one', row: { id: 0, encoding: 'base64', content: Buffer.from(text).toString('base64') } };
  const pull = /^\/pulls\/(\d+)\/reviews$/.exec(rest)?.[1];
  if (pull !== undefined) return { kind: 'list', rows: beside.reviews.get(Number(pull)) ?? [] };
  switch (rest) {
    case '/issues':
      return changed(beside.issues, query);
    case '/issues/comments':
      return changed(beside.issueComments, query);
    case '/pulls/comments':
      return changed(beside.reviewComments, query);
    case '/comments':
      return { kind: 'list', rows: beside.commitComments };
    case '/releases':
      return { kind: 'list', rows: beside.releases };
    case '/actions/runs':
      return { kind: 'list', rows: beside.runs, name: 'workflow_runs' };
    case '/actions/workflows':
      return {
        kind: 'list',
        rows: Object.values(beside.workflows).map((id) => ({ id, node_id: `W_${id}`, state: 'active' })),
        name: 'workflows',
      };
    case '/actions/artifacts':
      return { kind: 'list', rows: beside.artifacts, name: 'artifacts' };
    default:
      return undefined;
  }
}

function changed(items: readonly Item[], query: URLSearchParams): Reply {
  const since = query.get('since') ?? '';
  const rows = items.filter((item) => (item.updated_at ?? '') >= since);
  rows.sort((a, b) => ((a.updated_at ?? '') < (b.updated_at ?? '') ? -1 : 1));
  return { kind: 'list', rows };
}

/** https://docs.github.com/graphql/reference/objects#repository and `nodes`, for the two questions that are asked. */
export function graphql(
  question: string,
  find: (name: string) => HostedRepository | undefined,
  all: () => Iterable<HostedRepository>,
): { data: Record<string, unknown>; errors?: unknown[] } {
  const ids = /^query \{ nodes\(ids: (\[[^\]]*\])\)/.exec(question)?.[1];
  if (ids !== undefined)
    return nodes(JSON.parse(ids) as string[], Number(/runs\(first: (\d+)\)/.exec(question)?.[1]), all());
  const data: Record<string, unknown> = {};
  const errors: unknown[] = [];
  const asked = question.matchAll(/(\w+): repository\(owner: "([^"]+)", name: "([^"]+)"\)/g);
  for (const [, alias = '', owner, name] of asked) {
    const repository = find(`${owner}/${name}`);
    data[alias] = repository === undefined ? null : pulseOf(repository.beside ?? nothingBeside());
    if (repository === undefined)
      errors.push({ type: 'NOT_FOUND', path: [alias], message: 'Could not resolve to a Repository' });
  }
  return errors.length === 0 ? { data } : { data, errors };
}

/** https://docs.github.com/graphql/reference/actions#workflow: its runs, those that were made last first. A deleted run is no node any more. */
function nodes(
  ids: readonly string[],
  first: number,
  repositories: Iterable<HostedRepository>,
): { data: Record<string, unknown>; errors?: unknown[] } {
  if (ids.length > 100)
    return {
      data: {},
      errors: [{ message: `You may not provide more than 100 node ids; you provided ${ids.length}.` }],
    };
  const homes = new Map<string, { readonly id: unknown; readonly runs: readonly Item[] }>();
  for (const { beside, gone } of repositories) {
    if (gone || beside === undefined) continue;
    const { runs } = beside;
    for (const id of Object.values(beside.workflows)) homes.set(`W_${id}`, { id, runs });
    for (const run of runs) homes.set(String(run.node_id), { id: run.workflow_id, runs });
  }
  const errors: unknown[] = [];
  const found = ids.map((id, index) => {
    const workflow = homes.get(id);
    if (workflow === undefined) {
      const message = `Could not resolve to a node with the global id of '${id}'.`;
      errors.push({ type: 'NOT_FOUND', path: ['nodes', index], message });
      return null;
    }
    const own = workflow.runs
      .filter((run) => run.workflow_id === workflow.id)
      .sort((a, b) => Number(b.run_number) - Number(a.run_number))
      .slice(0, first);
    const told = own.map((run) => ({
      runNumber: run.run_number,
      updatedAt: run.updated_at,
      checkSuite: { status: String(run.status).toUpperCase() },
    }));
    const runs = { nodes: told };
    return id.startsWith('W_') ? { runs } : { workflow: { runs } };
  });
  return { data: { nodes: found }, ...(errors.length === 0 ? {} : { errors }) };
}

function pulseOf({ issues, releases, commitComments }: Beside): Record<string, unknown> {
  const isPull = (item: Item): boolean => item.pull_request !== undefined;
  return {
    issues: counted(issues.filter((one) => !isPull(one))),
    pullRequests: counted(issues.filter(isPull)),
    releases: counted(releases),
    commitComments: counted(commitComments),
  };
}

function counted(items: readonly Item[]): Record<string, unknown> {
  const newest = items
    .map(({ updated_at: at = '' }) => at)
    .sort()
    .at(-1);
  return { totalCount: items.length, nodes: newest === undefined ? [] : [{ updatedAt: newest }] };
}

let next = 1_000;

/** An issue with a body, as somebody would write it. */
export function issueOf(body: string, at = new Date(), more: object = {}): Item {
  const number = next++;
  const updated = stamp(at);
  return {
    id: number,
    number,
    title: 'It does not work',
    body,
    user: { login: 'ada' },
    created_at: updated,
    updated_at: updated,
    ...more,
  };
}

export function commentOf(body: string, at = new Date()): Item {
  const updated = stamp(at);
  return { id: next++, body, user: { login: 'ada' }, created_at: updated, updated_at: updated };
}

/** A run that is over, with the log of its one attempt. @param workflow one of the repository's, by its number there */
export function ranIn(beside: Beside, log: Uint8Array, at = new Date(), workflow = 1): number {
  const id = next++;
  const made = stamp(at);
  beside.workflows[workflow] ??= next++;
  const run_number = 1 + beside.runs.filter((run) => run.workflow_id === beside.workflows[workflow]).length;
  beside.runs.unshift({
    id,
    node_id: `WFR_${id}`,
    workflow_id: beside.workflows[workflow],
    run_number,
    run_attempt: 1,
    status: 'completed',
    created_at: made,
    run_started_at: made,
    updated_at: made,
  });
  beside.files.set(`/actions/runs/${id}/attempts/1/logs`, log);
  return id;
}

/** A workflow that has never run. */
export function hasWorkflow(beside: Beside, workflow: number): void {
  beside.workflows[workflow] ??= next++;
}

/** Runs again: a further attempt, with a log of its own. */
export function ranAgain(beside: Beside, id: number, log: Uint8Array, at = new Date()): void {
  const index = beside.runs.findIndex((run) => run.id === id);
  const run = beside.runs[index];
  if (run === undefined) throw new Error(`there is no run ${id}`);
  const attempt = Number(run.run_attempt) + 1;
  beside.runs[index] = { ...run, run_attempt: attempt, run_started_at: stamp(at), updated_at: stamp(at) };
  beside.files.set(`/actions/runs/${id}/attempts/${attempt}/logs`, log);
}

/** As GitHub writes moments: without fractions. */
function stamp(at: Date): string {
  return at.toISOString().replace(/\.\d+/, '');
}

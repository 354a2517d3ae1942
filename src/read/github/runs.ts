// What runs leave behind: logs and artifacts.

import { Refusal } from './ask.ts';
import { Gone, lookRemote, type Tagged, taggedOf } from './files.ts';
import { at, web } from './prose.ts';
import { SeenRuns } from './run-signal.ts';
import {
  type Item,
  isItem,
  itemsOf,
  numberOf,
  PER_PAGE,
  type ReadSource,
  type SourceTools,
  type Spot,
  textOf,
  webUrl,
} from './source.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** A run can be started again for 30 days, which makes a new log of an old run. */
// https://docs.github.com/actions/how-tos/manage-workflow-runs/re-run-workflows-and-jobs
const AGAIN_DAYS = 31;
/** No log is kept longer. */
// https://docs.github.com/organizations/managing-organization-settings/configuring-the-retention-period-for-github-actions-artifacts-and-logs-in-your-organization
const KEPT_DAYS = 400;
/** Runs that have been read since `from`: number of attempts, and when the run was made. All before it is done with. */
interface LogCursor {
  readonly from: string;
  readonly done: Readonly<Record<string, readonly [attempts: number, made: string]>>;
  readonly pages?: readonly Tagged[];
  /** A node for each workflow, by the workflow's id: what GraphQL can be asked about. None where not all of them are known. */
  readonly workflows: Readonly<Record<string, string>>;
  /** Of the listing of workflows. */
  readonly listed?: string | undefined;
  /** Of all that ran, where this reading has seen all of it. */
  readonly signal?: string | undefined;
}

/** Newest first: what ran last is what somebody may be reading now. */
export const logs: ReadSource = async (tools, given, keep) => {
  const { ask, signal } = tools;
  const now = tools.now().getTime();
  const cursor = logCursor(given);
  const done = new Map(Object.entries(cursor.done));
  const stop = cursor.from === '' ? ago(now, KEPT_DAYS) : cursor.from;
  let undone = '';
  let changed = false;
  const gone = new Gone();
  const known = taggedOf(given);
  const tagged: Tagged[] = [];
  const seen = new SeenRuns();
  const store = (from: string, told: Pick<LogCursor, 'workflows' | 'listed' | 'signal'> = cursor): void =>
    keep({
      from,
      done: Object.fromEntries(done),
      pages: tagged,
      workflows: told.workflows,
      listed: told.listed,
      signal: told.signal,
    } satisfies LogCursor);
  try {
    for (let page = 1, more = true; more; page++) {
      const before = known[page - 1];
      const query = { per_page: PER_PAGE, page };
      const reply = await ask.page(`${at(tools)}/actions/runs`, query, before?.etag || undefined);
      if (reply === undefined && before !== undefined) {
        tagged.push(before);
        more = before.more;
        continue;
      }
      more = reply?.more === true;
      let settled = true;
      for (const run of itemsOf(reply, 'workflow_runs')) {
        const made = textOf(run, 'created_at');
        const id = numberOf(run, 'id');
        if (made < stop) {
          more = false;
          break;
        }
        signal?.throwIfAborted();
        note(seen, run);
        const attempts = Math.max(1, numberOf(run, 'run_attempt'));
        const before = done.get(String(id))?.[0] ?? 0;
        if (before >= attempts) continue;
        // While it runs there is no log; the attempts before have one.
        const ready = textOf(run, 'status') === 'completed' ? attempts : attempts - 1;
        let read = before;
        for (let attempt = before + 1; attempt <= ready; attempt++) {
          changed = true;
          if (!(await lookLogs(tools, run, attempt, gone))) break;
          read = attempt;
        }
        if (read > 0) done.set(String(id), [read, made]);
        if (read < attempts) {
          undone = made;
          settled = false;
        }
        store(cursor.from);
      }
      tagged.push({ etag: settled ? (reply?.etag ?? '') : '', more });
    }
  } finally {
    gone.say(tools);
  }
  const from = [ago(now, AGAIN_DAYS), ...(undone === '' ? [] : [undone])].sort()[0] ?? '';
  const next = [from, cursor.from].sort()[1] ?? from;
  const hasRun = done.size > 0 || cursor.listed !== undefined;
  for (const [id, [, made]] of done) if (made < next) done.delete(id);
  // Who does not come again has nothing to be told.
  const listed = tools.lasting && hasRun;
  const workflows = listed ? await workflowsOf(tools, seen, cursor) : undefined;
  // Only who began at the beginning has seen the newest runs of workflows that run seldom.
  const told = given === undefined && workflows !== undefined ? seen.signal() : undefined;
  store(next, { ...(workflows ?? { workflows: {} }), signal: told });
  return changed ? 'read' : 'unchanged';
};

/** @returns undefined where they cannot be known: then there is nothing to be asked about what ran */
async function workflowsOf(
  tools: SourceTools,
  seen: SeenRuns,
  known: Pick<LogCursor, 'workflows' | 'listed'>,
): Promise<Pick<LogCursor, 'workflows' | 'listed'> | undefined> {
  const ran = seen.nodes();
  if (ran === undefined) return undefined;
  // One that is not listed, or not any more, is known by its runs alone.
  const asBefore = { workflows: { ...ran, ...known.workflows }, listed: known.listed };
  if (!tools.workflows && known.listed !== undefined) return asBefore;
  const query = { per_page: PER_PAGE };
  const reply = await tools.ask
    .page(`${at(tools)}/actions/workflows`, query, known.listed)
    .catch((error: unknown) => {
      if (error instanceof Refusal) return { data: undefined, more: true, etag: undefined };
      throw error;
    });
  if (reply === undefined) return asBefore;
  if (reply.more) return undefined;
  for (const workflow of itemsOf(reply, 'workflows')) {
    const node = nodeOf(workflow);
    if (node === undefined) return undefined;
    seen.addWorkflow(numberOf(workflow, 'id'), node);
  }
  return { workflows: seen.nodes() ?? {}, listed: reply.etag };
}

function nodeOf(item: Item): string | undefined {
  const node = textOf(item, 'node_id');
  return /^[\w=+/-]{1,100}$/.test(node) ? node : undefined;
}

function note(seen: SeenRuns, run: Item): void {
  const workflow = numberOf(run, 'workflow_id');
  seen.add(workflow, workflow > 0 ? nodeOf(run) : undefined, {
    number: numberOf(run, 'run_number'),
    updatedAt: textOf(run, 'updated_at'),
    over: textOf(run, 'status') === 'completed',
  });
}

/** @returns whether it is done with: read, or gone for good */
async function lookLogs(tools: SourceTools, run: Item, attempt: number, gone: Gone): Promise<boolean> {
  const id = numberOf(run, 'id');
  const { actor } = run;
  const author = isItem(actor) ? textOf(actor, 'login') : '';
  const spot: Spot = {
    path: `actions/runs/${id}/attempts/${attempt}/logs.zip`,
    url: `${webUrl(run, `${web(tools)}/actions/runs/${id}`)}/attempts/${attempt}`,
    date: textOf(run, 'run_started_at') || textOf(run, 'created_at'),
    ...(author === '' ? {} : { author }),
    run: id,
  };
  return await lookRemote(tools, spot, `${at(tools)}/actions/runs/${id}/attempts/${attempt}/logs`, gone, {
    zip: true,
  });
}

/** Artifacts that have been read since `from`, and when each was made. All before it is done with: none ever changes. */
interface ArtifactCursor {
  readonly from: string;
  readonly done: Readonly<Record<string, string>>;
  readonly pages?: readonly Tagged[];
}

export const artifacts: ReadSource = async (tools, given, keep) => {
  const from = isItem(given) ? textOf(given, 'from') : '';
  const before = isItem(given) && isItem(given.done) ? given.done : {};
  const done = new Map(Object.entries(before).map(([id, made]) => [id, String(made)]));
  let newest = from;
  let undone = '';
  let changed = false;
  const gone = new Gone();
  const known = taggedOf(given);
  const tagged: Tagged[] = [];
  const store = (since: string): void =>
    keep({ from: since, done: Object.fromEntries(done), pages: tagged } satisfies ArtifactCursor);
  try {
    for (let page = 1, more = true; more; page++) {
      const before = known[page - 1];
      const query = { per_page: PER_PAGE, page };
      const reply = await tools.ask.page(`${at(tools)}/actions/artifacts`, query, before?.etag || undefined);
      if (reply === undefined && before !== undefined) {
        tagged.push(before);
        more = before.more;
        continue;
      }
      more = reply?.more === true;
      let settled = true;
      for (const item of itemsOf(reply, 'artifacts')) {
        const id = String(numberOf(item, 'id'));
        const made = textOf(item, 'created_at');
        if (made < from) {
          more = false;
          break;
        }
        if (made > newest) newest = made;
        if (done.has(id)) continue;
        tools.signal?.throwIfAborted();
        changed = true;
        // Nobody can read an expired one any more, we neither.
        if (item.expired === true || (await lookArtifact(tools, item, gone))) done.set(id, made);
        else {
          undone = made;
          settled = false;
        }
        store(from);
      }
      tagged.push({ etag: settled ? (reply?.etag ?? '') : '', more });
    }
  } finally {
    gone.say(tools);
  }
  const next = undone === '' ? newest : undone;
  for (const [id, made] of done) if (made < next) done.delete(id);
  store(next);
  return changed ? 'read' : 'unchanged';
};

async function lookArtifact(tools: SourceTools, item: Item, gone: Gone): Promise<boolean> {
  const id = numberOf(item, 'id');
  const run = isItem(item.workflow_run) ? numberOf(item.workflow_run, 'id') : 0;
  const date = textOf(item, 'created_at');
  const spot: Spot = {
    path: `actions/artifacts/${id}/${textOf(item, 'name')}.zip`,
    url: run === 0 ? `${web(tools)}/actions` : `${web(tools)}/actions/runs/${run}/artifacts/${id}`,
    ...(date === '' ? {} : { date }),
  };
  return await lookRemote(tools, spot, `${at(tools)}/actions/artifacts/${id}/zip`, gone, {
    zip: true,
    size: numberOf(item, 'size_in_bytes'),
  });
}

function ago(now: number, days: number): string {
  return new Date(now - days * DAY_MS).toISOString();
}

function logCursor(given: unknown): LogCursor {
  const done: Record<string, [number, string]> = {};
  const workflows: Record<string, string> = {};
  if (!isItem(given)) return { from: '', done, workflows };
  if (isItem(given.workflows))
    for (const [id, node] of Object.entries(given.workflows)) workflows[id] = String(node);
  const listed = textOf(given, 'listed') || undefined;
  if (!isItem(given.done)) return { from: '', done, workflows, listed };
  for (const [id, one] of Object.entries(given.done))
    if (Array.isArray(one)) done[id] = [Number(one[0]), String(one[1])];
  return { from: textOf(given, 'from'), done, workflows, listed };
}

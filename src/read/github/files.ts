// What runs and releases leave behind: logs, artifacts, assets. Each is an archive or a file in storage, and read as any other.

import { Exhausted, Refusal } from './ask.ts';
import { TRIED_AGAIN } from './names.ts';
import { at, web } from './prose.ts';
import { openRemoteFile } from './remote-file.ts';
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
/** Larger files are named and left alone. */
const LARGEST = 4 * 1024 ** 3;

/** What is not there any more is counted, and said once for each answer: no later scan can do better. */
class Gone {
  readonly #why = new Map<string, string[]>();

  add(path: string, refusal: Refusal): void {
    this.#why.set(refusal.message, [...(this.#why.get(refusal.message) ?? []), path]);
  }

  say(tools: SourceTools): void {
    if (tools.lasting) return;
    for (const [why, [first = '', ...others]] of this.#why)
      tools.skip(others.length === 0 ? first : `${first} and ${others.length} more`, why);
  }
}

/** Runs that have been read since `from`: number of attempts, and when the run was made. All before it is done with. */
interface LogCursor {
  readonly from: string;
  readonly done: Readonly<Record<string, readonly [attempts: number, made: string]>>;
  readonly pages?: readonly Tagged[];
}

/** One page of a listing that was done with as it stood: while its tag holds there is nothing to do on it, and asking is free. */
interface Tagged {
  readonly etag: string;
  readonly more: boolean;
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
  const store = (from: string): void =>
    keep({ from, done: Object.fromEntries(done), pages: tagged } satisfies LogCursor);
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
  for (const [id, [, made]] of done) if (made < next) done.delete(id);
  store(next);
  return changed ? 'read' : 'unchanged';
};

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

/** One page of releases, and when each asset on it that has been read was changed last. One that is replaced has another id. */
interface AssetPage extends Tagged {
  readonly done: Readonly<Record<string, string>>;
}

export const assets: ReadSource = async (tools, given, keep) => {
  const known = assetPages(given);
  const before = Object.assign({}, ...known.map(({ done }) => done)) as Readonly<Record<string, string>>;
  const read: AssetPage[] = [];
  let changed = false;
  const gone = new Gone();
  try {
    for (let page = 1, more = true; more; page++) {
      const last = known[page - 1];
      const query = { per_page: PER_PAGE, page };
      const reply = await tools.ask.page(`${at(tools)}/releases`, query, last?.etag || undefined);
      if (reply === undefined && last !== undefined) {
        read.push(last);
        more = last.more;
        continue;
      }
      more = reply?.more === true;
      const done: Record<string, string> = {};
      let settled = true;
      for (const [release, asset] of assetsOf(itemsOf(reply))) {
        const id = String(numberOf(asset, 'id'));
        const stamp = textOf(asset, 'updated_at');
        tools.signal?.throwIfAborted();
        if (before[id] !== stamp) {
          changed = true;
          if (!(await lookAsset(tools, release, asset, gone))) {
            settled = false;
            continue;
          }
        }
        done[id] = stamp;
        keep({ pages: [...read, { etag: '', more, done: { ...before, ...done } }] });
      }
      read.push({ etag: settled ? (reply?.etag ?? '') : '', more, done });
    }
  } finally {
    gone.say(tools);
  }
  keep({ pages: read });
  return changed ? 'read' : 'unchanged';
};

function assetsOf(releases: readonly Item[]): (readonly [release: Item, asset: Item])[] {
  return releases.flatMap((release) => {
    const { assets: listed } = release;
    return Array.isArray(listed) ? listed.filter(isItem).map((asset) => [release, asset] as const) : [];
  });
}

function assetPages(given: unknown): readonly AssetPage[] {
  const tags = taggedOf(given);
  const pages = isItem(given) && Array.isArray(given.pages) ? given.pages.filter(isItem) : [];
  return pages.map(({ done }, index) => ({
    etag: tags[index]?.etag ?? '',
    more: tags[index]?.more === true,
    done: isItem(done) ? (done as Readonly<Record<string, string>>) : {},
  }));
}

async function lookAsset(tools: SourceTools, release: Item, asset: Item, gone: Gone): Promise<boolean> {
  const uploader = isItem(asset.uploader) ? textOf(asset.uploader, 'login') : '';
  const spot: Spot = {
    path: `releases/${textOf(release, 'tag_name')}/${textOf(asset, 'name')}`,
    url: webUrl(asset, webUrl(release, web(tools)), 'browser_download_url'),
    date: textOf(asset, 'updated_at'),
    ...(uploader === '' ? {} : { author: uploader }),
    ...(release.draft === true ? { exposure: 'private' as const } : {}),
  };
  return await lookRemote(tools, spot, `${at(tools)}/releases/assets/${numberOf(asset, 'id')}`, gone, {
    accept: 'application/octet-stream',
    size: numberOf(asset, 'size'),
  });
}

async function lookRemote(
  tools: SourceTools,
  spot: Spot,
  path: string,
  gone: Gone,
  { zip = false, accept, size = 0 }: { zip?: boolean; accept?: string; size?: number },
): Promise<boolean> {
  if (size > LARGEST) {
    tools.skip(spot.path, `it has ${size} bytes, more than ${LARGEST}: get it and scan it as a file`);
    return true;
  }
  try {
    const file = await openRemoteFile(tools.ask, path, accept);
    await tools.shown.file(tools, spot, file, zip || isZip(file));
    return true;
  } catch (error) {
    tools.signal?.throwIfAborted();
    if (error instanceof Exhausted) throw error;
    if (error instanceof Refusal) {
      if (error.status === 404 || error.status === 410) {
        gone.add(spot.path, error);
        return true;
      }
      // The others would be refused just the same.
      if (error.status === 401 || error.status === 403 || error.status === 429) throw error;
    }
    tools.skip(spot.path, `${error instanceof Error ? error.message : String(error)}; ${TRIED_AGAIN}`);
    return false;
  }
}

function isZip(file: Awaited<ReturnType<typeof openRemoteFile>>): boolean {
  return file.head.subarray(0, 2).toString('latin1') === 'PK';
}

function ago(now: number, days: number): string {
  return new Date(now - days * DAY_MS).toISOString();
}

function taggedOf(given: unknown): readonly Tagged[] {
  const pages = isItem(given) && Array.isArray(given.pages) ? given.pages.filter(isItem) : [];
  return pages.map((page) => ({ etag: textOf(page, 'etag'), more: page.more === true }));
}

function logCursor(given: unknown): LogCursor {
  const done: Record<string, [number, string]> = {};
  if (!isItem(given) || !isItem(given.done)) return { from: '', done };
  for (const [id, one] of Object.entries(given.done))
    if (Array.isArray(one)) done[id] = [Number(one[0]), String(one[1])];
  return { from: textOf(given, 'from'), done };
}

// What people write: issues, comments, reviews, release notes.

import { Refusal } from './ask.ts';
import {
  type Item,
  isItem,
  itemsOf,
  loginOf,
  numberOf,
  PER_PAGE,
  pages,
  type ReadSource,
  type SourceTools,
  textOf,
  webUrl,
} from './source.ts';

/** Up to when a listing that is sorted by its changes has been read; the ETag of the question whether there is more. */
interface SinceCursor {
  readonly since?: string;
  readonly etag?: string;
}

/**
 * A listing that can be asked for what changed since a moment. It is read by moments and not by page numbers: what changes meanwhile
 * moves to its end, and every page would lose an entry to the one before.
 */
async function readSince(
  { ask, signal }: SourceTools,
  path: string,
  query: Readonly<Record<string, string>>,
  given: unknown,
  keep: (cursor: SinceCursor) => void,
  show: (item: Item) => Promise<void> | void,
): Promise<'read' | 'unchanged'> {
  const cursor = isItem(given) ? given : {};
  let since = textOf(cursor, 'since');
  let etag = textOf(cursor, 'etag');
  let page = 1;
  let shown = new Set<number>();
  let first = true;
  for (;;) {
    signal?.throwIfAborted();
    const asked = { ...query, sort: 'updated', direction: 'asc', per_page: PER_PAGE };
    const reply = await ask.page(
      path,
      { ...asked, ...(since === '' ? {} : { since }), ...(page === 1 ? {} : { page }) },
      first && etag !== '' ? etag : undefined,
    );
    if (reply === undefined) return 'unchanged';
    const items = itemsOf(reply);
    for (const item of items) if (!shown.has(numberOf(item, 'id'))) await show(item);
    const last = textOf(items.at(-1) ?? {}, 'updated_at');
    const same = new Set(
      items.filter((item) => textOf(item, 'updated_at') === last).map((item) => numberOf(item, 'id')),
    );
    const moves = last > since;
    // The tag belongs to the question that the next scan begins with.
    etag = !moves && page === 1 ? (reply.etag ?? '') : '';
    if (moves) {
      since = last;
      page = 1;
      shown = same;
    } else page += 1;
    keep({ ...(since === '' ? {} : { since }), ...(etag === '' ? {} : { etag }) });
    if (!reply.more) return first && !moves && items.length === 0 ? 'unchanged' : 'read';
    first = false;
  }
}

export const issues: ReadSource = (tools, cursor, keep) =>
  readSince(tools, `${at(tools)}/issues`, { state: 'all' }, cursor, keep, (item) => {
    const number = numberOf(item, 'number');
    const kind = isItem(item.pull_request) ? 'pull' : 'issues';
    const path = `${kind === 'pull' ? 'pulls' : 'issues'}/${number}`;
    const spot = { url: webUrl(item, `${web(tools)}/${kind}/${number}`), ...loginOf(item), ...dated(item) };
    tools.shown.text(tools.sink, { ...spot, path: `${path}/title` }, textOf(item, 'title'));
    tools.shown.text(tools.sink, { ...spot, path }, textOf(item, 'body'));
  });

const comments =
  (listing: string): ReadSource =>
  (tools, cursor, keep) =>
    readSince(tools, `${at(tools)}/${listing}`, {}, cursor, keep, (item) =>
      showComment(tools, listing, item),
    );

export const issueComments: ReadSource = comments('issues/comments');
export const reviewComments: ReadSource = comments('pulls/comments');

function showComment(tools: SourceTools, listing: string, item: Item): void {
  const path = `${listing}/${numberOf(item, 'id')}`;
  const spot = { path, url: webUrl(item, web(tools)), ...loginOf(item), ...dated(item) };
  tools.shown.text(tools.sink, spot, textOf(item, 'body'));
}

/** One request for each pull request that has changed: GitHub lists reviews by no other way. */
export const reviews: ReadSource = (tools, cursor, keep) =>
  readSince(tools, `${at(tools)}/issues`, { state: 'all' }, cursor, keep, async (item) => {
    if (!isItem(item.pull_request)) return;
    const number = numberOf(item, 'number');
    try {
      for await (const page of pages(tools.ask, `${at(tools)}/pulls/${number}/reviews`, {}))
        for (const review of page) showComment(tools, `pulls/${number}/reviews`, review);
    } catch (error) {
      // One that is gone stops no other; a token that may not read any is no reason to ask a thousand times.
      if (!(error instanceof Refusal) || (error.status !== 404 && error.status !== 410)) throw error;
      tools.skip(`pulls/${number}/reviews`, error.message);
    }
  });

/** Nobody can be asked for what is new: each page has its tag, and one that is as it was costs nothing. */
async function readTagged(
  { ask, signal }: SourceTools,
  path: string,
  given: unknown,
  keep: (cursor: unknown) => void,
  show: (item: Item) => void,
): Promise<'read' | 'unchanged'> {
  const known = isItem(given) && Array.isArray(given.pages) ? given.pages.filter(isItem) : [];
  const tags: Item[] = [];
  let changed = false;
  for (let page = 1; ; page++) {
    signal?.throwIfAborted();
    const before = known[page - 1] ?? {};
    const tag = textOf(before, 'etag');
    const reply = await ask.page(path, { per_page: PER_PAGE, page }, tag === '' ? undefined : tag);
    for (const item of itemsOf(reply)) show(item);
    if (reply !== undefined) changed = true;
    tags.push(reply === undefined ? before : { etag: reply.etag ?? '', more: reply.more });
    // What follows has its old tags for as long as it has not been asked for.
    keep({ pages: [...tags, ...known.slice(page)] });
    if (!(reply === undefined ? before.more === true : reply.more)) break;
  }
  keep({ pages: tags });
  return changed ? 'read' : 'unchanged';
}

export const commitComments: ReadSource = (tools, cursor, keep) =>
  readTagged(tools, `${at(tools)}/comments`, cursor, keep, (item) => showComment(tools, 'comments', item));

export const releases: ReadSource = (tools, cursor, keep) =>
  readTagged(tools, `${at(tools)}/releases`, cursor, keep, (item) => {
    const path = `releases/${textOf(item, 'tag_name') || numberOf(item, 'id')}`;
    const spot = {
      url: webUrl(item, `${web(tools)}/releases`),
      ...dated(item),
      // A draft is seen by those alone who may write.
      ...(item.draft === true ? { exposure: 'private' as const } : {}),
    };
    tools.shown.text(tools.sink, { ...spot, path: `${path}/title` }, textOf(item, 'name'));
    tools.shown.text(tools.sink, { ...spot, path }, textOf(item, 'body'));
  });

export function at({ repository: { owner, name } }: SourceTools): string {
  return `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`;
}

export function web({ ask, repository: { owner, name } }: SourceTools): string {
  return `${ask.client.web}/${owner}/${name}`;
}

function dated(item: Item): { date?: string } {
  const date = textOf(item, 'updated_at') || textOf(item, 'submitted_at') || textOf(item, 'published_at');
  return date === '' ? {} : { date };
}

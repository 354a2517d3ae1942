// Files of releases.

import { Gone, lookRemote, type Tagged, taggedOf } from './files.ts';
import { at, web } from './prose.ts';
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

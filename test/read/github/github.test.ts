// What GitHub keeps beside the code, from a real HTTP server: found where it stands, once, whatever else goes wrong.

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { builtInRules, createDetector, fillTemplate, loadRules } from '../../../src/detect/index.ts';
import { emptyTally, type FoundCase, find, type Tally } from '../../../src/find/index.ts';
import { FingerprintKey } from '../../../src/model/index.ts';
import { LIMITS } from '../../../src/read/archive/index.ts';
import { tipsOf } from '../../../src/read/clone.ts';
import {
  createGitHubClient,
  type GitHubSourcesOptions,
  githubGists,
  githubSources,
  open,
  SOURCE_NAMES,
  type SourceName,
  type SourceReader,
} from '../../../src/read/index.ts';
import { type Hosted, hostOn } from '../../doubles/github/hosted.ts';
import { type GitHubDouble, startGitHub } from '../../doubles/github/index.ts';
import { zip } from '../archive/zip-writer.ts';
import { ALL } from '../reading.ts';
import { Repo, scratch } from '../scratch.ts';

const detector = createDetector(await loadRules([builtInRules]));
const key = new FingerprintKey(Buffer.alloc(32, 3));

let made = 0;
/** Another token each time, so that every finding tells which text it came from. */
function token(): string {
  const about = { checksum: 'github-crc32', literals: ['ghp_'] } as const;
  return fillTemplate('ghp_{{alnum:30}}{{checksum}}', about, ++made).text;
}

interface Stage {
  readonly folder: string;
  readonly double: GitHubDouble;
  readonly hosted: Hosted;
  readonly readers: (
    options?: Partial<GitHubSourcesOptions> & { patience?: number },
  ) => Promise<SourceReader[]>;
  readonly gists: (owner: string, cursors?: GitHubSourcesOptions['cursors']) => Promise<SourceReader>;
}

async function stage(): Promise<Stage> {
  const folder = scratch();
  const double = await startGitHub(folder);
  onTestFinished(() => double.close());
  const hosted = hostOn(double);
  const client = (patience?: number) =>
    createGitHubClient({
      api: double.api,
      // git goes to the bare repositories themselves.
      web: `file://${folder}`,
      token: () => double.token,
      pauseMs: 1,
      ...(patience === undefined ? {} : { patience }),
    });
  const git = { open: (address: string) => open(address, ALL), tips: (address: string) => tipsOf(address) };
  const now = () => new Date('2026-11-21T00:00:00Z');
  return {
    folder,
    double,
    hosted,
    readers: async ({ patience, ...options } = {}) =>
      githubSources(
        await client(patience),
        { owner: 'acme', name: 'shop', exposure: 'public' },
        { git, now, ...options },
      ),
    gists: async (owner, cursors) =>
      githubGists(await client(), owner, { git, now, ...(cursors ? { cursors } : {}) }),
  };
}

interface Read {
  readonly found: readonly FoundCase[];
  readonly tally: Tally;
  /** `url path:line:column` of each place. */
  readonly places: string[];
}

async function readAll(readers: readonly SourceReader[]): Promise<Read> {
  const tally = emptyTally();
  const found: FoundCase[] = [];
  for (const reader of readers)
    found.push(...(await find(reader, { detector, key, tally, early: () => undefined })));
  const places = found.flatMap(({ sites }) =>
    sites.map(({ place }) => `${place.url} ${place.path}:${place.line}:${place.column}`),
  );
  return { found, tally, places: places.sort() };
}

const cursorsOf = (readers: readonly SourceReader[]): Partial<Record<SourceName, string>> =>
  Object.fromEntries(
    readers.flatMap(({ source, cursor }) => (cursor === undefined ? [] : [[source, cursor]])),
  );

const SHOP = 'https://github.example/acme/shop';
const RUNS = '/repos/acme/shop/actions/runs';
const user = { login: 'ada' };
const moment = (minute: number): string =>
  new Date(Date.UTC(2026, 10, 20, 0, minute)).toISOString().replace('.000', '');

function comment(id: number, body: string, minute = id): Record<string, unknown> {
  return {
    id,
    body,
    user,
    html_url: `${SHOP}/issues/1#issuecomment-${id}`,
    created_at: moment(0),
    updated_at: moment(minute),
  };
}

function run(id: number, attempts = 1, extra: object = {}): Record<string, unknown> {
  return {
    id,
    run_attempt: attempts,
    status: 'completed',
    created_at: moment(id),
    html_url: `${SHOP}/actions/runs/${id}`,
    actor: user,
    ...extra,
  };
}

function log(text: string): Buffer {
  const lines = text.split('\n').map((line) => `2026-11-20T00:00:00.1234567Z ${line}`);
  return zip([
    { name: 'build/1_Set up job.txt', content: 'nothing\n' },
    { name: '0_build.txt', content: `\ufeff${lines.join('\n')}\n` },
  ]);
}

describe('a planted key', () => {
  test('is found in every source, at its own address, line and column', async () => {
    const { hosted, readers, folder } = await stage();
    const text = (): string => `first line\n  ${token()}`;
    hosted.issues.push(
      {
        id: 1,
        number: 12,
        title: `about ${token()}`,
        body: text(),
        user,
        html_url: `${SHOP}/issues/12`,
        updated_at: moment(1),
      },
      {
        id: 2,
        number: 13,
        title: 'x',
        body: text(),
        user,
        html_url: `${SHOP}/pull/13`,
        updated_at: moment(2),
        pull_request: {},
      },
    );
    hosted.issueComments.push(comment(5, text()));
    hosted.reviewComments.push({ ...comment(6, text()), html_url: `${SHOP}/pull/13#discussion_r6` });
    hosted.commitComments.push({ ...comment(7, text()), html_url: `${SHOP}/commit/abc#commitcomment-7` });
    hosted.reviews.set(13, [
      { id: 8, body: text(), user, html_url: `${SHOP}/pull/13#pullrequestreview-8`, submitted_at: moment(1) },
    ]);
    hosted.releases.push({
      id: 9,
      tag_name: 'v1',
      name: 'one',
      body: text(),
      html_url: `${SHOP}/releases/tag/v1`,
      updated_at: moment(1),
      assets: [
        {
          id: 91,
          name: 'app.jar',
          size: 1,
          updated_at: moment(1),
          uploader: user,
          browser_download_url: `${SHOP}/releases/download/v1/app.jar`,
        },
        {
          id: 92,
          name: 'notes.txt.gz',
          size: 1,
          updated_at: moment(1),
          browser_download_url: `${SHOP}/releases/download/v1/notes.txt.gz`,
        },
      ],
    });
    hosted.files.set('/repos/acme/shop/releases/assets/91', {
      bytes: zip([{ name: 'conf/app.env', content: text() }]),
    });
    hosted.files.set('/repos/acme/shop/releases/assets/92', { bytes: gzipSync(text()), parts: false });
    hosted.runs.push(run(20, 2));
    hosted.files.set(`${RUNS}/20/attempts/1/logs`, { bytes: log(text()) });
    const split = token();
    hosted.files.set(`${RUNS}/20/attempts/2/logs`, {
      bytes: log(`ok\n\u001b[31m${split.slice(0, 20)}\u001b[0m${split.slice(20)}`),
    });
    hosted.artifacts.push({
      id: 30,
      name: 'dist',
      size_in_bytes: 9,
      expired: false,
      created_at: moment(1),
      workflow_run: { id: 20 },
    });
    hosted.files.set('/repos/acme/shop/actions/artifacts/30/zip', {
      bytes: zip([{ name: 'a/b.js', content: text() }]),
    });
    const wiki = Repo.make(join(scratch(), 'wiki'));
    const commit = wiki.commit({ 'Getting-Started.md': text() });
    mkdirSync(join(folder, 'acme'));
    execFileSync('git', ['clone', '-q', '--bare', wiki.path, join(folder, 'acme', 'shop.wiki.git')]);

    const all = await readers();
    const { places, tally, found } = await readAll(all);
    expect(all.map(({ state }) => state)).toEqual(Array(all.length).fill('read'));
    const again = (await readers({ cursors: cursorsOf(all) })).filter(
      ({ source }) => !/comment|issue|review/.test(source),
    );
    expect((await readAll(again)).places).toEqual([]);
    expect(again.map(({ state }) => state)).toEqual(Array(again.length).fill('unchanged'));
    expect(tally.skipped).toEqual([]);
    expect(places).toEqual(
      [
        `${SHOP}/issues/12 issues/12/title:1:7`,
        `${SHOP}/issues/12 issues/12:2:3`,
        `${SHOP}/pull/13 pulls/13:2:3`,
        `${SHOP}/issues/1#issuecomment-5 issues/comments/5:2:3`,
        `${SHOP}/pull/13#discussion_r6 pulls/comments/6:2:3`,
        `${SHOP}/commit/abc#commitcomment-7 comments/7:2:3`,
        `${SHOP}/pull/13#pullrequestreview-8 pulls/13/reviews/8:2:3`,
        `${SHOP}/releases/tag/v1 releases/v1:2:3`,
        `${SHOP}/releases/download/v1/app.jar releases/v1/app.jar!/conf/app.env:2:3`,
        `${SHOP}/releases/download/v1/notes.txt.gz releases/v1/notes.txt.gz:2:3`,
        `${SHOP}/actions/runs/20/attempts/1 actions/runs/20/attempts/1/logs.zip!/0_build.txt:2:32`,
        `${SHOP}/actions/runs/20/attempts/2 actions/runs/20/attempts/2/logs.zip!/0_build.txt:2:35`,
        `file://${folder}/acme/shop/actions/runs/20/artifacts/30 actions/artifacts/30/dist.zip!/a/b.js:2:3`,
        `file://${folder}/acme/shop/wiki/Getting-Started/${commit} Getting-Started.md:2:3`,
      ].sort(),
    );
    for (const { sites } of found) for (const site of sites) expect(site.exposure ?? 'public').toBe('public');
    expect(found.flatMap(({ sites }) => sites.flatMap((site) => site.log ?? []))).toEqual([
      { target: 'github:acme/shop', run: 20 },
      { target: 'github:acme/shop', run: 20 },
    ]);
    expect(hosted.shownToStorage.length).toBeGreaterThan(3);
    expect(new Set(hosted.shownToStorage)).toEqual(new Set([undefined]));
  });

  test('in a gist is found, public or secret, of a user and of members', async () => {
    const { hosted, gists, folder } = await stage();
    const gist = (id: string, isPublic: boolean, minute: number): Record<string, unknown> => {
      const repo = Repo.make(join(scratch(), id));
      repo.commit({ 'My Notes.md': `x\n${token()}` });
      execFileSync('git', ['clone', '-q', '--bare', repo.path, join(folder, `${id}.git`)]);
      return {
        id,
        public: isPublic,
        updated_at: moment(minute),
        html_url: `https://gist.example/${id}`,
        git_pull_url: `file://${folder}/${id}.git`,
      };
    };
    hosted.members.set('acme', ['ada', 'bob']);
    hosted.gists.set('ada', [
      gist('aaa', true, 2),
      { ...gist('gone', true, 1), git_pull_url: `file://${folder}/nowhere.git` },
    ]);
    hosted.gists.set('bob', [gist('bbb', false, 3)]);
    const reader = await gists('acme');
    const { found, places, tally } = await readAll([reader]);
    expect(places).toEqual([
      expect.stringMatching(
        /^https:\/\/gist\.example\/aaa\/[0-9a-f]{40}#file-my-notes-md-L2 My Notes\.md:2:1$/,
      ),
      expect.stringMatching(
        /^https:\/\/gist\.example\/bbb\/[0-9a-f]{40}#file-my-notes-md-L2 My Notes\.md:2:1$/,
      ),
    ]);
    expect(new Set(found.map(({ sites }) => sites[0]?.exposure))).toEqual(new Set(['public', 'unknown']));
    expect(tally.skipped).toEqual([
      { path: 'github:acme gist gone', why: expect.stringContaining('cannot be cloned') },
    ]);
    const again = await gists('acme', cursorsOf([reader]));
    expect((await readAll([again])).places).toEqual([]);
    expect(again.state).toBe('unchanged');
  });
});

describe('a listing', () => {
  test('is read to its end, also when it changes meanwhile', async () => {
    const { hosted, readers } = await stage();
    const planted = token();
    for (let id = 1; id <= 250; id++)
      hosted.issueComments.push(comment(id, id === 101 ? planted : `comment ${id}`));
    hosted.before = () => {
      // An old comment is edited while the second page is on its way: all others move up by one.
      hosted.before = () => {
        const first = hosted.issueComments[0];
        if (first) first.updated_at = moment(900);
        hosted.before = undefined;
      };
    };
    const { found } = await readAll(await readers({ which: ['issue-comments'] }));
    expect(found).toHaveLength(1);
  });

  test('in which a hundred entries and more have one moment comes to its end, too', async () => {
    const { hosted, readers } = await stage();
    for (let id = 1; id <= 230; id++) hosted.issueComments.push(comment(id, id === 229 ? token() : '', 7));
    expect((await readAll(await readers({ which: ['issue-comments'] }))).found).toHaveLength(1);
  });

  test('costs nothing where it did not change, and what is new is all that is read', async () => {
    const { hosted, readers, double } = await stage();
    hosted.issueComments.push(comment(1, token()), comment(2, 'x'));
    hosted.commitComments.push(comment(3, token()));
    const which = ['issue-comments', 'commit-comments'] as const;
    const first = await readers({ which });
    expect((await readAll(first)).found).toHaveLength(2);
    const second = await readers({ which, cursors: cursorsOf(first) });
    expect((await readAll(second)).found).toHaveLength(0);
    double.calls.length = 0;
    const third = await readers({ which, cursors: cursorsOf(second) });
    expect((await readAll(third)).tally.files).toBe(0);
    expect(third.map(({ state }) => state)).toEqual(['unchanged', 'unchanged']);
    expect(double.calls).toHaveLength(2);
    hosted.issueComments.push(comment(4, token()));
    expect((await readAll(await readers({ which, cursors: cursorsOf(third) }))).places).toEqual([
      `${SHOP}/issues/1#issuecomment-4 issues/comments/4:1:1`,
    ]);
  });

  test('from a date on leaves out what is older', async () => {
    const { hosted, readers } = await stage();
    hosted.issueComments.push(comment(1, token()), comment(200, token()));
    const { places } = await readAll(await readers({ which: ['issue-comments'], since: moment(100) }));
    expect(places).toEqual([expect.stringContaining('issuecomment-200')]);
  });
});

describe('logs', () => {
  test('whose address has run out are asked for again', async () => {
    const { hosted, readers } = await stage();
    hosted.runs.push(run(1));
    hosted.files.set(`${RUNS}/1/attempts/1/logs`, { bytes: log(token()), uses: 0 });
    const { found, tally } = await readAll(await readers({ which: ['logs'] }));
    expect(found).toHaveLength(1);
    expect(tally.skipped).toEqual([]);
  });

  test('that are large are read part by part, and the address may run out in between', async () => {
    const { hosted, readers } = await stage();
    hosted.runs.push(run(1));
    const noise = Buffer.alloc(20 * 1024 * 1024, 'nothing to see\n');
    const files = [
      { name: 'a.txt', content: noise, stored: true },
      { name: 'b.txt', content: `x\n${token()}` },
    ];
    hosted.files.set(`${RUNS}/1/attempts/1/logs`, { bytes: zip(files), uses: 2 });
    const { places, tally } = await readAll(await readers({ which: ['logs'] }));
    expect(tally.skipped).toEqual([]);
    expect(places).toEqual([
      `${SHOP}/actions/runs/1/attempts/1 actions/runs/1/attempts/1/logs.zip!/b.txt:2:1`,
    ]);
    expect(hosted.storageRequests.length).toBeGreaterThan(3);
  });

  test('that are bombs, gone or broken are named, and the others are read', async () => {
    const { hosted, readers } = await stage();
    for (const id of [1, 2, 3, 4, 5]) hosted.runs.unshift(run(id));
    hosted.files.set(`${RUNS}/1/attempts/1/logs`, {
      bytes: zip([{ name: 'z', content: Buffer.alloc(3_000_000, ' ') }]),
    });
    hosted.files.set(`${RUNS}/2/attempts/1/logs`, { status: 410 });
    hosted.files.set(`${RUNS}/3/attempts/1/logs`, { bytes: Buffer.from('no zip at all') });
    hosted.files.set(`${RUNS}/4/attempts/1/logs`, { bytes: log(token()) });
    hosted.files.set(`${RUNS}/5/attempts/1/logs`, { status: 410 });
    const limits = { ...LIMITS, free: 1_000_000 };
    const all = await readers({ which: ['logs'], limits });
    const { found, tally } = await readAll(all);
    expect(found).toHaveLength(1);
    expect(tally.skipped).toEqual([
      { path: 'github:acme/shop actions/runs/1/attempts/1/logs.zip', why: expect.stringContaining('a bomb') },
      { path: 'github:acme/shop actions/runs/3/attempts/1/logs.zip', why: expect.any(String) },
      {
        path: 'github:acme/shop actions/runs/5/attempts/1/logs.zip and 1 more',
        why: 'it is gone, or switched off (410)',
      },
    ]);
    expect(all[0]?.state).toBe('partial');
  });

  test('of a run that is not over are read when it is, and a new attempt of an old run, too', async () => {
    const { hosted, readers } = await stage();
    const running = run(1, 1, { status: 'in_progress' });
    hosted.runs.push(running);
    const first = await readers({ which: ['logs'] });
    expect((await readAll(first)).tally.files).toBe(0);
    running.status = 'completed';
    hosted.files.set(`${RUNS}/1/attempts/1/logs`, { bytes: log(token()) });
    const second = await readers({ which: ['logs'], cursors: cursorsOf(first) });
    expect((await readAll(second)).found).toHaveLength(1);
    const third = await readers({ which: ['logs'], cursors: cursorsOf(second) });
    expect((await readAll(third)).found).toHaveLength(0);
    running.run_attempt = 2;
    hosted.files.set(`${RUNS}/1/attempts/2/logs`, { bytes: log(token()) });
    const fourth = await readers({ which: ['logs'], cursors: cursorsOf(third) });
    expect((await readAll(fourth)).places).toEqual([expect.stringContaining('/attempts/2')]);
  });
});

describe('artifacts', () => {
  test('that have expired are not asked for, and those that are read are not asked for again', async () => {
    const { hosted, readers, double } = await stage();
    const artifact = (id: number, expired = false) => ({
      id,
      name: `a${id}`,
      size_in_bytes: 1,
      expired,
      created_at: moment(id),
    });
    hosted.artifacts.push(artifact(3), artifact(2, true), artifact(1));
    hosted.files.set('/repos/acme/shop/actions/artifacts/1/zip', { status: 410 });
    hosted.files.set('/repos/acme/shop/actions/artifacts/3/zip', {
      bytes: zip([{ name: 'x', content: gzipSync(token()) }]),
    });
    const first = await readers({ which: ['artifacts'] });
    const { found, tally } = await readAll(first);
    expect(found).toHaveLength(1);
    expect(tally.skipped).toEqual([
      { path: expect.stringContaining('actions/artifacts/1/a1.zip'), why: expect.stringContaining('410') },
    ]);
    double.calls.length = 0;
    const second = await readers({ which: ['artifacts'], cursors: cursorsOf(first) });
    expect((await readAll(second)).tally.skipped).toEqual([]);
    expect(double.calls.map(({ path }) => path)).toEqual(['/repos/acme/shop/actions/artifacts']);
  });
});

test('the command line knows every source', () => {
  const text = readFileSync(new URL('../../../src/cli/program.ts', import.meta.url), 'utf8');
  const listed = /const SOURCES = \[([^\]]*)\]/.exec(text)?.[1]?.match(/[a-z-]+/g) ?? [];
  expect(listed).toEqual([...SOURCE_NAMES]);
});

describe('trouble', () => {
  test('of one source stops no other', async () => {
    const { hosted, readers, double } = await stage();
    hosted.issueComments.push(comment(1, token()));
    double.refuse = ({ path }) =>
      path.endsWith('/issues')
        ? { status: 410, message: 'Issues are disabled for this repo' }
        : path.endsWith('/actions/runs')
          ? { status: 403, message: 'Resource not accessible by integration' }
          : path.endsWith('/releases')
            ? { status: 500, message: 'oops' }
            : undefined;
    const all = await readers({
      which: ['issues', 'issue-comments', 'logs', 'releases', 'wiki', 'commit-comments'],
    });
    const { found, tally } = await readAll(all);
    expect(found).toHaveLength(1);
    expect(tally.skipped).toEqual([
      { path: 'github:acme/shop issues', why: 'it is gone, or switched off (410)' },
      { path: 'github:acme/shop releases', why: 'GitHub answers 500' },
      { path: 'github:acme/shop logs', why: 'the token may not read this (403)' },
    ]);
    expect(Object.fromEntries(all.map(({ source, state }) => [source, state]))).toEqual({
      issues: 'partial',
      'issue-comments': 'read',
      'commit-comments': 'read',
      releases: 'partial',
      wiki: 'none',
      logs: 'partial',
    });
    expect(cursorsOf(all)).not.toHaveProperty('logs');
  });

  test('with the rate limit is waited for if it is short, and named if it is long', async () => {
    const { hosted, readers, double } = await stage();
    hosted.issueComments.push(comment(1, token()));
    let times = 1;
    double.refuse = () =>
      times-- > 0
        ? {
            status: 403,
            message: 'You have exceeded a secondary rate limit',
            headers: { 'retry-after': '0' },
          }
        : undefined;
    expect((await readAll(await readers({ which: ['issue-comments'] }))).found).toHaveLength(1);
    double.refuse = () => ({
      status: 429,
      message: 'API rate limit exceeded',
      headers: { 'retry-after': '3000' },
    });
    const { tally } = await readAll(await readers({ which: ['issue-comments'], patience: 5 }));
    expect(tally.skipped).toEqual([
      { path: 'github:acme/shop issue-comments', why: 'the rate limit outlasts our patience (429)' },
    ]);
  });

  test('with a quota: no source takes more than its share, and the next scan goes on where it stopped', async () => {
    const { hosted, readers } = await stage();
    for (let id = 1; id <= 6; id++) {
      hosted.runs.unshift(run(id));
      hosted.files.set(`${RUNS}/${id}/attempts/1/logs`, { bytes: log(token()) });
    }
    hosted.artifacts.push({ id: 1, name: 'a', size_in_bytes: 1, expired: false, created_at: moment(1) });
    hosted.files.set('/repos/acme/shop/actions/artifacts/1/zip', {
      bytes: zip([{ name: 'x', content: token() }]),
    });
    const which = ['logs', 'artifacts'] as const;
    const places = new Set<string>();
    let cursors: Partial<Record<SourceName, string>> = {};
    const stopped: string[][] = [];
    for (let time = 0; time < 3; time++) {
      const all = await readers({ which, cursors, requests: 3 });
      const read = await readAll(all);
      for (const place of read.places) places.add(place);
      stopped.push(read.tally.skipped.map(({ path }) => path));
      cursors = cursorsOf(all);
    }
    // One request a time is the listing's, two are logs.
    expect(stopped).toEqual([['github:acme/shop logs'], ['github:acme/shop logs'], []]);
    expect(places.size).toBe(7);
    hosted.remaining = 7;
    const { tally } = await readAll(await readers({ which: ['issues', ...which] }));
    expect(tally.skipped.map(({ path }) => path)).toEqual(['github:acme/shop logs']);
    expect(tally.files).toBeGreaterThan(2);
  });

  test('is told without an address, a token or a key', async () => {
    const { hosted, readers, double } = await stage();
    hosted.runs.push(run(1));
    hosted.files.set(`${RUNS}/1/attempts/1/logs`, { bytes: log(token()), uses: -1 });
    double.refuse = ({ path }) =>
      path.endsWith('/releases') ? { status: 401, message: 'Bad credentials' } : undefined;
    const { tally } = await readAll(await readers());
    const told = JSON.stringify(tally.skipped);
    expect(told).not.toMatch(/sig=|storage\/|ghp_|https?:/);
    expect(told).not.toContain(double.token);
  });
});

// `keyburn org` beside the code: issues, logs, wikis and the rest of a whole organisation, each from where it was left.
import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { zip } from '../read/archive/zip-writer.ts';
import { commentOf, hasWorkflow, issueOf, ranAgain, ranIn } from './beside.ts';
import { commit, git, makeBare } from './repositories.ts';
import { lines, OrgStage } from './stage.ts';

let stage: OrgStage;
beforeEach(async () => {
  stage = await OrgStage.set();
});
afterEach(() => stage.close());

function host(id: number, more: Parameters<typeof stage.github.add>[0] = { name: `acme/r${id}` }): void {
  const folder = makeBare(stage.hosted, id);
  commit(folder, [{ files: { 'README.md': '# nothing here\n' } }]);
  stage.github.add({ id, ...more });
}

const logOf = (text: string): Uint8Array => zip([{ name: 'build/1_Test.txt', content: text }]);
const line = (key: string): string => `2026-11-20T00:00:00.1234567Z export KEY=${key}\n`;
const all = (...args: string[]) => stage.org('--sources', 'all', '--format', 'jsonl', ...args);

/** Where the API was asked, without questions that belong to the listing; by what stands behind the repository. */
function asked(): string[] {
  return stage.github.calls.map(
    ({ method, path, status }) => `${method} ${path.replace(/\?.*/, '')} ${status}`,
  );
}

/** One key in each of these, in repository 1. */
async function everywhere(): Promise<Map<string, string>> {
  const keys = new Map<string, string>();
  const names = [
    'issue',
    'pull',
    'comment',
    'review',
    'line',
    'commit',
    'release',
    'log',
    'artifact',
    'asset',
    'wiki',
  ];
  for (const name of names) keys.set(name, await stage.key(name));
  const of = (name: string): string => `K=${keys.get(name)}\n`;
  const beside = stage.github.beside(1);
  const now = new Date();
  const pull = issueOf(of('pull'), now, { pull_request: {} });
  beside.issues.push(issueOf(of('issue')), pull);
  beside.issueComments.push(commentOf(of('comment')));
  beside.reviewComments.push(commentOf(of('line')));
  beside.reviews.set(Number(pull.number), [commentOf(of('review'))]);
  beside.commitComments.push(commentOf(of('commit')));
  const stamp = now.toISOString();
  const asset = { id: 9, name: 'app.env', size: 60, updated_at: stamp };
  beside.releases.push({
    id: 8,
    tag_name: 'v1',
    name: 'One',
    body: of('release'),
    updated_at: stamp,
    assets: [asset],
  });
  beside.files.set('/releases/assets/9', Buffer.from(of('asset')));
  ranIn(beside, logOf(line(keys.get('log') ?? '')));
  beside.artifacts.push({
    id: 7,
    name: 'out',
    size_in_bytes: 200,
    expired: false,
    created_at: stamp,
  });
  beside.files.set('/actions/artifacts/7/zip', zip([{ name: 'out.env', content: of('artifact') }]));
  const wiki = makeBare(stage.hosted, 1);
  git(stage.hosted, 'init', '-q', '--bare', '-b', 'master', '1.wiki.git');
  commit(join(wiki, '../1.wiki.git'), [{ ref: 'refs/heads/master', files: { 'Home.md': of('wiki') } }]);
  return keys;
}

/** Stands between a scan and its issuer. @param cut whether this request is not answered any more */
async function between(
  issuer: string,
  cut: (path: string) => boolean,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((asked, answer) => {
    if (cut(asked.url ?? '')) return void answer.destroy();
    const { method, headers } = asked;
    const sent = request(new URL(asked.url ?? '', issuer), { method, headers }, (reply) => {
      answer.writeHead(reply.statusCode ?? 500, reply.headers);
      reply.pipe(answer);
    });
    sent.on('error', () => answer.destroy());
    asked.pipe(sent);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

describe('beside the code', { timeout: 120_000 }, () => {
  it('every source is read once, and then what has not changed is not asked for', async () => {
    host(1);
    host(2);
    const keys = await everywhere();
    const ran = await all('--revoke');
    expect(ran.code, ran.stderr).toBe(1);
    const { findings, summary } = lines(ran.stdout);
    expect(summary.skipped).toEqual([]);
    expect(findings).toHaveLength(keys.size);
    for (const [name, key] of keys) expect(await stage.works(key), `${name} ${ran.stderr}`).toBe(false);
    for (const { exposure } of findings) expect(exposure).toBe('public');
    expect(stage.told()).toHaveLength(keys.size);
    expect(stage.github.storage.shown).toEqual([]);
    // A repository without an issue, a release or a comment is not asked for any.
    expect(
      asked()
        .filter((one) => one.includes('/r2/') && !one.includes('activity'))
        .sort(),
    ).toEqual(['GET /repos/acme/r2/actions/artifacts 200', 'GET /repos/acme/r2/actions/runs 200']);

    stage.github.calls.length = 0;
    const again = await all('--revoke');
    expect(again.code, again.stderr).toBe(0);
    expect(asked()).toEqual([
      'GET /orgs/acme/repos 304',
      // What is new in a hundred repositories, and what ran in a hundred workflows.
      'POST /graphql 200',
      'POST /graphql 200',
    ]);
  });

  it('what is new is found where nothing was pushed', async () => {
    for (const id of [1, 2, 3, 4]) host(id);
    ranIn(stage.github.beside(3), logOf('all is well\n'));
    git(stage.hosted, 'init', '-q', '--bare', '-b', 'master', '4.wiki.git');
    const page = (text: string): unknown =>
      commit(join(stage.hosted, '4.wiki.git'), [{ ref: 'refs/heads/master', files: { 'Home.md': text } }]);
    page('welcome\n');
    expect((await all()).code).toBe(0);

    const [issue, log, wiki] = [await stage.key(), await stage.key(), await stage.key()];
    stage.github.beside(2).issues.push(issueOf(`my key is ${issue}`));
    ranIn(stage.github.beside(3), logOf(line(log)));
    page(`K=${wiki}\n`);
    stage.github.calls.length = 0;
    const ran = await all('--revoke');
    const places = lines(ran.stdout).findings.map(({ place }) => place.path.replace(/\d+/g, 'N'));
    expect(places.sort(), ran.stderr).toEqual([
      'Home.md',
      'actions/runs/N/attempts/N/logs.zip!/build/N_Test.txt',
      'issues/N',
    ]);
    for (const key of [issue, log, wiki]) expect(await stage.works(key)).toBe(false);
    // Nothing was new in the first, and the old log of the third was not fetched again.
    expect(asked().filter((one) => one.includes('/r1/'))).toEqual([]);
    expect(asked().filter((one) => one.endsWith('/logs 302'))).toHaveLength(1);
  });

  it('a run that no push announces is found, new or run again, and those who had none are not asked', async () => {
    for (const id of [1, 2, 3]) host(id);
    const log = logOf('all is well\n');
    const before = new Date(Date.now() - 3_600_000);
    for (const id of [1, 2, 3]) ranIn(stage.github.beside(id), log, before, 1);
    const again = ranIn(stage.github.beside(2), log, before, 2);
    hasWorkflow(stage.github.beside(1), 2);
    expect((await all()).code).toBe(0);

    const keys = [await stage.key(), await stage.key()];
    // One that nobody had started yet.
    ranIn(stage.github.beside(1), logOf(line(keys[0] ?? '')), new Date(), 2);
    ranAgain(stage.github.beside(2), again, logOf(line(keys[1] ?? '')));
    stage.github.calls.length = 0;
    const ran = await all('--revoke', '--fail-on', 'none');
    expect(ran.code, ran.stderr).toBe(0);
    for (const key of keys) expect(await stage.works(key)).toBe(false);
    expect(
      asked()
        .filter((one) => one.includes('/actions/runs '))
        .sort(),
    ).toEqual(['GET /repos/acme/r1/actions/runs 200', 'GET /repos/acme/r2/actions/runs 200']);

    // What runs now has no log yet, and is asked for until it has.
    const [run] = stage.github.beside(3).runs;
    if (run !== undefined) Object.assign(run, { status: 'in_progress', updated_at: '2026-11-21T00:00:01Z' });
    for (const _ of [1, 2]) {
      stage.github.calls.length = 0;
      await all();
      expect(asked().filter((one) => one.includes('/actions/runs '))).toHaveLength(1);
    }
  });

  it('what ran long ago may run again, and what runs for the first time comes to its end', async () => {
    for (const id of [1, 2]) host(id);
    ranIn(stage.github.beside(1), logOf('all is well\n'), new Date(Date.now() - 60 * 86_400_000));
    const keys = [await stage.key(), await stage.key()];
    ranIn(stage.github.beside(2), logOf(line(keys[1] ?? '')));
    const first = stage.github.beside(2).runs[0] ?? {};
    Object.assign(first, { status: 'in_progress' });
    expect((await all()).code).toBe(0);
    ranIn(stage.github.beside(1), logOf(line(keys[0] ?? '')));
    Object.assign(first, { status: 'completed' });
    const ran = await all('--revoke', '--fail-on', 'none');
    for (const key of keys) expect(await stage.works(key), ran.stderr).toBe(false);
  });

  it('a run that nothing shows is found within a week, and in a full scan', async () => {
    const log = logOf('all is well\n');
    const ids = [1, 2].map((id) => {
      host(id);
      const beside = stage.github.beside(id);
      const first = ranIn(beside, log, new Date(Date.now() - 9_000_000));
      for (let index = 0; index < 10; index++) ranIn(beside, log, new Date(Date.now() - 8_000_000 + index));
      return first;
    });
    expect((await all()).code).toBe(0);
    const keys = [await stage.key(), await stage.key()];
    for (const [index, id] of ids.entries())
      ranAgain(stage.github.beside(index + 1), id, logOf(line(keys[index] ?? '')));
    await all('--revoke', '--fail-on', 'none');
    expect([await stage.works(keys[0] ?? ''), await stage.works(keys[1] ?? '')]).toEqual([true, true]);

    const ledger = new DatabaseSync(join(stage.home, 'ledger.sqlite'));
    const sevenDaysAgo = new Date(Date.now() - 7 * 86_400_000).toISOString();
    ledger.prepare("update cursors set read_at = ? where repository like '%/1'").run(sevenDaysAgo);
    ledger.close();
    await all('--revoke', '--fail-on', 'none');
    expect([await stage.works(keys[0] ?? ''), await stage.works(keys[1] ?? '')]).toEqual([false, true]);
    await all('--revoke', '--full', '--fail-on', 'none');
    expect(await stage.works(keys[1] ?? '')).toBe(false);
  });

  it('a host that does not say what ran is asked for each repository that has had runs', async () => {
    host(1);
    ranIn(stage.github.beside(1), logOf('all is well\n'));
    await all();
    stage.github.graphql = 'old';
    stage.github.calls.length = 0;
    const ran = await all();
    expect(ran.stderr).toContain('does not say what ran');
    expect(asked().filter((one) => one.includes('/actions/'))).toEqual([
      'GET /repos/acme/r1/actions/runs 304',
    ]);
  });

  it('a host that does not say what is new is asked for each source, and answers for nothing', async () => {
    stage.github.graphql = false;
    for (const id of [1, 2]) host(id);
    stage.github.beside(1).issues.push(issueOf('nothing'));
    await all();
    stage.github.calls.length = 0;
    const ran = await all();
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.stderr).toContain('does not say what is new');
    const paid = stage.github.calls.filter(({ status }) => status === 200).map(({ path }) => path);
    // Whether the last moment has more is asked once with the moment, and from then on with its tag.
    expect(paid.filter((path) => !path.includes('/issues?'))).toEqual([]);
    stage.github.calls.length = 0;
    await all();
    expect(stage.github.calls.filter(({ status }) => status === 200)).toEqual([]);
  });

  it('a host that refuses to say what is new is named, and the code is read all the same', async () => {
    host(1);
    const keys = await everywhere();
    stage.github.meddle = (path) =>
      path === '/graphql' ? { status: 401, message: 'Bad credentials' } : undefined;
    const ran = await all('--revoke', '--fail-on', 'none');
    expect(ran.code, ran.stderr).toBe(2);
    expect(lines(ran.stdout).summary.skipped).toEqual([
      { path: 'what is new beside the code', why: expect.stringContaining('refused (401)') },
    ]);
    expect(lines(ran.stdout).summary.blobs).toBeGreaterThan(0);
    for (const key of keys.values()) expect(await stage.works(key)).toBe(false);
  });

  it('what the credential may not read is named each time, and stops nothing else', async () => {
    host(1);
    const keys = await everywhere();
    stage.github.meddle = (path) =>
      path.endsWith('/actions/runs') ? { status: 403, message: 'Resource not accessible' } : undefined;
    const ran = await all('--revoke', '--fail-on', 'none');
    const gap = { path: 'acme/r1: logs: the rest of it', why: 'the token may not read this (403)' };
    expect(ran.code).toBe(2);
    expect(lines(ran.stdout).summary.skipped).toEqual([gap]);
    for (const [name, key] of keys) expect(await stage.works(key), name).toBe(name === 'log');
    stage.github.calls.length = 0;
    const again = await all('--fail-on', 'none');
    expect([again.code, lines(again.stdout).summary.skipped]).toEqual([2, [gap]]);
    expect(asked().filter((one) => one.includes('/actions/runs'))).toEqual([]);
    // The right was granted: a full scan asks again, and the gap is none any more.
    stage.github.meddle = undefined;
    const full = await all('--revoke', '--full', '--fail-on', 'none');
    expect([full.code, lines(full.stdout).summary.skipped], full.stderr).toEqual([0, []]);
    expect(await stage.works(keys.get('log') ?? '')).toBe(false);
  });

  it('a limit in the middle of a source is waited for', async () => {
    host(1);
    const keys: string[] = [];
    for (let index = 0; index < 6; index++) {
      const key = await stage.key();
      keys.push(key);
      ranIn(stage.github.beside(1), logOf(line(key)));
    }
    stage.github.limit = { requests: 6, windowMs: 1_500 };
    const ran = await all('--revoke', '--fail-on', 'none');
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.stderr).toContain('rate limit');
    for (const key of keys) expect(await stage.works(key)).toBe(false);
  });

  it('what is found in a private repository is as private as that', async () => {
    host(1, { name: 'acme/r1', visibility: 'private' });
    const keys = await everywhere();
    const ran = await all('--revoke', '--fail-on', 'none');
    const { findings } = lines(ran.stdout);
    expect(findings).toHaveLength(keys.size);
    expect(new Set(findings.map(({ exposure }) => exposure))).toEqual(new Set(['private']));
    for (const key of keys.values()) expect(await stage.works(key)).toBe(true);

    // Now everybody can read it, so all of it is judged anew.
    const repository = stage.github.repositories.get(1);
    if (repository) repository.visibility = 'public';
    const again = await all('--revoke', '--full', '--fail-on', 'none');
    for (const [name, key] of keys) expect(await stage.works(key), `${name} ${again.stderr}`).toBe(false);
  });

  it('a source with much to read gives way, goes on, and loses nothing', async () => {
    host(1);
    host(2);
    const beside = stage.github.beside(1);
    const quiet = logOf('nothing to see\n');
    const [oldest, newest] = [await stage.key(), await stage.key()];
    ranIn(beside, logOf(line(oldest)), new Date(Date.now() - 10_000_000));
    for (let index = 0; index < 520; index++)
      ranIn(beside, quiet, new Date(Date.now() - 9_000_000 + index * 1_000));
    ranIn(beside, logOf(line(newest)));
    const ran = await all('--revoke', '--concurrency', '1', '--fail-on', 'none');
    expect([ran.code, lines(ran.stdout).summary.skipped], ran.stderr).toEqual([0, []]);
    for (const key of [oldest, newest]) expect(await stage.works(key)).toBe(false);
    const paths = stage.github.calls.map(({ path }) => path);
    // The other repository had its turn in between.
    const last = paths.findLastIndex((path) => path.endsWith('/logs'));
    const other = paths.findIndex((path) => path.includes('/r2/actions/runs'));
    expect(other).toBeLessThan(last);
    const logs = paths.filter((path) => path.endsWith('/logs'));
    expect([logs.length, new Set(logs).size]).toEqual([522, 522]);
  });

  it('a log that is a bomb is named, and the rest goes on', async () => {
    host(1);
    const key = await stage.key();
    const bomb = zip([{ name: 'big.txt', content: Buffer.alloc(300 * 1024 * 1024, 0x20) }]);
    ranIn(stage.github.beside(1), bomb);
    ranIn(stage.github.beside(1), logOf(line(key)));
    const ran = await all('--revoke', '--fail-on', 'none');
    expect(ran.code, ran.stderr).toBe(2);
    expect(lines(ran.stdout).summary.skipped).toMatchObject([
      { path: expect.stringMatching(/^acme\/r1: logs: actions\/runs\/\d+\/attempts\/1\/logs\.zip/) },
    ]);
    expect(await stage.works(key)).toBe(false);
  });

  it('logs that showed a burned key are deleted, where that was asked for', async () => {
    host(1);
    host(2, { name: 'acme/r2', visibility: 'private' });
    const [burned, kept] = [await stage.key(), await stage.key()];
    const id = ranIn(stage.github.beside(1), logOf(line(burned)));
    ranIn(stage.github.beside(1), logOf('nothing\n'));
    ranIn(stage.github.beside(2), logOf(line(kept)));
    expect((await all('--delete-leaked-logs')).stderr).toContain('--delete-leaked-logs needs --revoke');
    const ran = await all('--revoke', '--delete-leaked-logs', '--fail-on', 'none');
    expect(ran.code, ran.stderr).toBe(0);
    expect(stage.github.beside(1).deleted).toEqual([id]);
    expect(stage.github.beside(2).deleted).toEqual([]);
    expect([await stage.works(burned), await stage.works(kept)]).toEqual([false, true]);
  });

  it('of a key that nobody committed, its issuer names the owner, or else CODEOWNERS does', async () => {
    host(1, { name: 'acme/r1', visibility: 'private' });
    host(2, { name: 'acme/r2' });
    for (const id of [1, 2]) {
      ranIn(stage.github.beside(id), logOf(line(await stage.key())));
      stage.github.beside(id).contents.set('CODEOWNERS', '* @acme/payments\n');
    }
    await all('--fail-on', 'none');
    const owners = stage.told().map(({ type, text }) => `${type} ${/^Owner: +(.*)$/m.exec(text)?.[1]}`);
    // The issuer is asked where a person is to decide.
    expect(new Set(owners)).toEqual(
      new Set(['incident.found-live @acme/payments', 'incident.needs-a-person ada@example.com']),
    );
    expect(owners).toHaveLength(2);
  });

  it('a scan that is killed in the middle of a source goes on, and burns and tells once', async () => {
    host(1);
    const keys: string[] = [];
    for (let index = 0; index < 30; index++) {
      const key = await stage.key();
      keys.push(key);
      ranIn(stage.github.beside(1), logOf(line(key)));
    }
    const args = ['org', 'acme', '--base-url', stage.github.api, '--threads', '1', '--sources', 'all'];
    const armed = [...args, '--revoke', '--format', 'jsonl', '--fail-on', 'none'];
    const first = stage.spawn(armed);
    let logs = 0;
    stage.github.meddle = (path) => {
      if (path.endsWith('/logs') && ++logs === 15) first.child.kill('SIGKILL');
      return undefined;
    };
    expect((await first.ended).signal).toBe('SIGKILL');
    const second = await stage.spawn(armed).ended;
    expect(second.code, second.stderr).toBe(0);
    for (const key of keys) expect(await stage.works(key)).toBe(false);
    const told = stage.told();
    expect(new Set(told.map(({ data }) => data.incident.id)).size).toBe(30);
    expect(new Set(told.map(({ id }) => id)).size).toBe(30);
  });

  it('an order that a killed scan left for a key in a wiki, an issue or a log is finished', async () => {
    host(1);
    const keys = await everywhere();
    for (const name of ['wiki', 'issue', 'log']) {
      const issuer = stage.env.KEYBURN_SERVICE_URL ?? '';
      let child: ChildProcess | undefined;
      const proxy = await between(
        issuer,
        (path) => path.endsWith('/revoke') && child?.kill('SIGKILL') === true,
      );
      const source = name === 'log' ? 'logs' : name === 'issue' ? 'issues' : name;
      const args = ['org', 'acme', '--base-url', stage.github.api, '--sources', source, '--revoke'];
      const env = { KEYBURN_SERVICE_URL: proxy.url };
      const killed = stage.spawn([...args, '--threads', '1'], env);
      child = killed.child;
      expect((await killed.ended).signal).toBe('SIGKILL');
      child = undefined;
      const ran = await stage.spawn([...args, '--format', 'jsonl', '--fail-on', 'none'], env).ended;
      await proxy.close();
      expect(ran.code, ran.stderr).toBe(0);
      expect(await stage.works(keys.get(name) ?? ''), ran.stderr).toBe(false);
      const listed = await stage.keyburn('incidents', 'list', '--format', 'jsonl');
      const states = listed.stdout.trim().split('\n');
      expect(
        states.filter((one) => !one.includes('"state":"closed"')),
        ran.stderr,
      ).toEqual([]);
    }
  });

  it('sources are chosen by name', async () => {
    host(1);
    const keys = await everywhere();
    const ran = await stage.org('--sources', 'history,issues,wiki', '--revoke', '--format', 'jsonl');
    expect(lines(ran.stdout).findings, ran.stderr).toHaveLength(3);
    expect(await stage.works(keys.get('log') ?? '')).toBe(true);
    expect((await stage.org('--sources', 'mails')).stderr).toContain('there is no mails');
    // Chosen later, read from its beginning.
    const later = await stage.org('--sources', 'logs', '--revoke', '--format', 'jsonl');
    expect(lines(later.stdout).findings, later.stderr).toHaveLength(1);
    writeFileSync(join(stage.folder, 'names.txt'), 'acme/r1\n');
    const { api } = stage.github;
    const list = ['org', '--repositories', join(stage.folder, 'names.txt'), '--base-url', api];
    const named = await stage.keyburn(...list, '--sources', 'all', '--format', 'jsonl');
    expect(lines(named.stdout).findings, named.stderr).toHaveLength(keys.size - 4);
  });
});

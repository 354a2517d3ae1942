// Each event of the table, driven as the runner does: the real bundle, a real repository behind git's own HTTP server, a
// checkout as shallow as the default. What was found is told by what was masked: raw keys, exactly the planted ones.
// Where another scanner went wrong before, the test is named for the issue that told of it.
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { key, Stage, type Step, ZERO } from './stage.ts';

const K = Array.from({ length: 12 }, (_, index) => key(index));
const k = (index: number): string => K[index] ?? '';
const config = (index: number) => `token = "${k(index)}"\n`;

function seen(step: Step, ...indexes: number[]): void {
  expect(step.stderr).toBe('');
  expect([...step.masks].sort()).toEqual(indexes.map(k).sort());
  expect(step.outputs['findings-count']).toBe(String(indexes.length));
}

test('the first push of a repository: everything in it (ggshield#313)', async () => {
  const stage = await Stage.set();
  stage.commit({ a: config(0) });
  stage.commit({ a: 'gone\n', b: config(1) });
  const step = await stage.step({ ...stage.push('main'), depth: 1 });
  seen(step, 0, 1);
  expect(step.code).toBe(1);
  expect(step.outputs['scanned-commits']).toBe('2');
  expect(step.report.findings.map(({ place }) => place.path).sort()).toEqual(['a', 'b']);
});

test.each([
  [1, 'ggshield#677'],
  [2, 'gitleaks-action#233'],
  [5, 'DariuszPorowski/github-action-gitleaks#51'],
  [0, 'gitleaks-action#237: 0 is everything, and no reason to scan it'],
])(
  'a push of three commits over a checkout of depth %i: those three, and nothing older (%s)',
  async (depth) => {
    const stage = await Stage.set();
    stage.commit({ old: config(0) });
    stage.push('main');
    for (const index of [1, 2, 3]) stage.commit({ [`f${index}`]: config(index) });
    const step = await stage.step({ ...stage.push('main'), depth });
    seen(step, 1, 2, 3);
    expect(step.outputs).toMatchObject({ 'scanned-commits': '3', complete: 'true' });
  },
);

test('a merge whose side branch is older than the checkout: side commits, and what the merge alone brings', async () => {
  const stage = await Stage.set();
  stage.commit({ base: 'x\n' });
  stage.git('branch', 'side');
  for (let index = 0; index < 5; index++) stage.commit({ main: `${index}\n` });
  stage.push('main');
  stage.git('checkout', '-q', 'side');
  stage.commit({ side: config(1) });
  stage.commit({ side: 'clean\n' });
  stage.git('checkout', '-q', 'main');
  stage.git('merge', '-q', '--no-commit', '--no-ff', 'side');
  stage.commit({ evil: config(2) }, 'merge');
  const step = await stage.step({ ...stage.push('main'), depth: 2 });
  seen(step, 1, 2);
  expect(step.outputs).toMatchObject({ 'scanned-commits': '3', complete: 'true' });
});

test('a forced push: what it brings, and what it throws away (ggshield#837)', async () => {
  const stage = await Stage.set();
  const base = stage.commit({ old: config(0) });
  stage.push('main');
  stage.commit({ lost: config(1) });
  stage.commit({ lost: 'clean\n' });
  stage.push('main');
  stage.git('reset', '-q', '--hard', base);
  stage.commit({ fresh: config(2) });
  const step = await stage.step({ ...stage.push('main', { force: true }), depth: 1 });
  seen(step, 1, 2);
  expect(step.outputs['scanned-commits']).toBe('3');
});

test('a forced push whose overwritten commits are gone from the host is never called clean', async () => {
  const stage = await Stage.set();
  stage.commit({ a: 'x\n' });
  const { payload, ...ask } = stage.push('main');
  const gone = { ...(payload as object), created: false, forced: true, before: 'b'.repeat(40) };
  const step = await stage.step({ ...ask, payload: gone, depth: 1 });
  expect(step.code).toBe(2);
  expect(step.outputs.complete).toBe('false');
  expect(step.stdout).toMatch(/^::warning title=keyburn%3A the scan is incomplete::.*overwritten commits/m);
});

test('a push whose `before` is nowhere, or that does not name one: more is read, not less', async () => {
  const stage = await Stage.set();
  stage.commit({ a: config(0) });
  const { payload, ...ask } = stage.push('main');
  const { before: _before, created: _created, ...rest } = payload as Record<string, unknown>;
  seen(await stage.step({ ...ask, payload: rest, depth: 1 }), 0);
  const step = await stage.step({ ...ask, payload: { ...rest, before: 'b'.repeat(40) }, depth: 1 });
  seen(step, 0);
  expect(step.code).toBe(1);
});

test('a new branch shows its own commits, all of them and no others (ggshield#737, trl#6759); two that come together show all of theirs', async () => {
  const stage = await Stage.set();
  stage.commit({ old: config(0) });
  stage.push('main');
  stage.git('checkout', '-q', '-b', 'one');
  stage.commit({ one: config(1) });
  stage.commit({ one: 'clean\n', two: config(2) });
  const one = stage.push('one');
  seen(await stage.step({ ...one, depth: 1 }), 1, 2);
  // The same commit under a second name, pushed at the same time: one of the two events has it.
  const also = stage.push('also', { from: 'one' });
  const steps = [await stage.step({ ...one, depth: 1 }), await stage.step({ ...also, depth: 1 })];
  expect(steps.flatMap(({ masks }) => masks).sort()).toEqual([k(1), k(2)].sort());
});

test('the first push with another branch beside it: the default branch still shows everything', async () => {
  const stage = await Stage.set();
  stage.commit({ a: config(0) });
  const main = stage.push('main');
  const other = stage.push('aaa', { from: 'main' });
  seen(await stage.step({ ...main, depth: 1 }), 0);
  const step = await stage.step({ ...other, depth: 1 });
  seen(step);
  expect(step.code).toBe(0);
});

test('a tag: only what no branch has, and its message; a tag on a branch is quiet (grob#123)', async () => {
  const stage = await Stage.set();
  stage.commit({ old: config(0) });
  stage.push('main');
  stage.git('tag', 'v1');
  const quiet = await stage.step({ ...stage.push('refs/tags/v1'), depth: 1 });
  seen(quiet);
  expect(quiet.code).toBe(0);
  stage.commit({ side: config(1) });
  stage.git('tag', '-a', '-m', `release with ${k(2)} in it`, 'v2');
  const step = await stage.step({ ...stage.push('refs/tags/v2'), depth: 1 });
  seen(step, 1, 2);
  expect(step.report.findings.map(({ place }) => place.path).sort()).toEqual(['side', 'tag:v2']);
});

test.each(['refs/heads/gone', 'refs/tags/gone'])('a deletion brings nothing: %s', async (ref) => {
  const stage = await Stage.set();
  stage.commit({ a: config(0) });
  stage.push(ref, { from: 'main' });
  const deletion = stage.push(ref, { from: '' });
  expect(deletion.payload).toMatchObject({ deleted: true, after: ZERO });
  const step = await stage.step(deletion);
  expect(step.code).toBe(0);
  expect(step.lines).toEqual([
    '::notice title=keyburn::nothing to scan: a deleted branch or tag brings nothing',
  ]);
  expect(step.outputs['findings-count']).toBe('0');
});

test('a pull request of 35 commits: all of them, whatever GITHUB_SHA says, and though the base has moved on (gitleaks-action#187)', async () => {
  const stage = await Stage.set();
  stage.commit({ old: config(0) });
  stage.push('main');
  stage.git('checkout', '-q', '-b', 'feature');
  stage.commit({ first: config(1) });
  for (let index = 0; index < 33; index++) stage.git('commit', '-q', '--allow-empty', '-m', `work ${index}`);
  stage.commit({ first: 'clean\n', last: config(2) });
  stage.push('feature');
  stage.git('checkout', '-q', 'main');
  for (let index = 0; index < 3; index++) stage.commit({ moved: `${index}\n`, base: config(3) });
  stage.push('main');
  const step = await stage.step({ ...stage.pull('feature'), depth: 1 });
  seen(step, 1, 2);
  expect(step.outputs).toMatchObject({ 'scanned-commits': '35', complete: 'true' });
});

test('the merge queue: from the base of the group to its head', async () => {
  const stage = await Stage.set();
  const base_sha = stage.commit({ old: config(0) });
  stage.push('main');
  const head_sha = stage.commit({ queued: config(1) });
  const ref = 'refs/heads/gh-readonly-queue/main/pr-7';
  stage.push(ref, { from: 'main' });
  const payload = {
    action: 'checks_requested',
    merge_group: { head_sha, base_sha, head_ref: ref },
    repository: stage.repository(),
  };
  const step = await stage.step({ name: 'merge_group', payload, sha: head_sha, ref, depth: 1 });
  seen(step, 1);
  expect(step.outputs['scanned-commits']).toBe('1');
});

test('schedule and dispatch: every branch and tag, with history, from a checkout of one commit or none', async () => {
  const stage = await Stage.set();
  stage.commit({ a: config(0) });
  stage.commit({ a: 'clean\n' });
  stage.push('main');
  stage.git('checkout', '-q', '-b', 'other');
  stage.commit({ b: config(1) });
  stage.push('other');
  const at = { sha: stage.git('rev-parse', 'main'), ref: 'refs/heads/main' };
  const schedule = await stage.step({ name: 'schedule', payload: {}, ...at, depth: 1 });
  seen(schedule, 0, 1);
  // The event says nothing of the repository: GitHub itself was asked.
  expect(schedule.report.findings).toMatchObject([{ exposure: 'public' }, { exposure: 'public' }]);
  seen(
    await stage.step({ name: 'workflow_dispatch', payload: { repository: stage.repository() }, ...at }),
    0,
    1,
  );
});

test('history: false reads the files of the checkout alone', async () => {
  const stage = await Stage.set();
  stage.commit({ a: config(0) });
  stage.commit({ a: 'clean\n', b: config(1) });
  const { sha, ref } = stage.push('main');
  const inputs = { history: 'false' };
  const step = await stage.step({ name: 'schedule', payload: {}, sha, ref, depth: 1, inputs });
  seen(step, 1);
  expect(step.outputs.range).toContain('files of the checkout');
});

test('base and head as inputs, by name and by commit; equal ends are an empty range, not an error', async () => {
  const stage = await Stage.set();
  const start = stage.commit({ old: config(0) });
  stage.push('main');
  stage.git('checkout', '-q', '-b', 'feature');
  const sha = stage.commit({ fresh: config(1) });
  stage.push('feature');
  const ask = {
    name: 'repository_dispatch',
    payload: { repository: stage.repository() },
    sha,
    ref: 'refs/heads/feature',
    depth: 1,
  };
  seen(await stage.step({ ...ask, name: 'workflow_call', inputs: { base: 'main', head: 'feature' } }), 1);
  seen(await stage.step({ ...ask, name: 'workflow_call' }), 0, 1);
  seen(await stage.step({ ...ask, inputs: { base: start } }), 1);
  seen(await stage.step(ask), 0, 1);
  const empty = await stage.step({ ...ask, inputs: { base: 'feature' } });
  seen(empty);
  expect(empty.code).toBe(0);
  const nowhere = await stage.step({ ...ask, inputs: { base: 'no-such-branch' } });
  expect(nowhere.code).toBe(2);
  expect(nowhere.stdout).toMatch(/^::error title=keyburn::range incomplete/m);
});

test('BASE = HEAD on a push is an empty range, not an error (FLIP#125)', async () => {
  const stage = await Stage.set();
  stage.commit({ a: config(0) });
  const { payload, sha, ...ask } = stage.push('main');
  const same = { ...(payload as object), before: sha, after: sha, created: false, commits: [] };
  const step = await stage.step({ ...ask, sha, payload: same, depth: 1 });
  expect([step.code, step.masks]).toEqual([0, []]);
});

test('an unknown event reads what its commit reaches; an event without anything is incomplete, not clean', async () => {
  const stage = await Stage.set();
  stage.commit({ a: config(0) });
  const { sha, ref } = stage.push('main');
  seen(
    await stage.step({ name: 'gollum', payload: { repository: stage.repository() }, sha, ref, depth: 1 }),
    0,
  );
  const step = await stage.step({ name: 'gollum', payload: {} });
  expect(step.code).toBe(2);
  expect(step.stdout).toMatch(/^::error title=keyburn::.*nothing can be called clean$/m);
});

test('a private repository without a checkout: the token is all that it needs, and it is printed nowhere', async () => {
  const stage = await Stage.set();
  stage.github.visibility = 'private';
  stage.commit({ a: config(0) });
  stage.push('main');
  stage.commit({ b: config(1) });
  const push = stage.push('main');
  seen(await stage.step(push), 1);
  for (const [, text] of stage.written()) expect(text).not.toContain(stage.github.token);
  const step = await stage.step({ ...push, inputs: { 'github-token': 'wrong' } });
  expect(step.code).toBe(2);
  expect(step.stdout).toMatch(/^::error title=keyburn::range incomplete/m);
});

test('a push of 2,100 commits, of which the event names 2,048: all of them, the first and the last included', async () => {
  const stage = await Stage.set();
  stage.commit({ old: config(0) });
  stage.push('main');
  stage.commit({ first: config(1) });
  const tree = stage.git('rev-parse', 'HEAD^{tree}');
  const who = 'Ada <ada@example.com> 1767225600 +0000';
  const from = stage.git('rev-parse', 'HEAD');
  const commits = Array.from({ length: 2_098 }, (_, index) => {
    const start = index === 0 ? `from ${from}\n` : '';
    return `commit refs/heads/main\ncommitter ${who}\ndata 4\nwork\n${start}M 040000 ${tree} \n\n`;
  });
  stage.feed(commits.join(''), 'fast-import', '--quiet', '--force');
  stage.git('reset', '-q', '--hard', 'main');
  stage.commit({ last: config(2) });
  const push = stage.push('main');
  expect((push.payload as { commits: unknown[] }).commits).toHaveLength(2048);
  const step = await stage.step({ ...push, depth: 1 });
  seen(step, 1, 2);
  expect(step.outputs['scanned-commits']).toBe('2100');
  const listless = { ...(push.payload as object), commits: [] };
  seen(await stage.step({ ...push, payload: listless, depth: 1 }), 1, 2);
});

test('a repository that is large enough for worker threads: what they find is masked as well', {
  timeout: 90_000,
}, async () => {
  const stage = await Stage.set();
  // A worker is worth its start from about six megabytes of pack on; nothing is packed tight here, so that they come cheap.
  for (const folder of [stage.work, stage.bare]) stage.in(folder, 'config', 'core.compression', '0');
  const noise = () => randomBytes(600_000).toString('hex').replace(/.{60}/g, '$& \n');
  stage.commit(
    Object.fromEntries(K.slice(0, 8).map((one, index) => [`f${index}`, `token = "${one}"\n${noise()}\n`])),
  );
  const { sha } = stage.push('main');
  const payload = { repository: stage.repository() };
  const step = await stage.step({ name: 'workflow_dispatch', payload, sha, ref: 'refs/heads/main' });
  seen(step, 0, 1, 2, 3, 4, 5, 6, 7);
  expect(step.outputs.complete).toBe('true');
});

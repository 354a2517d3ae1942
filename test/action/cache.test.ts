// A full scan that starts where the one before ended. What it says is what a scan of everything says; what is kept for it is
// of no use to anybody else; and a cache that fails costs time, never a result.
import { createHash, randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type ActionsCache, startActionsCache } from '../doubles/actions-cache.ts';
import { type Ask, key, Stage, type Step } from './stage.ts';

const KEY = { 'fingerprint-key': '0f'.repeat(16) };

async function scene(): Promise<{
  stage: Stage;
  cache: ActionsCache;
  scan: (more?: Partial<Ask>) => Promise<Step>;
}> {
  const [stage, cache] = [await Stage.set(), await startActionsCache()];
  onTestFinished(() => cache.close());
  const scan = (more: Partial<Ask> = {}) =>
    stage.step({
      name: 'schedule',
      payload: {},
      sha: stage.in(stage.bare, 'rev-parse', 'main'),
      ref: 'refs/heads/main',
      env: cache.env,
      ...more,
      inputs: { ...KEY, ...more.inputs },
    });
  return { stage, cache, scan };
}

/** Everything that a report says of its findings, the folder of the step left out. */
function told({ report }: Step): unknown {
  const text = JSON.stringify(report.findings).replaceAll(/\/[^"]*keyburn-step-[^/"]*/g, '');
  return JSON.parse(text.replaceAll(/"checkedAt":"[^"]*"/g, '""'));
}

const short = (step: Step) => step.outputs.range?.includes('since the full scan before') === true;

test('nothing new: the keys are found again, and nothing else is read', async () => {
  const { stage, cache, scan } = await scene();
  stage.commit({ a: `token = "${key(1)}"\n`, noise: 'x\n'.repeat(1000) });
  stage.commit({ a: 'clean\n', b: `x\ntoken = "${key(2)}"\n` }, `about ${key(3)}`);
  stage.git('tag', '-a', '-m', 'one', 'v1');
  stage.push('main');
  stage.push('refs/tags/v1');
  const first = await scan();
  const calls = [...cache.calls];
  const second = await scan();
  expect([short(first), short(second)]).toEqual([false, true]);
  expect(calls).toEqual(['GetCacheEntryDownloadURL', 'CreateCacheEntry', 'PUT', 'FinalizeCacheEntryUpload']);
  expect(cache.calls.slice(calls.length)).toEqual(['GetCacheEntryDownloadURL', 'GET']);
  expect([...second.masks].sort()).toEqual([key(1), key(2), key(3)].sort());
  expect(told(second)).toEqual(told(first));
  expect(second.code).toBe(first.code);
  expect(second.report.summary).toMatchObject({ blobs: 2, commits: 1 });
  expect([first.stderr, second.stderr]).toEqual(['', '']);
});

test('whatever was pushed since: the same as a scan of everything', { timeout: 120_000 }, async () => {
  const { stage, cache, scan } = await scene();
  stage.commit({ a: `token = "${key(0)}"\n` });
  stage.push('main');
  await scan();
  const steps: (() => void)[] = [
    () => {
      stage.commit({ a: 'clean\n', c: `token = "${key(1)}"\n` });
      stage.push('main');
    },
    () => {
      // A key that stood elsewhere before, one of a merge alone, and the message of a tag.
      stage.git('checkout', '-q', '-b', 'side', 'HEAD~1');
      stage.commit({ side: `token = "${key(0)}"\n` });
      stage.git('checkout', '-q', 'main');
      stage.git('merge', '-q', '--no-commit', '--no-ff', 'side');
      stage.commit({ evil: `token = "${key(2)}"\n` }, 'merge');
      stage.git('tag', '-a', '-m', `release ${key(3)}`, 'v1');
      stage.push('main');
      stage.push('side');
      stage.push('refs/tags/v1');
    },
    () => {
      stage.commit({ a: `token = "${key(0)}"\n` }, 'back again');
      stage.push('main');
    },
    () => {},
  ];
  for (const [index, step] of steps.entries()) {
    step();
    const [incremental, whole] = [await scan(), await scan({ inputs: { cache: 'false' } })];
    expect([short(incremental), short(whole)], `step ${index}`).toEqual([true, false]);
    expect(told(incremental), `step ${index}`).toEqual(told(whole));
    expect(incremental.outputs.complete).toBe('true');
  }
  expect(new Set(cache.entries.map((entry) => entry.key)).size).toBe(4);
});

test('what other threads have found is found again', async () => {
  const { stage, scan } = await scene();
  // Large enough for worker threads, and nothing is packed tight, so that it comes cheap.
  for (const folder of [stage.work, stage.bare]) stage.in(folder, 'config', 'core.compression', '0');
  const noise = () => randomBytes(800_000).toString('hex').replace(/.{60}/g, '$& \n');
  const files = [1, 2, 3, 4, 5, 6].map((one) => [`f${one}`, `token = "${key(one)}"\n${noise()}\n`]);
  stage.commit(Object.fromEntries(files));
  stage.push('main');
  const [first, second] = [await scan(), await scan()];
  expect([first.masks.length, short(second)]).toEqual([6, true]);
  expect(told(second)).toEqual(told(first));
});

test('what is kept holds no secret, is nobody else’s to read, and nobody else’s to write', async () => {
  const { stage, cache, scan } = await scene();
  stage.commit({ 'a/path': `token = "${key(1)}"\n` });
  const commit = stage.push('main').sha;
  await scan();
  const [entry] = cache.entries;
  const bytes = entry?.bytes ?? Buffer.alloc(0);
  expect(bytes.length).toBeGreaterThan(60);
  for (const text of [key(1), key(1).slice(12, 40), 'a/path', 'tips', commit])
    expect(`${entry?.key} ${bytes.toString('latin1')}`).not.toContain(text);
  // The name is no hash of what everybody knows, either.
  expect(entry?.key).not.toContain(createHash('sha256').update('acme/shop').digest('hex').slice(0, 16));

  const other = await scan({ inputs: { 'fingerprint-key': 'aa'.repeat(16) } });
  expect([short(other), other.masks.length]).toEqual([false, 1]);
  // A forger who knows the name, and a key that would then be passed over: the commits that hold it, said to be read.
  stage.commit({ b: `token = "${key(2)}"\n` });
  stage.push('main');
  for (const forged of [
    Buffer.from(bytes).fill(7, 40, 41),
    Buffer.from(JSON.stringify({ tips: [commit], objects: [] })),
  ]) {
    if (entry) entry.bytes = forged;
    cache.entries.splice(1);
    const step = await scan();
    expect([short(step), [...step.masks].sort()]).toEqual([false, [key(1), key(2)].sort()]);
    expect(step.stdout).toContain('::notice title=keyburn::what the runner’s cache holds is not ours');
  }
});

test('a cache that fails is a note: the scan is whole, and as red or green as without it', async () => {
  const { stage, cache, scan } = await scene();
  stage.commit({ a: `token = "${key(1)}"\n` });
  stage.push('main');
  const notes = ({ lines }: Step) => lines.filter((line) => line.startsWith('::notice')).join('\n');
  for (const [call, status, words] of [
    ['GetCacheEntryDownloadURL', 500, 'cannot be read (GetCacheEntryDownloadURL: HTTP 500)'],
    ['GetCacheEntryDownloadURL', 403, 'cannot be read (GetCacheEntryDownloadURL: HTTP 403)'],
    ['CreateCacheEntry', 429, 'was not written (CreateCacheEntry: HTTP 429)'],
    ['PUT', 503, 'was not written (the upload: HTTP 503)'],
  ] as const) {
    cache.refuse = (name) => (name === call ? status : undefined);
    const step = await scan();
    expect([step.code, step.masks, notes(step)]).toEqual([1, [key(1)], expect.stringContaining(words)]);
    cache.entries.splice(0);
  }
  cache.refuse = undefined;
  const nowhere = { ...cache.env, ACTIONS_RESULTS_URL: 'http://127.0.0.1:1/' };
  const step = await scan({ env: nowhere });
  expect([step.code, notes(step)]).toEqual([1, expect.stringContaining('it cannot be reached')]);
});

test('kept from the default branch and from whole scans alone; asked only where there is a key to seal with', async () => {
  const { stage, cache, scan } = await scene();
  stage.commit({ a: 'x\n' });
  const push = stage.push('main');
  await stage.step({ ...push, env: cache.env, inputs: KEY });
  await scan({ inputs: { cache: 'false' } });
  await scan({ inputs: { 'fingerprint-key': '' } });
  await scan({ env: { ...cache.env, ACTIONS_CACHE_SERVICE_V2: '' } });
  expect(cache.calls).toEqual([]);
  const payload = { repository: stage.repository() };
  await scan({ name: 'workflow_dispatch', payload, ref: 'refs/heads/feature' });
  await scan({ env: { ...cache.env, ACTIONS_CACHE_MODE: 'read' } });
  expect(cache.entries).toEqual([]);
  await scan({ name: 'workflow_dispatch', payload });
  expect(cache.entries).toHaveLength(1);
});

test('a scan that is not whole keeps nothing', async () => {
  const { stage, cache, scan } = await scene();
  stage.commit({ a: `token = "${key(1)}"\n` });
  stage.push('main');
  const blob = stage.in(stage.bare, 'rev-parse', 'main:a');
  rmSync(join(stage.bare, 'objects', blob.slice(0, 2), blob.slice(2)));
  const step = await scan();
  expect([step.code, step.outputs.complete, cache.entries]).toEqual([2, 'false', []]);
});

test('a branch that is gone: what it held stays in view while the host has it, then everything is read anew', async () => {
  const { stage, cache, scan } = await scene();
  stage.commit({ a: 'x\n' });
  stage.push('main');
  stage.git('checkout', '-q', '-b', 'side');
  stage.commit({ b: `token = "${key(1)}"\n` });
  stage.push('side');
  await scan();
  stage.git('push', '-q', 'origin', ':side');
  const gone = await scan();
  expect([short(gone), gone.masks]).toEqual([true, [key(1)]]);
  stage.in(stage.bare, 'reflog', 'expire', '--expire=now', '--all');
  stage.in(stage.bare, 'gc', '-q', '--prune=now');
  stage.git('checkout', '-q', 'main');
  stage.commit({ c: `token = "${key(2)}"\n` });
  stage.push('main');
  const after = await scan();
  expect([short(after), after.masks, after.outputs.complete]).toEqual([false, [key(2)], 'true']);
  expect([short(await scan()), cache.entries.length]).toEqual([true, 3]);
});

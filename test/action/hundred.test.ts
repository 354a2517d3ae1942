// 100 keys over 40 events of all kinds: each is reported by the one event that brought it, and stands nowhere in what was
// written for them: logs, summaries, reports, SARIF, uploads, comments, outputs, the ledger.
import { gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { startActionsCache } from '../doubles/actions-cache.ts';
import { startIssuer } from './issuer.ts';
import { type Ask, key, Stage } from './stage.ts';

const EVENTS = 40;
const KEYS = 100;

test('100 keys over 40 events: each reported once, none written', { timeout: 600_000 }, async () => {
  const [stage, issuer] = [await Stage.set(), await startIssuer()];
  const keys: string[] = [];
  for (let index = 0; index < KEYS; index++) keys.push(index % 10 === 0 ? await issuer.mint() : key(index));
  let planted = 0;
  let event = 0;
  // The last event takes what is left.
  const files = (): Record<string, string> => {
    const due = event >= EVENTS - 4 ? KEYS - planted : Math.min(KEYS - planted, 1 + (event % 5));
    const mine = keys.slice(planted, planted + due);
    planted += due;
    return Object.fromEntries(mine.map((one, index) => [`e${event}/f${index}`, `x\ntoken = "${one}"\n`]));
  };
  stage.commit({ a: 'x\n' });
  stage.push('main');

  const kinds: (() => Ask)[] = [
    () => {
      stage.commit(files());
      stage.commit({ [`e${event}/f0`]: 'taken out\n' });
      return stage.push('main');
    },
    () => {
      stage.git('checkout', '-q', '-b', `branch-${event}`);
      stage.commit(files());
      const ask = stage.push(`branch-${event}`);
      stage.git('checkout', '-q', 'main');
      return ask;
    },
    () => {
      stage.git('checkout', '-q', '--detach');
      stage.commit(files());
      stage.git('tag', '-a', '-m', 'release', `v${event}`);
      const ask = stage.push(`refs/tags/v${event}`);
      stage.git('checkout', '-q', 'main');
      return ask;
    },
    () => {
      const start = stage.git('rev-parse', 'HEAD');
      stage.commit({ wrong: `${event}\n` });
      stage.push('main');
      stage.git('reset', '-q', '--hard', start);
      stage.commit(files());
      return stage.push('main', { force: true });
    },
    () => {
      stage.git('checkout', '-q', '--detach');
      stage.commit(files());
      const head = stage.git('rev-parse', 'HEAD');
      stage.git('push', '-q', 'origin', `${head}:refs/pull/${event}/head`);
      stage.git('checkout', '-q', 'main');
      return stage.pull(head, { fork: event % 2 === 0, number: event });
    },
    () => {
      const base_sha = stage.git('rev-parse', 'HEAD');
      stage.git('checkout', '-q', '--detach');
      const head_sha = stage.commit(files());
      const ref = `refs/heads/gh-readonly-queue/main/pr-${event}`;
      stage.git('push', '-q', 'origin', `${head_sha}:${ref}`);
      stage.git('push', '-q', 'origin', `:${ref}`);
      stage.git('checkout', '-q', 'main');
      const payload = { merge_group: { head_sha, base_sha }, repository: stage.repository() };
      return { name: 'merge_group', payload, sha: head_sha, ref };
    },
    () => {
      stage.git('checkout', '-q', '-b', `side-${event}`, 'HEAD~1');
      stage.commit({ [`side-${event}`]: 'clean\n' });
      stage.git('checkout', '-q', 'main');
      stage.git('merge', '-q', '--no-commit', '--no-ff', `side-${event}`);
      stage.commit(files(), 'merge');
      return stage.push('main');
    },
    () => {
      const at = stage.git('rev-parse', 'HEAD');
      stage.commit(
        Object.fromEntries(Object.entries(files()).map(([name, text]) => [name, text])),
        `work ${event}`,
      );
      stage.push('main');
      const inputs = { base: at, head: 'main' };
      return { name: 'repository_dispatch', payload: {}, sha: at, ref: 'refs/heads/main', inputs };
    },
  ];

  const reported = new Map<string, number>();
  for (event = 1; event <= EVENTS; event++) {
    const ask = kinds[event % kinds.length]?.();
    if (ask === undefined) throw new Error('no such event');
    const inputs = {
      verify: 'true',
      revoke: String(event % 3 === 0),
      comment: 'true',
      'upload-sarif': 'true',
      'sarif-file': `../step.sarif`,
    };
    const step = await stage.step({
      ...ask,
      ...(event % 4 === 0 ? {} : { depth: 1 + (event % 3) }),
      env: issuer.env,
      inputs: { ...inputs, ...ask.inputs },
    });
    expect(step.stderr, `event ${event}`).toBe('');
    expect(step.outputs.complete, `event ${event}: ${step.stdout}`).toBe('true');
    expect(step.masks.length, `event ${event}`).toBe(Number(step.outputs['findings-count']));
    for (const one of step.masks) reported.set(one, (reported.get(one) ?? 0) + 1);
  }
  expect(planted).toBe(KEYS);
  expect([...reported.keys()].sort()).toEqual([...keys].sort());
  expect([...reported.values()].filter((times) => times !== 1)).toEqual([]);

  // A full scan leaves something for the next one.
  const cache = await startActionsCache();
  onTestFinished(() => cache.close());
  const sha = stage.in(stage.bare, 'rev-parse', 'main');
  const schedule = { name: 'schedule', payload: {}, sha, ref: 'refs/heads/main', env: cache.env };
  await stage.step({ ...schedule, inputs: { 'fingerprint-key': '0f'.repeat(16) } });
  const [kept] = cache.entries;
  expect(kept?.bytes?.length).toBeGreaterThan(1000);

  const sent = stage.github.calls.map(({ body }) => {
    const sarif = (body as { sarif?: string } | undefined)?.sarif;
    return sarif === undefined
      ? JSON.stringify(body ?? '')
      : gunzipSync(Buffer.from(sarif, 'base64')).toString('utf8');
  });
  const comments = stage.github.comments.map(({ body }) => body);
  const written = [...stage.written().values(), ...sent, ...comments, kept?.bytes?.toString('latin1') ?? ''];
  expect(written.length).toBeGreaterThan(EVENTS * 4);
  const leaks = written.flatMap((text) =>
    keys.filter((one) => text.includes(one) || text.includes(one.slice(12, 40))),
  );
  expect(leaks).toEqual([]);
});

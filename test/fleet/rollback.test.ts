// A run that should not have been: all that it contained is switched on again, and what is gone for good is said to be.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLedger } from '../../src/record/index.ts';
import { commit, makeBare } from './repositories.ts';
import { OrgStage } from './stage.ts';

describe('keyburn incidents restore --run', { timeout: 60_000 }, () => {
  let stage: OrgStage;
  beforeEach(async () => {
    stage = await OrgStage.set();
  });
  afterEach(() => stage.close());

  const host = (id: number, text: string): void => {
    commit(makeBare(stage.hosted, id), [{ files: { 'pay.env': text } }]);
    stage.github.add({ id, name: `acme/r${id}`, visibility: id === 3 ? 'private' : 'public' });
  };
  const runs = async (): Promise<{ run: string; keys: number }[]> =>
    (await stage.keyburn('incidents', 'runs', '--format', 'jsonl')).stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  const restore = (run: string) =>
    stage.keyburn(
      'incidents',
      'restore',
      '--run',
      run,
      '--reason',
      'the policy was wrong',
      '--base-url',
      stage.github.api,
    );

  it('undoes all of it, each with its intent and its receipt, and once', async () => {
    const keys = await Promise.all([1, 2, 3].map(() => stage.key()));
    for (const [index, key] of keys.entries()) host(index + 1, `K=${key}\n`);
    stage.configure('[[policy.rule]]\nwhen = { service = "keyburn" }\nact = "contain"\n');
    const ran = await stage.org('--revoke');
    for (const key of keys) expect(await stage.works(key), ran.stderr).toBe(false);
    const [run] = await runs();
    expect(run).toMatchObject({ keys: 3 });
    // Another run has nothing to do with it.
    const other = await stage.key();
    host(4, `K=${other}\n`);
    await stage.org('--revoke');
    expect(await runs()).toHaveLength(2);

    const undone = await restore(run?.run ?? '');
    expect(undone.code, undone.stdout + undone.stderr).toBe(0);
    expect(undone.stdout.match(/works again/g)).toHaveLength(3);
    for (const key of keys) expect(await stage.works(key)).toBe(true);
    expect(await stage.works(other)).toBe(false);
    const again = await restore(run?.run ?? '');
    expect(again.stdout.match(/was restored before/g)).toHaveLength(3);
    expect(again.code).toBe(0);

    const ledger = await openLedger(stage.home);
    for (const { id } of await ledger.acts(run?.run ?? '')) {
      const found = await ledger.incident(id);
      const steps = found.kind === 'one' ? found.steps.map(({ what }) => what) : [];
      const undoing = steps.filter((what) => ['restoring', 'reopened', 'restored'].includes(what));
      expect(undoing).toEqual(['restoring', 'reopened', 'restored']);
    }
    await ledger.end();
  });

  it('goes on where it was killed', async () => {
    const key = await stage.key();
    host(1, `K=${key}\n`);
    stage.configure('[[policy.rule]]\nwhen = { service = "keyburn" }\nact = "contain"\n');
    await stage.org('--revoke');
    const [run] = await runs();
    const ledger = await openLedger(stage.home);
    const [act] = await ledger.acts(run?.run ?? '');
    if (act === undefined) throw new Error('nothing was done');
    // As one leaves it that was killed between intent and receipt.
    await ledger.intendUndo(act.id, { by: 'ada', reason: 'the policy was wrong' });
    expect((await ledger.acts(run?.run ?? ''))[0]).toMatchObject({ undoing: true, undone: null });
    await ledger.end();
    expect((await restore(run?.run ?? '')).code).toBe(0);
    expect(await stage.works(key)).toBe(true);
  });

  it('says of what was revoked for good that it is', async () => {
    const key = await stage.key();
    host(1, `K=${key}\n`);
    await stage.org('--revoke');
    const [run] = await runs();
    const undone = await restore(run?.run ?? '');
    expect(undone.code).toBe(2);
    expect(undone.stdout).toContain('has revoked it for good: mint a new key');
    expect(await stage.works(key)).toBe(false);
    const nobody = await restore('2020-01-01-nothing');
    expect(nobody.stderr).toContain('no run is called');
    const both = await stage.keyburn('incidents', 'restore', '--reason', 'x');
    expect(both.stderr).toContain('what is to be restored is not named');
  });
});

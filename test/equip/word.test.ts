// A person's word is about one key: the place that makes orders makes none for another one, whatever the run finds.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isArmedFor } from '../../src/decide/index.ts';
import { equip } from '../../src/equip/index.ts';
import { openLedger } from '../../src/record/index.ts';
import { idOf } from '../record/sample.ts';

async function armed(word: boolean) {
  const home = await mkdtemp(join(tmpdir(), 'keyburn-word-'));
  const ledger = await openLedger(home);
  const { signal } = new AbortController();
  const use = await equip(
    { env: { KEYBURN_HOME: home }, cwd: home, signal },
    { offline: false, revoke: true, cache: false, rules: [], threads: 1 },
    {
      read: { history: 'no', mode: { kind: 'all' }, exhaustive: false, attribution: false },
      reporter: { entry: () => undefined, finish: () => undefined },
      progress: () => undefined,
      warn: () => undefined,
      ledger,
      ...(word && { word: { id: idOf('a'), act: 'burn', by: 'ada', reason: 'why' } as const }),
    },
  );
  onTestFinished(async () => {
    await use.crew.close();
    await ledger.end();
    await rm(home, { recursive: true });
  });
  return ['a', 'b'].map((one) => isArmedFor(idOf(one), use.arming));
}

test('a run on a person’s word is armed for that key alone', async () => {
  expect(await armed(true)).toEqual([true, false]);
  expect(await armed(false)).toEqual([true, true]);
});

import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { builtInRules, judgeRules, loadRules, printFault } from '../../src/detect/index.ts';

test.runIf(existsSync(builtInRules))('every built-in rule stands before the judge', async () => {
  const faults = judgeRules(await loadRules([builtInRules]));
  expect(faults.map(printFault)).toEqual([]);
});

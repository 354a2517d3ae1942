// Holds the pack reader to its law on a real repository: `node scripts/compare-packs.ts GIT_DIR... [--plain]` compares what a very
// sensitive fake detector finds through it with what it finds in every object whole.

import { reveal } from '../src/model/reveal.ts';
import { readObjects } from '../src/read/pack/index.ts';
import { FakeDetector, Notebook } from '../test/read/pack/fake-detector.ts';
import { readAllWhole } from '../test/read/pack/reference.ts';

const detector = new FakeDetector([
  { id: 'near', literal: 'token', far: false, rarity: 5 },
  { id: 'near-too', literal: 'func', far: false, rarity: 50 },
  { id: 'far', literal: 'BEGIN', far: true, rarity: 3 },
  { id: 'far-too', literal: 'license', far: true, rarity: 9 },
]);

for (const directory of process.argv.slice(2)) {
  const fast = new Notebook(reveal, detector);
  const outcome = await readObjects(directory, fast, { repository: directory });
  const whole = new Notebook(reveal, detector);
  readAllWhole(directory, directory, whole);
  const a = fast.lines.sort();
  const b = whole.lines.sort();
  const same = a.length === b.length && a.every((line, i) => line === b[i]);
  const counts = JSON.stringify(fast.counts) === JSON.stringify(whole.counts);
  process.stdout.write(
    `${directory}: ${outcome.kind}, ${same ? 'same' : 'DIFFERENT'} findings (${a.length} and ${b.length}, ${fast.inherited} inherited), counts ${counts ? 'same' : 'DIFFERENT'}\n`,
  );
  if (!same) {
    const there = new Set(b);
    const here = new Set(a);
    for (const line of a.filter((one) => !there.has(one)).slice(0, 3))
      process.stdout.write(`  only fast: ${line.slice(0, 100)}\n`);
    for (const line of b.filter((one) => !here.has(one)).slice(0, 3))
      process.stdout.write(`  only whole: ${line.slice(0, 100)}\n`);
    process.exitCode = 1;
  }
}

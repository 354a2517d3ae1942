// Mutated packs and indexes by the thousand: `node scripts/fuzz-packs.ts [COUNT] [FIRST_SEED] [SECONDS]`, 100,000 unless told. Stops
// at the first broken law and names its seed; also when the time is up.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { damaged, damagedLoose, Patient } from '../test/read/pack/damage.ts';

const [count = 100_000, first = 1, seconds = 3600] = process.argv.slice(2).map(Number);
const directory = mkdtempSync(path.join(tmpdir(), 'keyburn-fuzz-'));
const fates = { complete: 0, objects: 0, repository: 0 };
const started = performance.now();
let slowest = { seed: 0, elapsedMs: 0 };
let seed = first;
try {
  const patient = new Patient(directory);
  for (; seed < first + count && performance.now() - started < seconds * 1000; seed++) {
    const fate = seed % 16 === 0 ? patient.sufferLoose(damagedLoose(seed)) : patient.suffer(damaged(seed));
    fates[fate.kind] += 1;
    if (fate.elapsedMs > slowest.elapsedMs) slowest = { seed, elapsedMs: Math.round(fate.elapsedMs) };
  }
} catch (error) {
  process.stdout.write(`seed ${seed}: `);
  throw error;
} finally {
  rmSync(directory, { recursive: true, force: true });
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  process.stdout.write(
    `${JSON.stringify({ read: seed - first, ...fates, slowest, peakMegabytes: memory })}\n`,
  );
}

import type { Detector } from '../detect/index.ts';
import type { FingerprintKey } from '../model/index.ts';
import type { Reader } from '../read/index.ts';
import { compareCases, type FoundCase, toCase } from './cases.ts';
import { Collector, type Tally } from './collector.ts';
import { compareSightings, type Sighted } from './sightings.ts';

export interface FindOptions {
  readonly detector: Detector;
  readonly key: FingerprintKey;
  readonly tally: Tally;
  /** Called for each new secret of a stream, at once and in order; the cases of everything else come as the result. */
  readonly early: (found: FoundCase) => void;
}

/**
 * Reads one target to its end and says which distinct secrets are in it, where, in an order that depends on nothing but
 * the target. Closes the reader.
 */
export async function find(reader: Reader, options: FindOptions): Promise<readonly FoundCase[]> {
  try {
    return await findOpen(reader, options);
  } finally {
    await reader.close();
  }
}

async function findOpen(reader: Reader, options: FindOptions): Promise<readonly FoundCase[]> {
  let told: Promise<void> = Promise.resolve();
  const early = (sighted: Sighted): void => {
    told = told.then(async () => options.early(toCase(sighted, await reader.locate(sighted.sightings))));
  };
  const collector = new Collector(options.detector, options.key, options.tally, early);
  const skipped = options.tally.skipped.length;
  await reader.run(collector);
  await told;
  const mine = options.tally.skipped.splice(skipped);
  options.tally.skipped.push(
    ...mine.sort((a, b) => compareText(a.path, b.path) || compareText(a.why, b.why)),
  );

  const seen = [...collector.secrets.values()].filter((sighted) => sighted.sightings.length > 0);
  for (const { sightings } of seen) sightings.sort(compareSightings);
  const places = await reader.locate(seen.flatMap((sighted) => sighted.sightings));
  let next = 0;
  return seen
    .map((sighted) => {
      const mine = places.slice(next, next + sighted.sightings.length);
      next += sighted.sightings.length;
      return toCase(sighted, mine);
    })
    .sort((a, b) => compareCases(a.case, b.case));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

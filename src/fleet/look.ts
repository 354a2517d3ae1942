// For commands that look at a fleet, and touch nothing of what it scans.

import type { Surroundings } from '../equip/index.ts';
import { SetupError } from '../model/index.ts';
import type { Merged } from '../record/index.ts';
import { databaseOf, isShared, openFleetLedger } from './equipment.ts';
import { type Digest, digest } from './follow-up.ts';
import { openQueue } from './queue.ts';
import { type FleetStatus, fleetStatus, retryDead } from './status.ts';

export interface FleetLook {
  status(since: Date): Promise<FleetStatus>;
  digest(since: Date): Promise<Digest>;
  retry(): Promise<number>;
  merge(from: string): Promise<Merged>;
}

export async function withFleet<T>(
  around: Surroundings,
  config: string | undefined,
  work: (fleet: FleetLook) => Promise<T>,
): Promise<T> {
  const { made, ledger } = await openFleetLedger(around, config);
  const withQueue = async <R>(
    use: (boss: Awaited<ReturnType<typeof openQueue>>) => Promise<R>,
  ): Promise<R> => {
    const boss = await openQueue(databaseOf(around, made), () => undefined);
    try {
      return await use(boss);
    } finally {
      await boss.stop({ graceful: false, close: true });
    }
  };
  try {
    return await work({
      status: (since) =>
        isShared(around, made)
          ? withQueue((boss) => fleetStatus(ledger, boss, since))
          : fleetStatus(ledger, undefined, since),
      digest: (since) => digest(ledger, since),
      retry() {
        if (!isShared(around, made))
          throw new SetupError('nothing is put aside on one machine', {
            hint: 'the next `keyburn org` tries everything again that did not come through',
          });
        return withQueue(retryDead);
      },
      merge: (from) => ledger.merge(from),
    });
  } finally {
    await ledger.end();
  }
}

// A worker as a process: its equipment, its queue, its numbers; and their orderly end.

import type { Surroundings } from '../equip/index.ts';
import type { Reporter } from '../record/index.ts';
import { databaseOf, equipFleet, type FleetFlags, openFleetLedger } from './equipment.ts';
import type { Subject } from './listing.ts';
import { createMetrics, type Metrics, serveMetrics } from './metrics.ts';
import { openQueue } from './queue.ts';
import { waitingJobs } from './status.ts';
import { enlist, type WorkerOptions, work } from './worker.ts';

export interface RunWorkerOptions
  extends FleetFlags,
    Pick<WorkerOptions, 'concurrency' | 'recheckMs' | 'escalateMs' | 'digestMs' | 'untilIdle' | 'note'> {
  readonly subjects: readonly Subject[];
  readonly owner: string | undefined;
  readonly cron?: string;
  readonly now: boolean;
  readonly full: boolean;
  readonly metrics?: { readonly host: string; readonly port: number };
}

/** A worker reports to the ledger; people look there. */
const quiet: Reporter = { entry: () => undefined, finish: () => undefined };

export async function runWorker(around: Surroundings, options: RunWorkerOptions): Promise<void> {
  const { note } = options;
  const { made, ledger } = await openFleetLedger(around, options.config);
  await ledger.end();
  const address = databaseOf(around, made);
  let metrics: Metrics | undefined;
  const fleet = await equipFleet(
    around,
    { ...options, daily: true },
    {
      reporter: quiet,
      progress: () => undefined,
      warn: note,
      waiting: (why) => note(`waiting: ${why}`),
      count: (what) =>
        metrics?.count(what === 'request' ? 'keyburn_requests_total' : 'keyburn_requests_unchanged_total'),
    },
    options.owner,
  );
  try {
    const boss = await openQueue(address, (why) => note(`queue: ${why}`));
    metrics = createMetrics(fleet.ledger, () => waitingJobs(boss));
    const server = options.metrics === undefined ? undefined : await serveMetrics(metrics, options.metrics);
    if (server !== undefined) note(`metrics at ${server.url}`);
    try {
      await enlist(boss, options.subjects, { cron: options.cron, now: options.now, full: options.full });
      const { concurrency, recheckMs, escalateMs, digestMs, untilIdle } = options;
      await work(
        boss,
        {
          concurrency,
          recheckMs,
          escalateMs,
          digestMs,
          untilIdle,
          armed: options.revoke,
          signal: around.signal,
          note,
          metrics,
        },
        fleet,
      );
    } finally {
      await server?.close();
      await boss.stop({ graceful: false, close: true }).catch(() => undefined);
    }
  } finally {
    await fleet.close();
  }
}

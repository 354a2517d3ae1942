// How the fleet stands: what the ledger knows, what waits, and what was put aside after its last try.

import type { PgBoss } from 'pg-boss';
import type { Ledger } from '../record/index.ts';
import { type Digest, digest } from './follow-up.ts';
import { DEAD, FOLLOW_UPS, LISTS, openJobs, RECHECKS, REPOSITORIES } from './queue.ts';

export interface DeadJob {
  /** Of which queue. */
  readonly queue: string;
  readonly repository: string;
  readonly why: string;
  readonly at: string;
}

export interface FleetStatus extends Digest {
  readonly due: number;
  /** Undefined where there is no queue: one machine. */
  readonly queues: Readonly<Record<string, number>> | undefined;
  readonly dead: readonly DeadJob[];
  readonly schedules: readonly { readonly cron: string; readonly what: string }[];
}

export async function fleetStatus(
  ledger: Ledger,
  boss: PgBoss | undefined,
  since: Date,
): Promise<FleetStatus> {
  const told = await digest(ledger, since);
  const { known, current } = told.repositories;
  return {
    ...told,
    due: known - current,
    queues: boss === undefined ? undefined : await waitingJobs(boss),
    dead: boss === undefined ? [] : await deadJobs(boss, ledger),
    schedules:
      boss === undefined
        ? []
        : (await boss.getSchedules()).map(({ cron, name, key }) => ({ cron, what: key === '' ? name : key })),
  };
}

/** Jobs that wait, are at work or will be tried again, by queue. */
export async function waitingJobs(boss: PgBoss): Promise<Record<string, number>> {
  const open = await openJobs(boss, [LISTS, REPOSITORIES, RECHECKS, FOLLOW_UPS, DEAD]);
  return Object.fromEntries([...open].map(([name, number]) => [name.replace('keyburn-', ''), number]));
}

const OPEN: ReadonlySet<string> = new Set(['created', 'retry', 'active']);

async function deadJobs(boss: PgBoss, ledger: Ledger): Promise<DeadJob[]> {
  const jobs = await boss.findJobs<{ key?: string } | null>(DEAD);
  const keys = jobs.flatMap(({ data }) => data?.key ?? []);
  const names = new Map((await ledger.fleet.repositoriesOf(keys)).map(({ key, name }) => [key, name]));
  return await Promise.all(
    jobs
      .filter(({ state }) => OPEN.has(state))
      .map(async ({ data, createdOn, sourceName, sourceId }) => {
        // Why it failed stands in the job that failed, as long as that is kept.
        const failed =
          sourceName === null || sourceId === null
            ? null
            : await boss.getJobById<unknown>(sourceName, sourceId);
        return {
          queue: (sourceName ?? '').replace('keyburn-', ''),
          repository: names.get(data?.key ?? '') ?? data?.key ?? '',
          why: whyOf(failed?.output),
          at: createdOn.toISOString(),
        };
      }),
  );
}

function whyOf(output: unknown): string {
  const why = typeof output === 'object' && output !== null && 'why' in output ? output.why : undefined;
  return typeof why === 'string' ? why : 'its worker fell silent';
}

/** Puts what was put aside back to work. @returns how many jobs */
export function retryDead(boss: PgBoss): Promise<number> {
  return boss.redrive(DEAD);
}

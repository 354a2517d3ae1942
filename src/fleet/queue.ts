// The queue of a fleet: pg-boss on the database of the ledger. The laws: a repository is one worker's at a time; what a job found, up to
// where it read, its end and the jobs that follow are one transaction; a worker that dies is found out by its silence, and its job is
// another's; what fails again and again is put aside where `keyburn fleet status` shows it.

import type { PgBoss } from 'pg-boss';
import type { SqlRunner } from '../record/index.ts';
import type { Subject } from './listing.ts';
import type { Visit } from './repository.ts';

export interface RepositoryJob {
  /** `host/id`. */
  readonly key: string;
  readonly whole: Visit['whole'];
  readonly only?: Visit['only'];
  readonly pulse?: Visit['pulse'];
}

export interface ListJob {
  readonly subject: Subject;
  readonly full: boolean;
}

export const LISTS = 'keyburn-lists';
export const REPOSITORIES = 'keyburn-repositories';
export const RECHECKS = 'keyburn-rechecks';
export const FOLLOW_UPS = 'keyburn-follow-ups';
export const DEAD = 'keyburn-dead';

const RETRIES = { retryLimit: 6, retryDelay: 5, retryBackoff: true, retryDelayMax: 1_800 } as const;
/** A worker that has not been heard of for so long is dead. pg-boss takes 10 at least. */
export const SILENCE_S = 15;
const LONGEST_S = 6 * 3_600;

/** A queue that does not run by itself: whoever drives it looks after it. */
export async function openQueue(address: string, onError: (why: string) => void): Promise<PgBoss> {
  const { PgBoss } = await import('pg-boss');
  const boss = new PgBoss({
    connectionString: address,
    application_name: 'keyburn-queue',
    max: 4,
    supervise: false,
    monitorVacuum: false,
  });
  boss.on('error', (error) => onError(codeOf(error)));
  await boss.start();
  const common = { heartbeatSeconds: SILENCE_S, expireInSeconds: LONGEST_S, ...RETRIES };
  await boss.createQueue(DEAD, { retentionSeconds: 30 * 86_400 });
  // One a repository, waiting or at work.
  await boss.createQueue(REPOSITORIES, { ...common, policy: 'exclusive', deadLetter: DEAD });
  await boss.createQueue(RECHECKS, { ...common, policy: 'short', deadLetter: DEAD });
  await boss.createQueue(LISTS, { ...common, policy: 'exclusive', deadLetter: DEAD });
  await boss.createQueue(FOLLOW_UPS, { ...common, policy: 'exclusive' });
  return boss;
}

/** Lets pg-boss write inside a transaction of the ledger. */
export function within(sql: SqlRunner): {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
} {
  return { executeSql: async (text, values = []) => ({ rows: [...(await sql(text, values))] }) };
}

/** A key as pg-boss takes it. */
export function safeKey(text: string): string {
  return text.replace(/[^\w./-]/g, '_');
}

/** The code of a driver's error: its words may quote the address. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

// Logs that are deleted because they showed a key: lines of its story, as the story only grows. An intent without an outcome behind it
// is work that a killed run left.

import type { Fingerprint, RunLog } from '../model/index.ts';
import { addStep, type Database } from './rows.ts';

export async function intendLog(db: Database, id: Fingerprint, log: RunLog, at: string): Promise<void> {
  const note = nameOf(log);
  await db.transaction().execute((tx) => addStep(tx, id, { at, who: 'keyburn', what: 'log-intended', note }));
}

/** @param why it still stands; undefined: it is deleted */
export async function settleLog(
  db: Database,
  id: Fingerprint,
  log: RunLog,
  why: string | undefined,
  at: string,
): Promise<void> {
  const what = why === undefined ? 'log-deleted' : 'log-kept';
  const note = why === undefined ? nameOf(log) : `${nameOf(log)}: ${why}`;
  await db.transaction().execute((tx) => addStep(tx, id, { at, who: 'keyburn', what, note }));
}

export async function unfinishedLogs(
  db: Database,
): Promise<readonly { readonly id: Fingerprint; readonly log: RunLog }[]> {
  const rows = await db
    .selectFrom('steps')
    .select(['incident_id', 'what', 'note'])
    .where('what', 'in', ['log-intended', 'log-deleted', 'log-kept'])
    .orderBy('seq')
    .execute();
  const open = new Map<string, { id: Fingerprint; log: RunLog }>();
  for (const { incident_id: id, what, note } of rows) {
    const log = logOf(note);
    if (log === undefined) continue;
    const key = `${id} ${nameOf(log)}`;
    if (what === 'log-intended') open.set(key, { id: id as Fingerprint, log });
    else open.delete(key);
  }
  return [...open.values()];
}

function nameOf({ target, run }: RunLog): string {
  return `${target} run ${run}`;
}

function logOf(note: string): RunLog | undefined {
  const match = /^(\S+) run (\d+)(?:: |$)/.exec(note);
  return match?.[1] === undefined ? undefined : { target: match[1], run: Number(match[2]) };
}

// Leak reports wait here, on disk, from before they are acknowledged until their key is dead. A row names a key by its
// SHA-256. The key itself is there only where its issuer can burn it no other way, sealed (seal.ts), and no longer than until it is dead.

import { createHash, randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { FoundAt, Reporter } from '../record.ts';

export const LEAK_SCHEMA = `
CREATE TABLE leak_job (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  issuer TEXT NOT NULL,
  hash BLOB NOT NULL,
  mark TEXT NOT NULL,
  by TEXT NOT NULL,
  found_at TEXT NOT NULL,
  found_time TEXT NOT NULL,
  received_at TEXT NOT NULL,
  sealed BLOB,
  brief INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  due_at INTEGER NOT NULL,
  handled_at TEXT,
  outcome TEXT,
  note TEXT,
  UNIQUE (issuer, hash, mark)
) STRICT;
CREATE INDEX leak_due ON leak_job (due_at, seq) WHERE handled_at IS NULL;
CREATE TABLE leak_tally (outcome TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT;
CREATE TABLE leak_delivery (mark BLOB PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;

/** The embedded service was the only issuer then, and its key was named by its id. */
export const LEAKS_OF_VERSION_1 = `
INSERT INTO leak_job (issuer, hash, mark, by, found_at, found_time, received_at, brief, due_at, handled_at, outcome)
  SELECT 'embedded', key.hash, mark, by, coalesce(json_extract(cause, '$.foundAt'), '{}'),
    coalesce(json_extract(cause, '$.foundTime'), received_at), received_at, 0, 0, handled_at,
    CASE WHEN handled_at IS NULL THEN NULL ELSE 'dead' END
  FROM leak_report JOIN key ON key.id = leak_report.key_id;
DROP TABLE leak_report;
`;

/** `subject`: whose incident it is; `untold`: what has to be told of it, until it is. */
export const TELLING_SCHEMA = `
ALTER TABLE leak_job ADD COLUMN subject TEXT;
ALTER TABLE leak_job ADD COLUMN untold TEXT;
CREATE INDEX leak_untold ON leak_job (seq) WHERE untold IS NOT NULL;
`;

/** `begun`: a try has found the key alive and is ending it, or was killed at it. Tries of before may have been such. */
export const BEGUN_SCHEMA = `
ALTER TABLE leak_job ADD COLUMN begun INTEGER NOT NULL DEFAULT 0;
UPDATE leak_job SET begun = 1 WHERE tries > 0 AND handled_at IS NULL;
`;

/** Different places that are kept of one key; whoever floods us with more adds nothing. */
const MOST_PLACES = 100;
/** Waiting reports; a queue that is longer says "later" to everybody. */
const MOST_WAITING = 100_000;
/** Whatever a clock says that was set back. */
const AT_ONCE = 0;
/** How long accepted signatures are remembered. */
const REMEMBERED_MS = 90 * 24 * 3_600_000;

export interface Report {
  readonly issuer: string;
  readonly hash: Uint8Array;
  readonly by: Reporter;
  readonly foundAt: FoundAt;
  readonly foundTime: string;
  readonly sealed?: Uint8Array | undefined;
  /** The fingerprint of the key, where it can be made. */
  readonly subject?: string | undefined;
}

export interface Job extends Report {
  readonly seq: number;
  readonly tries: number;
  /** See Attempt. */
  readonly begun: boolean;
  /** Forgotten as soon as it is handled. */
  readonly brief: boolean;
}

type Outcome = 'dead' | 'not-ours' | 'person';

export interface Counts {
  readonly waiting: number;
  /** Of those that were handled, by what came of them. */
  readonly dead: number;
  readonly notOurs: number;
  readonly person: number;
}

type Within = <T>(work: () => T) => T;

/** @param relaxed without waiting for the disk: for what is done again if it is lost */
export function createLeakQueue(db: DatabaseSync, transaction: Within, relaxed: Within) {
  const insert = db.prepare(
    `INSERT INTO leak_job (issuer, hash, mark, by, found_at, found_time, received_at, sealed, subject, brief, due_at)
     SELECT :issuer, :hash, :mark, :by, :found_at, :found_time, :received_at, :sealed, :subject, 0, ${AT_ONCE}
     WHERE (SELECT count(*) FROM leak_job WHERE issuer = :issuer AND hash = :hash) < ${MOST_PLACES} ON CONFLICT DO NOTHING`,
  );
  const insertBrief = db.prepare(
    `INSERT INTO leak_job (issuer, hash, mark, by, found_at, found_time, received_at, sealed, subject, brief, due_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ${AT_ONCE})`,
  );
  const due = db.prepare(
    'SELECT * FROM leak_job WHERE handled_at IS NULL AND due_at <= :now AND (:issuer IS NULL OR issuer = :issuer) ORDER BY due_at, seq LIMIT :most',
  );
  const next = db.prepare('SELECT min(due_at) AS at FROM leak_job WHERE handled_at IS NULL');
  const waiting = db.prepare('SELECT count(*) AS n FROM leak_job WHERE handled_at IS NULL');
  const handle = db.prepare(
    'UPDATE leak_job SET handled_at = ?, outcome = ?, note = ?, untold = ?, sealed = NULL WHERE seq = ?',
  );
  const drop = db.prepare('DELETE FROM leak_job WHERE seq = ?');
  const untold = db.prepare('SELECT * FROM leak_job WHERE untold IS NOT NULL ORDER BY seq LIMIT ?');
  const told = db.prepare('UPDATE leak_job SET untold = NULL WHERE seq = ?');
  const dropTold = db.prepare('DELETE FROM leak_job WHERE seq = ? AND brief = 1 AND handled_at IS NOT NULL');
  const tally = db.prepare(
    'INSERT INTO leak_tally (outcome, n) VALUES (?, 1) ON CONFLICT (outcome) DO UPDATE SET n = n + 1',
  );
  const tallied = db.prepare('SELECT outcome, n FROM leak_tally');
  const postpone = db.prepare(
    'UPDATE leak_job SET tries = tries + 1, due_at = ?, note = ?, untold = coalesce(?, untold) WHERE seq = ? AND handled_at IS NULL',
  );
  const begin = db.prepare('UPDATE leak_job SET begun = 1 WHERE seq = ?');
  const deliver = db.prepare('INSERT INTO leak_delivery (mark, at) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const delivered = db.prepare('SELECT at FROM leak_delivery WHERE mark = ?');
  const forget = db.prepare('DELETE FROM leak_delivery WHERE at < ?');

  const full = (): boolean => (waiting.get() as { n: number }).n >= MOST_WAITING;

  return {
    full,

    /** All or nothing, on disk when it returns. @returns how many were new: repeats cost nothing */
    add(reports: readonly Report[], at: Date): number {
      if (reports.length === 0) return 0;
      return transaction(() => {
        let added = 0;
        for (const report of reports) {
          const { issuer, hash, by, foundAt, foundTime, sealed = null, subject = null } = report;
          const { changes } = insert.run({
            issuer,
            hash,
            mark: markOf(report),
            by,
            found_at: JSON.stringify(foundAt),
            found_time: foundTime,
            received_at: at.toISOString(),
            sealed,
            subject,
          });
          added += Number(changes);
        }
        return added;
      });
    },

    /** Always one row a report, whatever is there already: the same work for every report. */
    addBrief(reports: readonly Report[], at: Date): void {
      transaction(() => {
        for (const report of reports) {
          const { issuer, hash, by, foundTime, sealed = null, subject = null } = report;
          const place = JSON.stringify(report.foundAt);
          const received = at.toISOString();
          insertBrief.run(issuer, hash, randomUUID(), by, place, foundTime, received, sealed, subject);
        }
      });
    },

    due(at: Date, limit: number, issuer?: string): readonly Job[] {
      return (due.all({ now: at.getTime(), issuer: issuer ?? null, most: limit }) as unknown as Row[]).map(
        toJob,
      );
    },

    /** When the next one is due, in ms of the epoch. */
    nextDue(): number | undefined {
      return (next.get() as { at: number | null }).at ?? undefined;
    },

    /** Several settled at once. */
    together(work: () => void): void {
      relaxed(() => transaction(work));
    },

    /** On disk when it returns: whatever kills us now, the next try knows. */
    begin(job: Job): void {
      transaction(() => begin.run(job.seq));
    },

    /** @param tell what somebody has to be told of it; kept until `told` */
    settle(job: Job, outcome: Outcome, note: string, at: Date, tell?: unknown): void {
      relaxed(() =>
        transaction(() => {
          tally.run(outcome);
          // Tokens that are nobody's here are not remembered, not even by their hash.
          if (tell === undefined && (job.brief || outcome === 'not-ours')) drop.run(job.seq);
          else
            handle.run(
              at.toISOString(),
              outcome,
              note,
              tell === undefined ? null : JSON.stringify(tell),
              job.seq,
            );
        }),
      );
    },

    untold(limit: number): readonly { readonly job: Job; readonly tell: unknown }[] {
      const rows = untold.all(limit) as unknown as (Row & { untold: string })[];
      return rows.map((row) => ({ job: toJob(row), tell: JSON.parse(row.untold) as unknown }));
    },

    told(job: Job): void {
      relaxed(() =>
        transaction(() => {
          told.run(job.seq);
          dropTold.run(job.seq);
        }),
      );
    },

    postpone(job: Job, until: number, note: string, tell?: unknown): void {
      const untold = tell === undefined ? null : JSON.stringify(tell);
      relaxed(() => postpone.run(until, note, untold, job.seq));
    },

    /** When a signed delivery was first taken, in ms of the epoch. */
    delivered(mark: Uint8Array): number | undefined {
      return (delivered.get(mark) as { at: number } | undefined)?.at;
    },

    deliver(mark: Uint8Array, at: Date): void {
      deliver.run(mark, at.getTime());
    },

    forgetDeliveries(at: Date): void {
      forget.run(at.getTime() - REMEMBERED_MS);
    },

    counts(): Counts {
      const rows = tallied.all() as unknown as { outcome: Outcome; n: number }[];
      const of = (outcome: Outcome) => rows.find((row) => row.outcome === outcome)?.n ?? 0;
      return {
        waiting: (waiting.get() as { n: number }).n,
        dead: of('dead'),
        notOurs: of('not-ours'),
        person: of('person'),
      };
    },
  };
}

interface Row {
  seq: number;
  issuer: string;
  hash: Uint8Array;
  by: Reporter;
  found_at: string;
  found_time: string;
  sealed: Uint8Array | null;
  subject: string | null;
  brief: number;
  tries: number;
  begun: number;
}

function toJob(row: Row): Job {
  return {
    seq: row.seq,
    issuer: row.issuer,
    hash: row.hash,
    by: row.by,
    foundAt: JSON.parse(row.found_at) as FoundAt,
    foundTime: row.found_time,
    ...(row.sealed === null ? {} : { sealed: row.sealed }),
    ...(row.subject === null ? {} : { subject: row.subject }),
    brief: row.brief === 1,
    tries: row.tries,
    begun: row.begun === 1,
  };
}

/** The same place reported twice is one report; when it was found is not part of what makes it the same. */
function markOf({ by, foundAt }: Report): string {
  const { url, repository, path, commit, line } = foundAt;
  return createHash('sha256')
    .update(JSON.stringify([by, url, repository, path, commit, line]))
    .digest('hex');
}

// Leak reports wait here, on disk, from before they are acknowledged until their key is dead. No key is in it: a report names
// the id of a key of ours, and tokens that are not ours are never written down.

import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { StopCause, StoppedBy } from '../record.ts';

export const LEAK_SCHEMA = `
CREATE TABLE leak_report (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  key_id TEXT NOT NULL,
  mark TEXT NOT NULL,
  by TEXT NOT NULL,
  cause TEXT NOT NULL,
  received_at TEXT NOT NULL,
  handled_at TEXT,
  UNIQUE (key_id, mark)
) STRICT;
CREATE INDEX leak_waiting ON leak_report (seq) WHERE handled_at IS NULL;
`;

/** Different places that are kept of one key; whoever floods us with more adds nothing. */
const MOST_PLACES = 100;

export interface LeakReport {
  readonly keyId: string;
  readonly by: StoppedBy;
  readonly cause: StopCause;
}

export interface WaitingReport extends LeakReport {
  readonly seq: number;
  readonly receivedAt: string;
}

export function createLeakQueue(db: DatabaseSync, transaction: <T>(work: () => T) => T) {
  const insert = db.prepare(
    `INSERT INTO leak_report (key_id, mark, by, cause, received_at) SELECT ?1, ?2, ?3, ?4, ?5
     WHERE (SELECT count(*) FROM leak_report WHERE key_id = ?1) < ${MOST_PLACES} ON CONFLICT DO NOTHING`,
  );
  const waiting = db.prepare('SELECT * FROM leak_report WHERE handled_at IS NULL ORDER BY seq LIMIT ?');
  const handled = db.prepare('UPDATE leak_report SET handled_at = ? WHERE seq = ?');
  return {
    /** All or nothing, on disk when it returns. @returns how many were new: repeats cost nothing */
    add(reports: readonly LeakReport[], at: string): number {
      if (reports.length === 0) return 0;
      return transaction(() => {
        let added = 0;
        for (const { keyId, by, cause } of reports) {
          const { changes } = insert.run(keyId, markOf(by, cause), by, JSON.stringify(cause), at);
          added += Number(changes);
        }
        return added;
      });
    },

    waiting(limit: number): readonly WaitingReport[] {
      const rows = waiting.all(limit) as unknown as {
        seq: number;
        key_id: string;
        by: StoppedBy;
        cause: string;
        received_at: string;
      }[];
      return rows.map(({ seq, key_id, by, cause, received_at }) => {
        return { seq, keyId: key_id, by, cause: JSON.parse(cause) as StopCause, receivedAt: received_at };
      });
    },

    handled(seq: number, at: string): void {
      handled.run(at, seq);
    },
  };
}

/** The same place reported twice is one report; when it was found is not part of what makes it the same. */
function markOf(by: StoppedBy, { foundAt }: StopCause): string {
  const { url, repository, path, commit, line } = foundAt ?? {};
  return createHash('sha256')
    .update(JSON.stringify([by, url, repository, path, commit, line]))
    .digest('hex');
}

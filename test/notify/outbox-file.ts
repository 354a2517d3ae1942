// An outbox on disk for tests, with the leases of the real one.
import { DatabaseSync } from 'node:sqlite';
import type { Outbox, OutboxMessage } from '../../src/notify/index.ts';

export interface Row {
  readonly incident: string;
  readonly channel: string;
  readonly kind: string;
  readonly attempts: number;
  readonly due: string | null;
  readonly sent: string | null;
  readonly why: string | null;
}

export function openOutbox(file: string, now: () => Date): Outbox & { rows(): readonly Row[]; end(): void } {
  const db = new DatabaseSync(file, { timeout: 5000 });
  db.exec(`PRAGMA journal_mode = WAL;
    CREATE TABLE IF NOT EXISTS outbox (seq INTEGER PRIMARY KEY AUTOINCREMENT, incident TEXT, channel TEXT, kind TEXT,
    payload TEXT, attempts INTEGER DEFAULT 0, due TEXT, sent TEXT, why TEXT, UNIQUE (incident, channel, kind))`);
  return {
    async enqueue(incident, channel, kind, payload) {
      const { changes } = db
        .prepare(
          'INSERT INTO outbox (incident, channel, kind, payload, due) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
        )
        .run(incident, channel, kind, JSON.stringify(payload), now().toISOString());
      return changes === 1;
    },
    async pending({ limit = 100, leaseMs = 60_000 } = {}) {
      const at = now();
      const rows = db
        .prepare('SELECT * FROM outbox WHERE sent IS NULL AND due <= ? ORDER BY seq LIMIT ?')
        .all(at.toISOString(), limit) as unknown as (OutboxMessage & { payload: string })[];
      return rows.map((row) => {
        const due = new Date(at.getTime() + leaseMs).toISOString();
        db.prepare('UPDATE outbox SET attempts = attempts + 1, due = ? WHERE seq = ?').run(due, row.seq);
        const key = `${row.incident}:${row.channel}:${row.kind}`;
        return { ...row, key, attempts: row.attempts + 1, payload: JSON.parse(row.payload) as unknown };
      });
    },
    async sent({ seq }) {
      db.prepare('UPDATE outbox SET sent = ? WHERE seq = ?').run(now().toISOString(), seq);
    },
    async failed({ seq }, retryAt, why) {
      db.prepare('UPDATE outbox SET due = ?, why = ? WHERE seq = ?').run(
        retryAt?.toISOString() ?? null,
        why,
        seq,
      );
    },
    rows: () =>
      db
        .prepare('SELECT incident, channel, kind, attempts, due, sent, why FROM outbox ORDER BY seq')
        .all() as unknown as Row[],
    end: () => db.close(),
  };
}

// What is to be told, and to whom: once for each incident, channel and kind. The law: a message is on disk before it is
// sent, and taken by one process at a time; a process that dies with one in hand loses it to the next after a while.

import { isPostgres } from './engine.ts';
import { type Database, fromJson } from './rows.ts';

export interface OutboxMessage {
  /** Stable over retries: receivers may tell repeats by it. */
  readonly key: string;
  readonly seq: number;
  /** Its incident, or what else it speaks of. */
  readonly incident: string;
  readonly channel: string;
  readonly kind: string;
  readonly payload: unknown;
  /** How often it was taken, this time included. */
  readonly attempts: number;
}

export interface Outbox {
  /** @param payload JSON, without a secret. @returns false where it was there already */
  enqueue(incident: string, channel: string, kind: string, payload: unknown): Promise<boolean>;
  /** Takes what is due, for `leaseMs` (a minute): nobody else gets it meanwhile. Oldest first. */
  pending(options?: {
    readonly limit?: number;
    readonly leaseMs?: number;
  }): Promise<readonly OutboxMessage[]>;
  sent(message: OutboxMessage): Promise<void>;
  /** @param retryAt when to try again; null gives up. @param why words without a secret */
  failed(message: OutboxMessage, retryAt: Date | null, why: string): Promise<void>;
  /** How many messages are not sent and not given up. */
  waiting(): Promise<number>;
}

/** When what was given up is due. */
export const NEVER = '9999-12-31T23:59:59.999Z';

export function createOutbox(db: Database, now: () => Date): Outbox {
  return {
    async enqueue(incident, channel, kind, payload) {
      const at = now().toISOString();
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('outbox')
        .values({
          incident_id: incident,
          channel,
          kind,
          payload: JSON.stringify(payload),
          created_at: at,
          attempts: 0,
          due_at: at,
          sent_at: null,
          last_error: null,
        })
        .onConflict((conflict) => conflict.columns(['incident_id', 'channel', 'kind']).doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },

    async pending({ limit = 100, leaseMs = 60_000 } = {}) {
      const at = now();
      return db.transaction().execute(async (tx) => {
        const due = tx
          .selectFrom('outbox')
          .selectAll()
          .where('sent_at', 'is', null)
          .where('due_at', '<=', at.toISOString())
          .orderBy('seq')
          .limit(limit);
        // SQLite has one writer at a time; PostgreSQL's others go on with what nobody else holds.
        const rows = await (isPostgres(tx) ? due.forUpdate().skipLocked() : due).execute();
        const messages: OutboxMessage[] = [];
        for (const row of rows) {
          await tx
            .updateTable('outbox')
            .set({ attempts: row.attempts + 1, due_at: new Date(at.getTime() + leaseMs).toISOString() })
            .where('seq', '=', row.seq)
            .execute();
          messages.push({
            key: `${row.incident_id}:${row.channel}:${row.kind}`,
            seq: row.seq,
            incident: row.incident_id,
            channel: row.channel,
            kind: row.kind,
            payload: fromJson<unknown>(row.payload),
            attempts: row.attempts + 1,
          });
        }
        return messages;
      });
    },

    async sent(message) {
      await db
        .updateTable('outbox')
        .set({ sent_at: now().toISOString(), last_error: null })
        .where('seq', '=', message.seq)
        .execute();
    },

    async failed(message, retryAt, why) {
      await db
        .updateTable('outbox')
        .set({ due_at: retryAt?.toISOString() ?? NEVER, last_error: why.slice(0, 500) })
        .where('seq', '=', message.seq)
        .where('sent_at', 'is', null)
        .execute();
    },

    async waiting() {
      const row = await db
        .selectFrom('outbox')
        .select((column) => column.fn.countAll().as('count'))
        .where('sent_at', 'is', null)
        .where('due_at', '<', NEVER)
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },
  };
}

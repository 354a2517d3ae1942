/** What a channel can be told of an incident; each is told once. */
export const NOTICE_KINDS = ['found-live', 'burned', 'needs-a-person', 'still-alive', 'overdue'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** What a channel can be told of: incidents, and once a period of all of them. */
export const TOLD_KINDS = [...NOTICE_KINDS, 'digest'] as const;
export type ToldKind = (typeof TOLD_KINDS)[number];

/** One message that is to be sent. */
export interface OutboxMessage {
  /** Names incident, channel and kind; stable over retries, so receivers tell repeats by it. */
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

/** Where messages wait; record/ keeps it on disk. */
export interface Outbox {
  /** @param payload JSON, without a secret. @returns false where incident, channel and kind were there already */
  enqueue(incident: string, channel: string, kind: string, payload: unknown): Promise<boolean>;
  /** Takes what is due, oldest first; nobody else gets it for `leaseMs`. */
  pending(options?: {
    readonly limit?: number;
    readonly leaseMs?: number;
  }): Promise<readonly OutboxMessage[]>;
  sent(message: OutboxMessage): Promise<void>;
  /** @param retryAt when to try again; null gives up. @param why words without a secret */
  failed(message: OutboxMessage, retryAt: Date | null, why: string): Promise<void>;
}

import type { Exposure } from '../model/index.ts';

/** Why a key was stopped. `leaked` is the one that the next 401 explains with a place and a time. */
export const REASONS = ['leaked', 'rotated', 'unused', 'abuse', 'owner-request', 'other'] as const;
type Reason = (typeof REASONS)[number];

/** Where a leaked key was seen. Told to nobody but the operator and a caller who presents that very key. */
export interface FoundAt {
  readonly url?: string | undefined;
  readonly repository?: string | undefined;
  readonly path?: string | undefined;
  readonly commit?: string | undefined;
  readonly line?: number | undefined;
  /** Who could have read it there. A report that does not say means `public`. */
  readonly exposure?: Exposure | undefined;
}

export interface StopCause {
  readonly reason: Reason;
  readonly foundAt?: FoundAt | undefined;
  /** RFC 3339. */
  readonly foundTime?: string | undefined;
  /** For the operator's eyes; never in a 401. */
  readonly note?: string | undefined;
}

/** Where a leak report came from. */
export type Reporter =
  | 'github-secret-scanning'
  | 'gitlab-partner'
  | 'gitlab-token-revocation'
  | 'keyburn-report'
  | 'public-report';

/** Who stopped it: the holder of the root key, a caller who held the key itself, or a leak report. */
export type StoppedBy = 'operator' | 'self-report' | Reporter;

export interface Stop {
  /** RFC 3339. */
  readonly at: string;
  readonly by: StoppedBy;
  readonly cause: StopCause;
}

/** One issued key, as the store knows it: never its characters. */
export interface KeyRecord {
  readonly id: string;
  readonly preview: string;
  readonly name: string;
  readonly owner: string | null;
  readonly environment: 'live' | 'test';
  readonly scopes: readonly string[];
  /** All times RFC 3339 in UTC. */
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
  readonly disabled: Stop | null;
  readonly revoked: Stop | null;
}

export type KeyState = 'live' | 'expired' | 'disabled' | 'revoked';

/** What is final comes first: a key that is revoked stays so, whatever else is true of it. */
export function stateOf(record: KeyRecord, now: Date): KeyState {
  if (record.revoked) return 'revoked';
  if (record.expiresAt !== null && Date.parse(record.expiresAt) <= now.getTime()) return 'expired';
  if (record.disabled) return 'disabled';
  return 'live';
}

/** A burn that follows a containment knows no less than the containment did. */
export function mergeCause(earlier: StopCause | undefined, later: StopCause): StopCause {
  if (earlier?.reason !== later.reason) return later;
  return {
    reason: later.reason,
    foundAt: later.foundAt ?? earlier.foundAt,
    foundTime: later.foundTime ?? earlier.foundTime,
    note: later.note ?? earlier.note,
  };
}

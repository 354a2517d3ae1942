import type { Verdict } from './verdict.ts';

/** What came of an order. */
export type Receipt =
  /** The issuer was asked again and says dead. */
  | {
      readonly outcome: 'revoked' | 'contained';
      readonly at: string;
      readonly proof: Verdict;
      readonly note: string;
    }
  /** It was dead before we did anything, or an earlier run had done it. */
  | { readonly outcome: 'already-dead'; readonly at: string; readonly proof: Verdict; readonly note: string }
  /** The issuer accepted the order, yet does not say dead so far: the incident stays open. */
  | { readonly outcome: 'accepted'; readonly at: string; readonly proof: Verdict; readonly note: string }
  /** The issuer would not, or could not be reached: the incident stays open. */
  | { readonly outcome: 'failed'; readonly at: string; readonly note: string }
  /** No documented way to revoke by program: the steps for a person. */
  | {
      readonly outcome: 'manual';
      readonly at: string;
      readonly note: string;
      readonly steps: readonly string[];
    }
  /** A dry run: what would have been done. */
  | { readonly outcome: 'planned'; readonly at: string; readonly note: string }
  /** The breaker or a second condition stopped it. */
  | { readonly outcome: 'held'; readonly at: string; readonly note: string };

export type Outcome = Receipt['outcome'];

/** The log of one run of GitHub Actions, with all its attempts. */
export interface RunLog {
  /** `github:owner/name` */
  readonly target: string;
  readonly run: number;
}

/** What became of a run's log: deleted (or gone before we came), or why it still stands. */
export type LogOutcome = { readonly deleted: true } | { readonly deleted: false; readonly why: string };

import type { Decision } from './decision.ts';
import type { Exposure } from './exposure.ts';
import type { Environment, RuleFacts, RuleId, ServiceId, Severity } from './finding.ts';
import type { Place } from './place.ts';
import type { Receipt } from './receipt.ts';
import type { Fingerprint } from './secret.ts';
import type { Verdict } from './verdict.ts';

/**
 * The story of one leaked key, as the ledger keeps it. It never holds the secret: to act later, the key is read again from
 * where it was found.
 * `open`: nothing final yet. `intended`: a revoke was about to be sent; until a receipt follows, the next run must
 * look. `closed`: proved dead, or closed by a person with a reason.
 */
export interface Incident {
  readonly id: Fingerprint;
  readonly state: 'open' | 'intended' | 'closed';
  readonly rule: RuleId;
  readonly title: string;
  readonly severity: Severity;
  readonly service: ServiceId | null;
  readonly preview: string;
  readonly environment: Environment;
  readonly exposure: Exposure;
  readonly place: Place;
  readonly otherPlaces: readonly Place[];
  readonly verdict: Verdict;
  readonly decision: Decision;
  readonly receipt: Receipt | null;
  readonly firstSeen: string;
  readonly lastSeen: string;
}

/** One line of a report: what this run knows of one secret. */
export interface Entry {
  readonly id: Fingerprint;
  readonly rule: RuleId;
  readonly title: string;
  /** What it looks like in some of its places, to other rules. */
  readonly otherRules?: readonly Pick<RuleFacts, 'id' | 'title'>[];
  readonly severity: Severity;
  readonly service: ServiceId | null;
  readonly preview: string;
  readonly environment: Environment;
  readonly place: Place;
  readonly otherPlaces: readonly Place[];
  readonly verdict: Verdict;
  readonly exposure: Exposure;
  readonly decision: Decision;
  readonly receipt: Receipt | null;
}

/** Something that was not read, and why: partial is not clean. */
export interface Skipped {
  readonly path: string;
  readonly why: string;
}

/** The last line of a report. */
export interface Summary {
  readonly bytes: number;
  readonly files: number;
  readonly blobs: number;
  readonly commits: number;
  /** Files and blobs left out because git's own rule calls them binary. Not a gap: they are counted, not skipped. */
  readonly binary: number;
  readonly findings: number;
  readonly live: number;
  readonly revoked: number;
  readonly skipped: readonly Skipped[];
  readonly elapsedMs: number;
}

// What a run works with, and what it comes to.

import type { Arming, Policy } from '../decide/index.ts';
import type { Detector, IgnoreList } from '../detect/index.ts';
import type { Tally } from '../find/index.ts';
import type {
  Exposure,
  Fingerprint,
  FingerprintKey,
  LogOutcome,
  Place,
  RunLog,
  Summary,
} from '../model/index.ts';
import type { Notifier } from '../notify/index.ts';
import type { PlaceWithReach, ReadOptions } from '../read/index.ts';
import type { Ledger, Reporter } from '../record/index.ts';
import type { Batches } from '../revoke/index.ts';
import type { Service } from '../services/index.ts';
import type { Verifier } from '../verify/index.ts';

/** All that one run works with; the front doors make it, tests replace parts of it by real servers and folders. */
export interface Equipment {
  readonly detector: Detector;
  readonly fingerprintKey: FingerprintKey;
  readonly read: ReadOptions;
  readonly verifier: Verifier;
  readonly services: ReadonlyMap<string, Service>;
  readonly policy: Policy;
  readonly arming: Arming;
  /** Undefined keeps no incidents: an offline scan leaves none. */
  readonly ledger: Ledger | undefined;
  readonly notifier: Notifier | undefined;
  readonly reporter: Reporter;
  readonly exposure: (site: PlaceWithReach) => Promise<Exposure>;
  /** It is a person's word on the targets of this run. */
  readonly saidExposure?: boolean;
  /** Who looks after a place, where nobody else is named as a key's owner. */
  readonly lookedAfterBy?: (place: Place) => Promise<string | undefined>;
  /** Left out: no log of a run is ever deleted. */
  readonly deleteLog?: (log: RunLog) => Promise<LogOutcome>;
  readonly ignored: IgnoreList;
  readonly progress: (stage: string, tally: Tally, detail?: string) => void;
  /** One key alone, on a person's word: what else is found is neither asked about nor reported. That no other one burns is `arming.only`. */
  readonly word?: Word;
  /** For runs that others work beside on the same ledger. */
  readonly hands?: Hands;
  /** The key that is in hand, where one is. */
  readonly held?: Held;
  /** Where orders go that others' orders join; left out, those of this run are their own. */
  readonly batches?: Batches;
  /** Names the run in the ledger, so that all that it did can be undone. */
  readonly run?: string;
  /** A line for people, on stderr. */
  readonly warn: (text: string) => void;
  readonly now: () => Date;
}

/** A key is in one hand at a time. */
export interface Hands {
  /** @returns undefined where somebody else has it in hand */
  take(id: Fingerprint): Promise<Held | undefined>;
  /** Waits until nobody else has. */
  await(id: Fingerprint): Promise<Held>;
}

/** A key that nobody else does anything about. */
export interface Held {
  /** Of the lease. */
  readonly holder: string;
  /** Aborted where it is somebody else's by now. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

/** A person's word on one incident. `look` only asks its issuer again; `burn` goes by an approval that is in the ledger. */
export interface Word {
  readonly id: Fingerprint;
  readonly act: 'look' | 'contain' | 'burn';
  readonly by: string;
  readonly reason: string;
}

/** What a run comes to; the front doors make an exit code of it. */
export interface Outcome {
  readonly summary: Summary;
  /** Keys that are still usable when the run ends. */
  readonly alive: number;
  /** Findings left out: allowed or ignored and not live, or never issued (wrong checksum). */
  readonly hidden: number;
}

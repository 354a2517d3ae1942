// What is not over when a scan is: a living key that nobody has handled in time is told of once more, and the team gets a digest.

import type { Exposure, Fingerprint } from '../model/index.ts';
import type { Ledger } from '../record/index.ts';
import type { FleetEquipment } from './repository.ts';

/** For how long a living key may go unhandled, and how long the period of a digest is (0: none), in ms. */
export interface FollowUpOptions {
  readonly escalateMs: number;
  readonly digestMs: number;
}

/** Tells of keys that live for longer than that, once each, and the team of all of it, once a period. @returns how many keys that were */
export async function followUp(
  { ledger, scan }: Pick<FleetEquipment, 'ledger' | 'scan'>,
  { escalateMs, digestMs }: FollowUpOptions,
): Promise<number> {
  const { notifier } = scan;
  if (notifier === undefined) return 0;
  const now = scan.now().getTime();
  const before = new Date(now - escalateMs).toISOString();
  let told = 0;
  for (const { id, firstSeen } of await ledger.fleet.alive()) {
    // The oldest come first.
    if (firstSeen > before) break;
    const found = await ledger.incident(id);
    if (found.kind !== 'one') continue;
    if ((await notifier.enqueue(found.incident, 'overdue')) > 0) told += 1;
  }
  if (digestMs > 0) {
    // The same for all workers, whenever each of them comes by: the outbox takes one of a period.
    const begin = new Date(Math.floor(now / digestMs) * digestMs);
    const period = `${begin.toISOString()}/${digestMs / 3_600_000}h`;
    const mark = `digest ${digestMs / 3_600_000}h`;
    if ((await ledger.fleet.mark(mark)) !== period) {
      await notifier.digest(period, await digest(ledger, new Date(begin.getTime() - digestMs)));
      await ledger.fleet.setMark(mark, period);
    }
  }
  await notifier.flush();
  return told;
}

export interface Digest {
  readonly since: string;
  readonly repositories: {
    readonly known: number;
    readonly scanned: number;
    /** Read up to their last push. */
    readonly current: number;
    readonly gone: number;
  };
  readonly keys: {
    /** First seen since then. */
    readonly found: number;
    /** Proved dead since then. */
    readonly burned: number;
    readonly alive: number;
  };
  /** The oldest first. */
  readonly alive: readonly {
    readonly id: Fingerprint;
    readonly preview: string;
    readonly title: string;
    readonly service: string | null;
    readonly exposure: Exposure;
    readonly firstSeen: string;
  }[];
  readonly troubled: readonly { readonly name: string; readonly problem: string; readonly tries: number }[];
  readonly gaps: number;
  readonly messagesWaiting: number;
}

/** More names than a person reads. */
const TROUBLED = 500;

/** What a team wants to read in the morning. */
export async function digest(ledger: Ledger, since: Date): Promise<Digest> {
  const from = since.toISOString();
  const [repositories, keys, alive, troubled, gaps, messagesWaiting] = await Promise.all([
    ledger.fleet.counts(from),
    ledger.fleet.keysSince(from),
    ledger.fleet.alive(),
    ledger.fleet.problems(TROUBLED),
    ledger.fleet.gaps(),
    ledger.outbox.waiting(),
  ]);
  const { known, scanned, current, gone } = repositories;
  return {
    since: from,
    repositories: { known, scanned, current, gone },
    keys: { ...keys, alive: alive.length },
    alive,
    troubled,
    gaps: gaps.reduce((sum, { skipped }) => sum + skipped.length, 0),
    messagesWaiting,
  };
}

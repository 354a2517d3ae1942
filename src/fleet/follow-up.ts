// What is not over when a scan is: a living key that nobody has handled in time is told of once more, and the team gets a digest.

import type { Exposure, Fingerprint } from '../model/index.ts';
import type { Ledger } from '../record/index.ts';
import type { FleetEquipment } from './repository.ts';

/** Tells of keys that live for longer than this; once each. @returns how many that were */
export async function followUp(
  { ledger, scan }: Pick<FleetEquipment, 'ledger' | 'scan'>,
  afterMs: number,
): Promise<number> {
  const { notifier } = scan;
  if (notifier === undefined) return 0;
  const before = new Date(scan.now().getTime() - afterMs).toISOString();
  let told = 0;
  for (const { id, firstSeen } of await ledger.fleet.alive()) {
    if (firstSeen > before) continue;
    const found = await ledger.incident(id);
    if (found.kind !== 'one') continue;
    if ((await notifier.enqueue(found.incident, 'overdue')) > 0) told += 1;
  }
  await notifier.flush();
  return told;
}

export interface Digest {
  readonly since: string;
  readonly repositories: { readonly known: number; readonly scanned: number; readonly gone: number };
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

/** What a team wants to read in the morning. */
export async function digest(ledger: Ledger, since: Date): Promise<Digest> {
  const from = since.toISOString();
  const [repositories, incidents, alive, gaps, messagesWaiting] = await Promise.all([
    ledger.fleet.repositories(),
    ledger.incidents(),
    ledger.fleet.alive(),
    ledger.fleet.gaps(),
    ledger.outbox.waiting(),
  ]);
  const here = repositories.filter(({ gone }) => !gone);
  const burned = incidents.filter(({ receipt }) => {
    const dead =
      receipt?.outcome === 'revoked' ||
      receipt?.outcome === 'contained' ||
      receipt?.outcome === 'already-dead';
    return dead && receipt.at >= from;
  });
  return {
    since: from,
    repositories: {
      known: here.length,
      scanned: here.filter(({ scannedAt }) => scannedAt !== null && scannedAt >= from).length,
      gone: repositories.length - here.length,
    },
    keys: {
      found: incidents.filter(({ firstSeen }) => firstSeen >= from).length,
      burned: burned.length,
      alive: alive.length,
    },
    alive,
    troubled: here.flatMap(({ name, problem, tries }) =>
      problem === null ? [] : [{ name, problem, tries }],
    ),
    gaps: gaps.reduce((sum, { skipped }) => sum + skipped.length, 0),
    messagesWaiting,
  };
}

// read -> detect -> verify -> decide -> revoke -> notify -> record, for any number of targets. The front doors give the
// equipment; this file only joins the verbs, so that the laws stay where they are tested: in the verbs.

import { isArmedFor } from '../decide/index.ts';
import { compareCases, emptyTally, type FoundCase, find, joined, type Tally } from '../find/index.ts';
import { type Entry, type Fingerprint, isUsable, SetupError, type Summary } from '../model/index.ts';
import { everything, open } from '../read/index.ts';
import { createBatches } from '../revoke/index.ts';
import type { Equipment, Outcome } from './equipment.ts';
import { judge } from './judge.ts';
import { finishLog } from './leaked-logs.ts';

/** Runs the whole line over the targets; what cannot be read is in the summary, what cannot be opened is a SetupError. */
export async function run(targets: readonly string[], use: Equipment): Promise<Outcome> {
  const began = performance.now();
  // A run that was killed in between left these; deleting what is gone does no harm.
  if (use.deleteLog !== undefined)
    for (const { id, log } of (await use.ledger?.unfinishedLogs()) ?? []) await finishLog(id, log, use);
  const tally = emptyTally();
  const counts = { findings: 0, live: 0, revoked: 0, alive: 0, hidden: 0 };
  const batches = use.batches ?? createBatches();
  const report = (entry: Entry | undefined): void => {
    if (entry === undefined) {
      counts.hidden += 1;
      return;
    }
    const burned = entry.receipt?.outcome === 'revoked' || entry.receipt?.outcome === 'contained';
    counts.findings += 1;
    if (isUsable(entry.verdict)) counts.live += 1;
    if (burned) counts.revoked += 1;
    if (isUsable(entry.verdict) && !burned && entry.receipt?.outcome !== 'already-dead') counts.alive += 1;
    use.reporter.entry(entry);
  };

  let reported: Promise<void> = Promise.resolve();
  const reportNext = (entry: Promise<Entry | undefined>): void => {
    reported = reported.then(async () => report(await entry));
    reported.catch(() => undefined);
  };
  let streamed: Promise<void> = Promise.resolve();
  const early = (found: FoundCase): void => {
    streamed = streamed.then(async () => {
      const judged = await judge(found, use, batches, 'await');
      // Where others' orders join, one of a stream waits for them; the stream does not.
      if (use.batches === undefined) await batches.send();
      if (judged !== undefined) reportNext(judged.entry);
    });
  };
  const cases = new Map<Fingerprint, FoundCase>();
  for (const [target, only] of await withUnfinished(targets, use)) {
    use.progress('reading', tally, target);
    for (const found of await findIn(target, only, tally, early, use)) {
      const known = cases.get(found.case.id);
      cases.set(found.case.id, known ? joined(known, found) : found);
    }
  }
  await streamed;

  const sorted = [...cases.values()]
    .filter((found) => use.word === undefined || use.word.id === found.case.id)
    .sort((a, b) => compareCases(a.case, b.case));
  // Asked side by side (each issuer's queue keeps its rate), acted on one by one, so that a run acts in a stable order. Only what an
  // issuer takes many of in one call waits for the others.
  use.progress('asking issuers', tally, `${sorted.length} findings`);
  const asked = sorted.map((found) => use.verifier.verify(found.case.finding));
  for (const answer of asked) answer.catch(() => undefined);
  const later: { readonly found: FoundCase; readonly done: (entry: Promise<Entry | undefined>) => void }[] =
    [];
  for (const found of sorted) {
    const judged = await judge(found, use, batches, 'take');
    if (judged === undefined) {
      // Its place in the report is kept.
      const { promise, resolve } = Promise.withResolvers<Entry | undefined>();
      reportNext(promise);
      later.push({ found, done: resolve });
    } else reportNext(judged.entry);
  }
  await batches.send();
  // Only now, with nothing left in its own hands: two runs that waited for each other's keys would wait for ever, and what a run could
  // have brought to the others' orders would come in calls of its own.
  for (const { found, done } of later) {
    const judged = await judge(found, use, batches, 'await');
    await batches.send();
    if (judged !== undefined) done(judged.entry);
  }
  await reported;
  for (const { channel, kind, why } of (await use.notifier?.flush())?.kept ?? []) {
    use.warn(`${channel} could not be told (${kind}): ${why}; the next run tries again`);
  }

  const { findings, live, revoked, alive, hidden } = counts;
  const summary: Summary = {
    ...tally,
    findings,
    live,
    revoked,
    elapsedMs: Math.round(performance.now() - began),
  };
  use.reporter.finish(summary);
  return { summary, alive, hidden };
}

async function findIn(
  target: string,
  only: ReadonlySet<Fingerprint> | undefined,
  tally: Tally,
  early: (found: FoundCase) => void,
  use: Equipment,
): Promise<readonly FoundCase[]> {
  const options = { detector: use.detector, key: use.fingerprintKey, tally, early };
  if (only === undefined) return find(await open(target, use.read), options);
  try {
    // Wherever it was: the flags of this run are about the targets that the user named.
    const again = (await find(await open(target, everything(use.read)), options)).filter((found) =>
      only.has(found.case.id),
    );
    const found = new Set(again.map((one) => one.case.id));
    for (const id of only) {
      if (found.has(id)) continue;
      const why = `the key of incident ${id.slice(0, 12)} is not there any more, and its revocation is unfinished: end it with its issuer`;
      tally.skipped.push({ path: target, why });
    }
    return again;
  } catch (error) {
    // The place of an unfinished incident may be gone by now; that must not stop the run that the user asked for.
    if (!(error instanceof SetupError)) throw error;
    tally.skipped.push({
      path: target,
      why: `holds an unfinished incident, and cannot be read: ${error.message}`,
    });
    return [];
  }
}

/**
 * The targets of this run, and, where it is armed, the places of incidents that an earlier run left between intent and receipt:
 * those are read again for their own keys alone, because the ledger holds none.
 */
async function withUnfinished(
  targets: readonly string[],
  use: Equipment,
): Promise<readonly (readonly [target: string, only: ReadonlySet<Fingerprint> | undefined])[]> {
  const plan: [string, ReadonlySet<Fingerprint> | undefined][] = targets.map((target) => [target, undefined]);
  if (!use.arming.armed || use.ledger === undefined || use.word !== undefined) return plan;
  const again = new Map<string, Set<Fingerprint>>();
  for (const { incident } of await use.ledger.unfinished()) {
    const target = incident.place.repository;
    if (!isArmedFor(incident.id, use.arming)) continue;
    if (target === undefined || targets.includes(target)) continue;
    again.set(target, (again.get(target) ?? new Set<Fingerprint>()).add(incident.id));
  }
  return [...plan, ...again];
}

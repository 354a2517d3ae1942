// read -> detect -> verify -> decide -> revoke -> notify -> record, for any number of targets. The front doors give the
// equipment; this file only joins the verbs, so that the laws stay where they are tested: in the verbs.

import {
  type Arming,
  approved,
  contained,
  decide,
  isArmedFor,
  isOrder,
  isToAct,
  type OrderInput,
  order,
  type Policy,
} from './decide/index.ts';
import type { Detector, IgnoreList } from './detect/index.ts';
import { compareCases, emptyTally, type FoundCase, find, type Tally } from './find/index.ts';
import {
  type Dead,
  type Decision,
  type Entry,
  type Exposure,
  type Fingerprint,
  type FingerprintKey,
  type Incident,
  isDead,
  isUsable,
  type LogOutcome,
  type Receipt,
  type RunLog,
  SetupError,
  type Summary,
  type Verdict,
  widest,
} from './model/index.ts';
import type { NoticeKind, Notifier } from './notify/index.ts';
import { everything, open, type PlaceWithReach, type ReadOptions } from './read/index.ts';
import type { Ledger, Reporter, Unfinished } from './record/index.ts';
import { type Batches, createBatches, resume } from './revoke/index.ts';
import type { Service } from './services/index.ts';
import type { Verifier } from './verify/index.ts';

export type { Tally } from './find/index.ts';

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
  /** Left out: no log of a run is ever deleted. */
  readonly deleteLog?: (log: RunLog) => Promise<LogOutcome>;
  readonly ignored: IgnoreList;
  readonly progress: (stage: string, tally: Tally, detail?: string) => void;
  /** One key alone, on a person's word: what else is found is left as it is. */
  readonly word?: Word;
  /** Does something about a key while nobody else does: for runs that others work beside on the same ledger. */
  readonly alone?: <T>(id: Fingerprint, work: () => Promise<T>) => Promise<T>;
  /** A line for people, on stderr. */
  readonly warn: (text: string) => void;
  readonly now: () => Date;
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

/** Runs the whole line over the targets; what cannot be read is in the summary, what cannot be opened is a SetupError. */
export async function run(targets: readonly string[], use: Equipment): Promise<Outcome> {
  const began = performance.now();
  // A run that was killed in between left these; deleting what is gone does no harm.
  if (use.deleteLog !== undefined)
    for (const { id, log } of (await use.ledger?.unfinishedLogs()) ?? []) await finishLog(id, log, use);
  const tally = emptyTally();
  const counts = { findings: 0, live: 0, revoked: 0, alive: 0, hidden: 0 };
  const batches = createBatches();
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

  let streamed: Promise<void> = Promise.resolve();
  const early = (found: FoundCase): void => {
    streamed = streamed.then(async () => {
      const { entry } = await judge(found, use, batches);
      await batches.send();
      report(await entry);
    });
  };
  const cases = new Map<Fingerprint, FoundCase>();
  for (const [target, only] of await withUnfinished(targets, use)) {
    use.progress('reading', tally, target);
    for (const found of await findIn(target, only, tally, early, use)) {
      const known = cases.get(found.case.id);
      cases.set(found.case.id, known ? merged(known, found) : found);
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
  let reported: Promise<void> = Promise.resolve();
  for (const found of sorted) {
    const { entry } = await judge(found, use, batches);
    reported = reported.then(async () => report(await entry));
    reported.catch(() => undefined);
  }
  await batches.send();
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

/** One case through verify, decide, revoke, record and notify; what becomes of it is there when its batch was sent. */
interface Judged {
  /** Undefined where it is not to be reported. */
  readonly entry: Promise<Entry | undefined>;
}

async function judge(found: FoundCase, use: Equipment, batches: Batches): Promise<Judged> {
  const { finding, id } = found.case;
  const verdict = await use.verifier.verify(finding);
  if (
    !isUsable(verdict) &&
    (finding.allowed || verdict.state === 'malformed' || use.ignored.find(id, use.now()) !== undefined)
  )
    return { entry: Promise.resolve(undefined) };
  if (use.alone === undefined || !isUsable(verdict)) return pursue(found, verdict, use, batches);
  // While nobody else may do anything about it, it is done: no batch waits.
  return use.alone(id, async () => {
    const own = createBatches();
    const { entry } = await pursue(found, verdict, use, own);
    await own.send();
    return { entry: Promise.resolve(await entry) };
  });
}

async function pursue(found: FoundCase, asked: Verdict, use: Equipment, batches: Batches): Promise<Judged> {
  const { id } = found.case;
  const known = await remembered(id, use);
  const verdict = newest(asked, known);
  const exposure = widest(await Promise.all(found.sites.map(use.exposure)));
  const approval = await use.ledger?.approval(id);
  const wanted = decide(found.case.finding, verdict, exposure, use.policy, [
    found.case.place,
    ...found.case.otherPlaces,
  ]);
  const allowed = approval === undefined ? wanted : approved(wanted, approval);
  const decision = use.word?.act === 'contain' ? contained(allowed, use.word) : allowed;
  const entry = describe(found, verdict, exposure, decision);
  const kept = use.ledger !== undefined && (isUsable(verdict) || known !== undefined);
  if (kept) await use.ledger?.upsert(entry);
  const asksPerson = use.word !== undefined || (known === undefined && decision.act === 'ask');
  if (kept && asksPerson) await learn(found, entry, use);

  const acted = await act(found, entry, known, use, batches);
  const complete = async (): Promise<Entry> => {
    const whole: Entry = { ...entry, receipt: await acted.receipt };
    if (kept) await tell(whole, known, use);
    if (whole.receipt !== null && isProvedDead(whole.receipt)) await deleteLogs(found, use);
    return whole;
  };
  const later = complete();
  later.catch(() => undefined);
  return { entry: later };
}

interface Acted {
  readonly receipt: Promise<Receipt | null>;
}

function at(receipt: Receipt | null): Acted {
  return { receipt: Promise.resolve(receipt) };
}

/** Whose it is and when it was last used: what a person needs to decide. A burn does not wait for it. */
async function learn({ case: { finding } }: FoundCase, { id, service, verdict }: Entry, use: Equipment) {
  const issuer = use.services.get(service ?? '');
  if (!isUsable(verdict) || issuer === undefined) return;
  const tools = use.verifier.tools(issuer.id);
  // Only a convenience: whatever goes wrong here must not stop a burn.
  const owner = await issuer.owner?.(finding, tools).catch(() => undefined);
  const usage = await issuer.usage?.(finding, tools).catch(() => undefined);
  const name = [owner?.account, owner?.email].filter((part) => part !== undefined);
  await use.ledger?.board.learned(id, {
    ...(name.length === 0 ? {} : { owner: [...new Set(name)].join(', ') }),
    ...(usage?.lastUsed === undefined ? {} : { usedAt: usage.lastUsed }),
  });
}

/** Burned by this run, and dead in its issuer's own words. */
function isProvedDead(receipt: Receipt): boolean {
  return (receipt.outcome === 'revoked' || receipt.outcome === 'contained') && isDead(receipt.proof);
}

/** The logs that showed a key which this run has burned: intent before, outcome after. */
async function deleteLogs({ case: { id }, sites }: FoundCase, use: Equipment): Promise<void> {
  if (use.deleteLog === undefined || use.ledger === undefined) return;
  const logs = new Map(
    sites.flatMap(({ log }) => (log === undefined ? [] : [[`${log.target} ${log.run}`, log]])),
  );
  for (const log of logs.values()) {
    await use.ledger.intendLog(id, log);
    await finishLog(id, log, use);
  }
}

async function finishLog(id: Fingerprint, log: RunLog, use: Equipment): Promise<void> {
  const outcome = await use.deleteLog?.(log);
  if (outcome === undefined || use.ledger === undefined) return;
  await use.ledger.settleLog(id, log, outcome.deleted ? undefined : outcome.why);
  if (!outcome.deleted) use.warn(`the log of run ${log.run} of ${log.target} still stands: ${outcome.why}`);
}

/** Another run may have burned it since this one asked: the later word counts. */
function newest(asked: Verdict, known: Incident | undefined): Verdict {
  const later = known?.verdict;
  if (later === undefined || !isDead(later)) return asked;
  return asked.checkedAt !== undefined && asked.checkedAt < later.checkedAt ? later : asked;
}

/** What is done about it: an earlier run's unfinished order first, else this run's own. */
async function act(
  found: FoundCase,
  entry: Entry,
  known: Incident | undefined,
  use: Equipment,
  batches: Batches,
): Promise<Acted> {
  const service = use.services.get(entry.service ?? '');
  if (known?.state === 'intended' && service !== undefined)
    return finish(found, known, service, use, batches);
  const { verdict, decision, exposure } = entry;
  if (isDead(verdict)) return at(known?.state === 'open' ? await settleDead(entry, verdict, use) : null);
  if (!isUsable(verdict) || !isToAct(decision) || service === undefined) return at(null);
  return burn(found, { service, verdict, exposure, decision, now: use.now }, use, batches);
}

async function burn(
  found: FoundCase,
  input: Omit<OrderInput, 'case'> & { readonly service: Service },
  use: Equipment,
  batches: Batches,
  step?: Unfinished['step'],
): Promise<Acted> {
  const given = order({ case: found.case, ...input }, use.arming);
  if (!isOrder(given)) return at(given);
  if (use.ledger === undefined) throw new SetupError('revoking needs the ledger: intent before, proof after');
  use.progress(`burning ${found.case.finding.secret.preview}`, emptyTally());
  return batches.add(given, {
    service: input.service,
    tools: use.verifier.tools(input.service.id),
    again: () => use.verifier.again(input.service.id, found.case.finding),
    journal: use.ledger,
    now: use.now,
    ...(step === undefined ? {} : { resume: step }),
  });
}

/**
 * A run that was killed between intent and receipt left the incident as it was decided then. An armed run carries that order
 * to its end, an unarmed one only looks whether it had worked.
 */
async function finish(
  found: FoundCase,
  known: Incident,
  service: Service,
  use: Equipment,
  batches: Batches,
): Promise<Acted> {
  const [left] = (await use.ledger?.unfinished(known.id)) ?? [];
  const { verdict, decision, exposure } = known;
  if (use.ledger === undefined || left === undefined || !isUsable(verdict) || !isToAct(decision))
    return at(null);
  if (isArmedFor(known.id, use.arming))
    return burn(found, { service, verdict, exposure, decision, now: use.now }, use, batches, left.step);
  const again = () => use.verifier.again(service.id, found.case.finding);
  const looked = await resume(
    { id: known.id, step: left.step, act: decision.act },
    { service, again, journal: use.ledger, now: use.now },
  );
  return at(looked ?? null);
}

/** Its owner, or its issuer, was faster. */
async function settleDead(entry: Entry, proof: Dead, use: Equipment): Promise<Receipt> {
  const receipt: Receipt = {
    outcome: 'already-dead',
    at: use.now().toISOString(),
    proof,
    note: 'dead since it was last seen alive',
  };
  await use.ledger?.settle(entry.id, receipt);
  return receipt;
}

async function remembered(id: Fingerprint, use: Equipment): Promise<Incident | undefined> {
  const found = await use.ledger?.incident(id);
  return found?.kind === 'one' ? found.incident : undefined;
}

function describe(found: FoundCase, verdict: Verdict, exposure: Exposure, decision: Decision): Entry {
  const { id, finding, place, otherPlaces } = found.case;
  return {
    id,
    rule: finding.rule.id,
    title: finding.rule.title,
    severity: finding.rule.severity,
    service: finding.services.length === 1 ? (finding.services[0] ?? null) : null,
    preview: finding.secret.preview,
    environment: finding.environment,
    place,
    otherPlaces,
    verdict,
    exposure,
    decision,
    receipt: null,
  };
}

async function tell(entry: Entry, known: Incident | undefined, use: Equipment): Promise<void> {
  const kind = noticeKind(entry) ?? untold(known, use.now());
  if (kind === undefined || use.notifier === undefined || use.ledger === undefined) return;
  const incident = await remembered(entry.id, use);
  if (incident) await use.notifier.enqueue(incident, kind);
}

const DAY_MS = 86_400_000;

/** A run that was killed between receipt and message left this one untold; where it was told, the outbox knows. */
function untold(known: Incident | undefined, now: Date): NoticeKind | undefined {
  const receipt = known?.state === 'closed' ? known.receipt : null;
  if (receipt?.outcome !== 'revoked' && receipt?.outcome !== 'contained') return undefined;
  return now.getTime() - Date.parse(receipt.at) < DAY_MS ? 'burned' : undefined;
}

function noticeKind(entry: Entry): NoticeKind | undefined {
  switch (entry.receipt?.outcome) {
    case 'revoked':
    case 'contained':
    case 'already-dead':
      return 'burned';
    case 'accepted':
    case 'failed':
      return 'still-alive';
    case 'manual':
    case 'held':
      return 'needs-a-person';
    case 'planned':
      return 'found-live';
    case undefined:
      break;
  }
  if (!isUsable(entry.verdict)) return undefined;
  switch (entry.decision.act) {
    case 'ask':
      return 'needs-a-person';
    case 'notify':
    case 'burn':
    case 'contain':
      return 'found-live';
    case 'block':
    case 'leave':
      return undefined;
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

function merged(a: FoundCase, b: FoundCase): FoundCase {
  return {
    case: { ...a.case, otherPlaces: [...a.case.otherPlaces, b.case.place, ...b.case.otherPlaces] },
    sites: [...a.sites, ...b.sites],
  };
}

// One case on its way from verdict to record.

import { approved, contained, decide } from '../decide/index.ts';
import type { FoundCase } from '../find/index.ts';
import {
  type Decision,
  type Entry,
  type Exposure,
  exposureAfter,
  type Incident,
  isDead,
  isUsable,
  type Place,
  type Verdict,
  widest,
} from '../model/index.ts';
import type { Batches } from '../revoke/index.ts';
import { act } from './act.ts';
import type { Equipment, Held } from './equipment.ts';
import { deleteLogs, isProvedDead } from './leaked-logs.ts';
import { remembered } from './remembered.ts';
import { tell } from './tell.ts';

/** What becomes of a case is there when its batch was sent. */
interface Judged {
  /** Undefined where it is not to be reported. */
  readonly entry: Promise<Entry | undefined>;
}

/**
 * One case through verify, decide, revoke, record and notify.
 * @param hand what to do about a key that somebody else has in hand: to wait for it, or to come back later
 * @returns undefined where it is to come back
 */
export async function judge(
  found: FoundCase,
  use: Equipment,
  batches: Batches,
  hand: 'await' | 'take',
): Promise<Judged | undefined> {
  const { finding, id } = found.case;
  const verdict = await use.verifier.verify(finding);
  if (
    !isUsable(verdict) &&
    (finding.allowed || verdict.state === 'malformed' || use.ignored.find(id, use.now()) !== undefined)
  )
    return { entry: Promise.resolve(undefined) };
  if (use.hands === undefined || !isUsable(verdict)) return pursue(found, verdict, use, batches);
  const held = await use.hands[hand](id);
  if (held === undefined) return undefined;
  try {
    const { entry } = await pursue(found, verdict, { ...use, held }, batches);
    // It stays in hand until its receipt is written: an order may wait for others to join it.
    const over = releasing(entry, held);
    over.catch(() => undefined);
    return { entry: over };
  } catch (error) {
    await held.release();
    throw error;
  }
}

async function releasing<T>(work: Promise<T>, held: Held): Promise<T> {
  try {
    return await work;
  } finally {
    await held.release();
  }
}

async function pursue(found: FoundCase, asked: Verdict, use: Equipment, batches: Batches): Promise<Judged> {
  const { id } = found.case;
  const known = await remembered(id, use);
  const verdict = newest(asked, known);
  const saidExposure = use.saidExposure === true && covers(found, known);
  const seen = widest(await Promise.all(found.sites.map(use.exposure)));
  const exposure = exposureAfter(known?.exposure, seen, saidExposure);
  const approval = await use.ledger?.approval(id);
  const wanted = decide(found.case.finding, verdict, exposure, use.policy, [
    found.case.place,
    ...found.case.otherPlaces,
  ]);
  const allowed = approval === undefined ? wanted : approved(wanted, approval);
  const decision = use.word?.act === 'contain' ? contained(allowed, use.word) : allowed;
  const entry = describe(found, verdict, exposure, decision);
  use.held?.lost.throwIfAborted();
  const kept = use.ledger !== undefined && (isUsable(verdict) || known !== undefined);
  if (kept) await use.ledger?.upsert(entry, { saidExposure });
  const asksPerson = use.word !== undefined || (known === undefined && decision.act === 'ask');
  if (kept && asksPerson) await learn(found, entry, use);

  const acted = await act(found, entry, known, use, batches);
  const complete = async (): Promise<Entry> => {
    const whole: Entry = { ...entry, receipt: await acted.receipt };
    use.held?.lost.throwIfAborted();
    if (kept) await tell(whole, known, use);
    if (whole.receipt !== null && isProvedDead(whole.receipt)) await deleteLogs(found, use);
    return whole;
  };
  const later = complete();
  later.catch(() => undefined);
  return { entry: later };
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

/** Another run may have burned it since this one asked: the later word counts. */
function newest(asked: Verdict, known: Incident | undefined): Verdict {
  const later = known?.verdict;
  if (later === undefined || !isDead(later)) return asked;
  return asked.checkedAt !== undefined && asked.checkedAt < later.checkedAt ? later : asked;
}

/** Whether the targets of this run are all that the key is known to stand in: a word on them says nothing about another place. */
function covers(found: FoundCase, known: Incident | undefined): boolean {
  const named = ({ repository, path }: Place): string => repository ?? path;
  const here = new Set([found.case.place, ...found.case.otherPlaces].map(named));
  return known === undefined || [known.place, ...known.otherPlaces].every((place) => here.has(named(place)));
}

function describe(found: FoundCase, verdict: Verdict, exposure: Exposure, decision: Decision): Entry {
  const { id, finding, place, otherPlaces, otherRules = [] } = found.case;
  return {
    id,
    rule: finding.rule.id,
    title: finding.rule.title,
    ...(otherRules.length === 0 ? {} : { otherRules: otherRules.map(({ id, title }) => ({ id, title })) }),
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

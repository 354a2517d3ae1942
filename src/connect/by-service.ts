// A leaked key that a report brings goes through the same hands as one that a scan found: verified, decided under the policy,
// ordered, revoked, proved. So any issuer that keyburn can ask is one that the leak receiver can burn for: Unkey, an OAuth
// server described in keyburn.toml, and the others.

import {
  type Arming,
  approved,
  createBreaker,
  decide,
  isOrder,
  isToAct,
  order,
  type Policy,
} from '../decide/index.ts';
import type { Attempt, Burned, Issuer, Leak } from '../keyservice/index.ts';
import {
  type Case,
  type Decision,
  type Exposure,
  exposureAfter,
  type Finding,
  type FingerprintKey,
  isDead,
  isUsable,
  type Receipt,
  Secret,
  type Usable,
  type Verdict,
} from '../model/index.ts';
import type { Ledger, Lookup } from '../record/index.ts';
import { revoke } from '../revoke/index.ts';
import type { Service } from '../services/index.ts';
import type { Verifier } from '../verify/index.ts';
import { placeOf } from './place.ts';

/** The breaker of a scan holds for the scan; a receiver runs for months, so its breaker closes again. */
const BREAKER_MS = 3_600_000;

const WAITS = { state: 'waits', note: 'the policy asks a person: keyburn incidents approve' } as const;

export interface ServiceIssuerOptions {
  readonly id: string;
  readonly service: Service;
  /** The shape of its keys: nothing else is shown to it. */
  readonly pattern: RegExp;
  readonly verifier: Verifier;
  readonly ledger: Ledger;
  readonly policy: Policy;
  readonly fingerprintKey: FingerprintKey;
  readonly now: () => Date;
  /** Between two looks at a key that takes time to die; a test brings its own. */
  readonly delay?: (ms: number) => Promise<void>;
}

export function serviceIssuer(options: ServiceIssuerOptions): Issuer {
  const { id, service, pattern, verifier, ledger, policy, fingerprintKey, now, delay } = options;
  let arming = arm();
  let armedAt = now().getTime();

  function arm(): Arming {
    return { armed: true, breaker: createBreaker(policy.breaker), sideEffects: policy['side-effects'] };
  }

  function armingNow(): Arming {
    if (now().getTime() - armedAt >= BREAKER_MS) {
      arming = arm();
      armedAt = now().getTime();
    }
    return arming;
  }

  async function burnLive(
    subject: Case,
    verdict: Usable,
    exposure: Exposure,
    { begin }: Attempt,
  ): Promise<Burned> {
    const { finding } = subject;
    const word = await ledger.approval(subject.id);
    const judged = decide(finding, verdict, exposure, policy);
    const decision = word === undefined ? judged : approved(judged, word);
    await remember(subject, verdict, exposure, decision);
    if (decision.act === 'ask') return WAITS;
    if (!isToAct(decision)) return { state: 'person', note: `${decision.act}: ${decision.because}` };
    const given = order({ case: subject, service, verdict, exposure, decision, now }, armingNow());
    if (!isOrder(given)) {
      // The breaker closes again; a side effect that nobody accepted stays so.
      const breaker = arming.armed && arming.breaker.tripped;
      return { state: breaker ? 'later' : 'person', note: given.note };
    }
    begin();
    const receipt = await revoke(given, {
      service,
      tools: verifier.tools(service.id),
      again: () => verifier.again(service.id, finding),
      journal: ledger,
      now,
      ...(delay && { delay }),
    });
    return burnedBy(receipt);
  }

  /** What a person was asked needs no question to the issuer until there is an answer; a wider exposure is decided anew. */
  function undecided(known: Lookup, exposure: Exposure): Burned | undefined {
    if (known.kind !== 'one' || known.incident.exposure !== exposure) return undefined;
    const { decision, state } = known.incident;
    if (decision.act !== 'ask' || known.approval !== undefined) return undefined;
    return state === 'closed' ? { state: 'person', note: 'closed by a person' } : WAITS;
  }

  async function remember(
    { id: key, finding, place }: Case,
    verdict: Verdict,
    exposure: Exposure,
    decision: Decision,
  ): Promise<void> {
    await ledger.upsert({
      id: key,
      rule: finding.rule.id,
      title: finding.rule.title,
      severity: finding.rule.severity,
      service: service.id,
      preview: finding.secret.preview,
      environment: finding.environment,
      place,
      otherPlaces: [],
      verdict,
      exposure,
      decision,
      receipt: null,
    });
  }

  return {
    id,
    needs: 'key',
    pattern,
    async burn(leak) {
      const finding = findingOf(service, leak);
      const key = fingerprintKey.fingerprint(finding.secret);
      const known = await ledger.incident(key);
      const before = known.kind === 'one' ? known.incident.exposure : undefined;
      const exposure = exposureAfter(before, leak.foundAt.exposure ?? 'public', false);
      const open = undecided(known, exposure);
      if (open) return open;
      const verdict = await verifier.again(service.id, finding);
      if (isUsable(verdict)) {
        const subject = { id: key, finding, place: placeOf(leak), otherPlaces: [] };
        return burnLive(subject, verdict, exposure, leak.attempt);
      }
      return withoutAct(verdict, leak.attempt);
    },
  };
}

function withoutAct(verdict: Exclude<Verdict, Usable>, { begun }: Attempt): Burned {
  if (isDead(verdict)) {
    // It lived when an earlier try began to end it.
    if (begun) return { state: 'dead', changed: false, own: true, note: verdict.why };
    // Refused without a reason: dead, or never issued. There is nothing to burn either way.
    return verdict.state === 'rejected'
      ? { state: 'not-ours', note: verdict.why }
      : { state: 'dead', changed: false, note: verdict.why };
  }
  if (verdict.state === 'malformed') return { state: 'not-ours', note: verdict.why };
  const note = verdict.detail === undefined ? verdict.why : `${verdict.why}: ${verdict.detail}`;
  switch (verdict.why) {
    case 'not-discriminating':
      return { state: 'not-ours', note };
    case 'not-configured':
    case 'no-check':
    case 'no-service':
    case 'ambiguous':
    case 'canary':
    case 'forbidden-address':
      return { state: 'person', note };
    case 'offline':
    case 'not-asked':
    case 'throttled':
    case 'timeout':
    case 'unreachable':
    case 'redirected':
    case 'too-large':
    case 'unexpected-reply':
    case 'issuer-fault':
      return { state: 'later', note };
  }
}

function burnedBy({ outcome, note }: Receipt): Burned {
  switch (outcome) {
    case 'revoked':
    case 'contained':
      return { state: 'dead', changed: true, note };
    case 'already-dead':
      return { state: 'dead', changed: false, note };
    case 'accepted':
    case 'failed':
      return { state: 'later', note };
    case 'manual':
    case 'planned':
    case 'held':
      return { state: 'person', note };
  }
}

function findingOf(service: Service, { key = '' }: Leak): Finding {
  return {
    rule: { id: `reported-${service.id}`, title: `${service.name} key, reported`, severity: 'critical' },
    services: [service.id],
    secret: new Secret(key),
    parts: {},
    environment: 'unknown',
    allowed: false,
    origin: { kind: 'stream', path: '-' },
    span: { start: 0, end: key.length, line: 1, column: 1, endLine: 1 },
  };
}

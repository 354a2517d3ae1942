// The only place that makes a RevokeOrder. The law: armed twice. It takes a usable verdict, a decision to burn or
// contain, and arming; whatever is missing makes a receipt that says so instead.

import {
  type Case,
  type Decision,
  type Exposure,
  type Fingerprint,
  isUsable,
  type Receipt,
  type RevokeOrder,
  type ServiceId,
  type Usable,
} from '../model/index.ts';
import type { Breaker } from './breaker.ts';
import { radiusOf } from './radius.ts';

/** Whether this run may act: `--revoke` was given, and how far it may go. */
export type Arming =
  | { readonly armed: false }
  | {
      readonly armed: true;
      readonly breaker: Breaker /** Services whose side effect the policy accepts. */;
      readonly sideEffects: readonly ServiceId[];
      /** For these keys alone, where somebody has said so; left out, for every key that the policy burns. */
      readonly only?: (id: Fingerprint) => boolean;
    };

export function isArmedFor(id: Fingerprint, arming: Arming): arming is Arming & { armed: true } {
  return arming.armed && (arming.only === undefined || arming.only(id));
}

/** What `order` needs to know of a service; a `Service` fits. */
export interface ServiceFacts {
  readonly id: ServiceId;
  readonly name: string;
  readonly sideEffect?: string;
  // Only whether they are there counts: decide/ cannot call them.
  readonly contain?: unknown;
  readonly revoke?: unknown;
}

export interface OrderInput {
  readonly case: Case;
  readonly service: ServiceFacts;
  readonly verdict: Usable;
  readonly exposure: Exposure;
  readonly decision: Decision & { readonly act: 'burn' | 'contain' };
  readonly now: () => Date;
}

/** A receipt of an order that was not given. */
export type NotOrdered = Extract<Receipt, { outcome: 'planned' | 'held' }>;

/** Narrows a decision to the acts that an order can follow from. */
export function isToAct(decision: Decision): decision is Decision & { readonly act: 'burn' | 'contain' } {
  return decision.act === 'burn' || decision.act === 'contain';
}

export function isOrder(made: RevokeOrder | NotOrdered): made is RevokeOrder {
  return !('outcome' in made);
}

/** Permission to revoke, or a receipt: `planned` in a dry run, `held` where the breaker or a missing yes stops it. */
export function order(input: OrderInput, arming: Arming): RevokeOrder | NotOrdered {
  const { service, decision, verdict, exposure } = input;
  const not = (outcome: 'planned' | 'held', note: string): NotOrdered => ({
    outcome,
    at: input.now().toISOString(),
    note,
  });
  // The types say all this; the checks are for the day on which somebody casts.
  if (!isUsable(verdict) || !isToAct(decision) || exposure === 'local') {
    return not('held', 'not a pushed key that is live or limited under a decision to act');
  }
  const { services } = input.case.finding;
  if (services.length !== 1 || services[0] !== service.id) {
    return not('held', `the key is not ${service.name}'s alone`);
  }
  if (decision.act === 'contain' && service.contain === undefined) {
    return not('held', `${service.name} has no way to contain a key: a person decides`);
  }
  if (!isArmedFor(input.case.id, arming)) return not('planned', plan(service, decision.act));
  const accepted = arming.sideEffects.includes(service.id);
  if (
    decision.act === 'burn' &&
    service.revoke !== undefined &&
    service.sideEffect !== undefined &&
    !accepted
  ) {
    return not(
      'held',
      `revoking has a side effect: ${service.sideEffect}. To accept it: [policy] side-effects = ["${service.id}"]`,
    );
  }
  // Steps for a person are no call to an issuer, so they do not count.
  const calls = service.revoke !== undefined || service.contain !== undefined;
  if (calls && !arming.breaker.take(input.case.id)) {
    const { max } = arming.breaker;
    return not('held', `the breaker stops a run at ${max} ${max === 1 ? 'key' : 'keys'} ([policy] breaker)`);
  }
  return brand({
    id: input.case.id,
    service: service.id,
    secret: input.case.finding.secret,
    parts: input.case.finding.parts,
    verdict,
    exposure,
    act: decision.act,
    because: decision.because,
    place: input.case.place,
    radius: radiusOf(input),
  });
}

function plan(service: ServiceFacts, act: 'burn' | 'contain'): string {
  if (act === 'contain') return `would contain it at ${service.name}; arm with --revoke`;
  if (service.revoke === undefined && service.contain === undefined) {
    return `${service.name} has no way to revoke by program: would give the steps for a person`;
  }
  const what =
    service.revoke === undefined
      ? 'contain'
      : service.contain === undefined
        ? 'revoke'
        : 'contain, then revoke';
  const aside = service.sideEffect === undefined ? '' : `; side effect: ${service.sideEffect}`;
  return `would ${what} it at ${service.name}${aside}; arm with --revoke`;
}

type Brand = Extract<keyof RevokeOrder, symbol>;

function brand(facts: Omit<RevokeOrder, Brand>): RevokeOrder {
  return facts as RevokeOrder;
}

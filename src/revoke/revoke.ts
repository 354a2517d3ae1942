// The only place that takes a key's life. The laws: an order comes first, and only decide/ makes one; what is about
// to be sent is on record before it is sent; the issuer is asked before and after, and only its word that the key is dead counts
// as done. Killed at any moment, the same call in the next run finishes the work.

import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Dead,
  isDead,
  isUsable,
  type Receipt,
  type RevokeOrder,
  unknownInWords,
  type Verdict,
} from '../model/index.ts';
import type { RevokeReply, Service, Tools } from '../services/index.ts';
import type { Intent, Journal } from './journal.ts';
import { askAgain, nameOf, prove } from './prove.ts';

export interface RevokeUse {
  readonly service: Service;
  readonly tools: Tools;
  /** Asks the issuer about this very key, past every cache. */
  readonly again: () => Promise<Verdict>;
  readonly journal: Journal;
  readonly now: () => Date;
  /** Waits so many ms between two looks; a test brings its own. */
  readonly delay?: (ms: number) => Promise<void>;
  /** Aborted where somebody else has the key in hand by now: nothing may be sent or written any more. */
  readonly lost?: AbortSignal | undefined;
  /** The step that an earlier run intended and never settled, where there is one. */
  readonly resume?: Intent;
}

/** Carries an order out and proves it. What goes wrong is in the receipt; it throws only where the journal does. */
export async function revoke(order: RevokeOrder, use: RevokeUse): Promise<Receipt> {
  const { service, journal } = use;
  if (service.id !== order.service) throw new Error(`an order for ${order.service} came to ${service.id}`);
  const seen = await look(order, use);
  if (seen.kind !== 'go') return stop(order, seen, use);
  const receipt = await carryOut(order, use, seen.containedBefore);
  await journal.settle(order.id, receipt);
  return receipt;
}

/** Nothing is to be sent. Where it is still not known whether an earlier run's step worked, its intent stays on record. */
export async function stop(
  order: RevokeOrder,
  { kind, receipt }: Exclude<Seen, { kind: 'go' }>,
  { journal, resume }: RevokeUse,
): Promise<Receipt> {
  if (kind === 'over' || resume === undefined) await journal.settle(order.id, receipt);
  return receipt;
}

export type Seen =
  | { readonly kind: 'over' | 'unseen'; readonly receipt: Receipt }
  | { readonly kind: 'go'; readonly containedBefore: boolean };

/** The verdict that led here may be minutes old, and the work of an earlier run may be done. */
export async function look(order: RevokeOrder, use: RevokeUse): Promise<Seen> {
  const { service, resume } = use;
  const at = (): string => use.now().toISOString();
  const canRevoke = order.act === 'burn' && service.revoke !== undefined;
  if (service.contain === undefined && !canRevoke) {
    return { kind: 'over', receipt: byHand(order, service, at()) };
  }
  const first = await askAgain(use.again);
  if (isUsable(first)) return { kind: 'go', containedBefore: false };
  if (!isDead(first)) {
    const note = `nothing was sent: the issuer did not confirm that the key is live right now (${wordOf(first)})`;
    return { kind: 'unseen', receipt: { outcome: 'failed', at: at(), note } };
  }
  // Stopped behind the containment: the revoke is still to be done.
  if (resume !== undefined && isHalfDone(first, order.act, service))
    return { kind: 'go', containedBefore: true };
  const note =
    resume === undefined
      ? 'it was dead before anything was sent'
      : `an earlier run's order to ${resume} had worked`;
  return { kind: 'over', receipt: { outcome: 'already-dead', at: at(), proof: first, note } };
}

/** Held back by a containment, with its revoke still before it. */
export function isHalfDone(
  verdict: Verdict,
  act: RevokeOrder['act'],
  service: Pick<Service, 'contain' | 'revoke'>,
): boolean {
  const both = service.contain !== undefined && service.revoke !== undefined;
  return act === 'burn' && both && verdict.state === 'disabled';
}

async function carryOut(order: RevokeOrder, use: RevokeUse, containedBefore: boolean): Promise<Receipt> {
  const contained = containedBefore ? CONTAINED_BEFORE : await take('contain', order, use);
  if (order.act === 'contain' || use.service.revoke === undefined) {
    const receipt = await conclude('contain', contained ?? NOTHING, undefined, use);
    return order.act === 'burn' ? withSteps(receipt, order, use.service) : receipt;
  }
  const revoked = await take('revoke', order, use);
  return conclude('revoke', revoked ?? NOTHING, contained, use);
}

const CONTAINED_BEFORE: RevokeReply = { outcome: 'accepted', note: 'contained by an earlier run' };
export const NOTHING: RevokeReply = { outcome: 'refused', note: 'nothing to call' };

/** Sends one step, after its intent is on record. Undefined where the service has no such step. */
async function take(step: Intent, order: RevokeOrder, use: RevokeUse): Promise<RevokeReply | undefined> {
  const { service, tools, journal } = use;
  const call = step === 'contain' ? service.contain : service.revoke;
  if (call === undefined) return undefined;
  await journal.intend(order, step);
  use.lost?.throwIfAborted();
  return sent(service, step, () => call.call(service, order, unless(tools, use.lost)));
}

/** What waits for its turn at the issuer is not sent where the key was lost meanwhile. */
export function unless(tools: Tools, lost: AbortSignal | undefined): Tools {
  if (lost === undefined) return tools;
  return { ...tools, ask: (request) => tools.ask({ ...request, unless: lost }) };
}

/** What a service throws may have been sent: not answered, as far as anybody knows. The message may quote the request, so it goes nowhere. */
export async function sent(
  { id }: Pick<Service, 'id'>,
  step: Intent,
  call: () => Promise<RevokeReply>,
): Promise<RevokeReply> {
  try {
    return await call();
  } catch (fault) {
    const detail = `${id} failed to ${step} (${nameOf(fault)})`;
    return { outcome: 'unanswered', why: 'unexpected-reply', detail };
  }
}

/** What became of it: the reply is a claim, the issuer's later verdict is the proof. */
export async function conclude(
  step: Intent,
  reply: RevokeReply,
  contained: RevokeReply | undefined,
  use: RevokeUse,
): Promise<Receipt> {
  const { service, now } = use;
  const waiting = { again: use.again, now, delay: use.delay ?? ((ms: number) => sleep(ms)) };
  const held = contained?.outcome === 'accepted';
  // Only an issuer that took the order needs time to carry it out.
  const took = reply.outcome === 'accepted' || reply.outcome === 'already-dead' || held;
  const enough = (verdict: Verdict): boolean => isDead(verdict) && !(held && verdict.state === 'disabled');
  const proof = await prove(waiting, took ? service.settlesInMs : 0, enough);
  const at = now().toISOString();
  const before = contained === undefined || held ? '' : `; to contain it first: ${sayReply(contained)}`;
  const said = `${sayReply(reply)}${before}`;
  const done = step === 'revoke' ? 'revoked' : 'contained';
  if (!isDead(proof)) {
    switch (reply.outcome) {
      case 'accepted':
      case 'already-dead':
        return { outcome: 'accepted', at, proof, note: `${said}, yet the key is not dead so far` };
      case 'manual':
        return { outcome: 'manual', at, note: reply.note, steps: reply.steps };
      case 'refused':
      case 'unanswered':
        return { outcome: 'failed', at, note: `${said}; asked again: ${wordOf(proof)}` };
    }
  }
  // Dead by the containment alone, unless the issuer says more.
  const onlyHeld = held && proof.state !== 'revoked' && proof.state !== 'expired';
  switch (reply.outcome) {
    case 'accepted':
      return enough(proof)
        ? { outcome: done, at, proof, note: said }
        : onlyContained(at, proof, `accepted (${said}), yet it is only disabled so far`);
    case 'unanswered':
      return onlyHeld
        ? onlyContained(at, proof, said)
        : { outcome: done, at, proof, note: `${said}, yet it worked` };
    case 'already-dead':
    case 'refused':
      return onlyHeld ? onlyContained(at, proof, said) : { outcome: 'already-dead', at, proof, note: said };
    case 'manual': {
      const steps = reply.steps.join('; ');
      if (onlyHeld) return onlyContained(at, proof, `${said}: ${steps}`);
      return { outcome: 'already-dead', at, proof, note: said };
    }
  }
}

function onlyContained(at: string, proof: Dead, said: string): Receipt {
  return {
    outcome: 'contained',
    at,
    proof,
    note: `it is contained; the revoke is not proved: ${said}`,
  };
}

function byHand(order: RevokeOrder, service: Service, at: string): Receipt {
  return {
    outcome: 'manual',
    at,
    note: `${service.name} has no way to ${order.act === 'burn' ? 'revoke' : 'contain'} by program`,
    steps: service.byHand({ preview: order.secret.preview }),
  };
}

// A burn that the service can only contain: the rest is a person's.
function withSteps(receipt: Receipt, order: RevokeOrder, service: Service): Receipt {
  const steps = service.byHand({ preview: order.secret.preview });
  const rest = `to revoke it for good: ${steps.join('; ')}`;
  return receipt.outcome === 'contained' ? { ...receipt, note: `${receipt.note}; ${rest}` } : receipt;
}

function sayReply(reply: RevokeReply): string {
  switch (reply.outcome) {
    case 'accepted':
    case 'already-dead':
    case 'manual':
      return reply.note;
    case 'refused':
      return `refused: ${reply.note}`;
    case 'unanswered':
      return `not answered (${unknownInWords(reply.why)}): ${reply.detail}`;
  }
}

function wordOf(verdict: Verdict): string {
  return verdict.state === 'unknown' ? `unknown (${unknownInWords(verdict.why)})` : verdict.state;
}

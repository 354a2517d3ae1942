// What is done about a key. The laws are held where it is decided and carried out: decide/ and revoke/.

import { isArmedFor, isOrder, isToAct, type OrderInput, order } from '../decide/index.ts';
import { emptyTally, type FoundCase } from '../find/index.ts';
import {
  type Dead,
  type Entry,
  type Incident,
  isDead,
  isUsable,
  type Receipt,
  SetupError,
} from '../model/index.ts';
import type { Hand, Ledger, Unfinished } from '../record/index.ts';
import { type Batches, type Journal, resume } from '../revoke/index.ts';
import type { Service } from '../services/index.ts';
import type { Equipment } from './equipment.ts';

export interface Acted {
  readonly receipt: Promise<Receipt | null>;
}

function at(receipt: Receipt | null): Acted {
  return { receipt: Promise.resolve(receipt) };
}

/** What is done about it: an earlier run's unfinished order first, else this run's own. */
export async function act(
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
    journal: journalOf(use.ledger, use),
    now: use.now,
    lost: use.held?.lost,
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
    { service, again, journal: journalOf(use.ledger, use), now: use.now },
  );
  return at(looked ?? null);
}

/** One for all orders of a run: those are written together. */
const journals = new WeakMap<Ledger, Map<string, Journal>>();

function journalOf(ledger: Ledger, use: Equipment): Journal {
  const hand = handOf(use);
  const known = journals.get(ledger) ?? new Map<string, Journal>();
  journals.set(ledger, known);
  const name = `${hand.run ?? ''} ${hand.holder ?? ''}`;
  const journal = known.get(name) ?? madeJournal(ledger, hand);
  known.set(name, journal);
  return journal;
}

function madeJournal(ledger: Ledger, hand: Hand): Journal {
  return {
    intend: (order, step) => ledger.intend(order, step, hand),
    intendAll: (orders, step) => ledger.intendAll(orders, step, hand),
    settle: (id, receipt) => ledger.settle(id, receipt, hand),
  };
}

function handOf({ run, held }: Equipment): Hand {
  return { run, holder: held?.holder };
}

/** Its owner, or its issuer, was faster. */
async function settleDead(entry: Entry, proof: Dead, use: Equipment): Promise<Receipt> {
  const receipt: Receipt = {
    outcome: 'already-dead',
    at: use.now().toISOString(),
    proof,
    note: 'dead since it was last seen alive',
  };
  await use.ledger?.settle(entry.id, receipt, handOf(use));
  return receipt;
}

// Many keys of one issuer in one call, where it offers that. The laws are those of revoke.ts, for each key: it is looked at before, its
// intent is on record before the call goes out, and its own later verdict is the proof. One answer for a thousand keys proves nothing.

import type { Fingerprint, Receipt, RevokeOrder, ServiceId } from '../model/index.ts';
import type { Journal } from './journal.ts';
import { conclude, look, type RevokeUse, revoke, sent, stop, unless } from './revoke.ts';

/** What will have become of an order. */
export interface Later {
  readonly receipt: Promise<Receipt>;
}

/** The orders of a run. */
export interface Batches {
  /** Carries it out at once; where its issuer takes several in one call, at the next `send`. */
  readonly add: (order: RevokeOrder, use: RevokeUse) => Promise<Later>;
  /** Carries out all that wait. What throws does so in the receipts. */
  readonly send: () => Promise<void>;
}

export interface Waiting {
  readonly order: RevokeOrder;
  readonly use: RevokeUse;
  readonly done: (receipt: Receipt | Promise<Receipt>) => void;
}

export function createBatches(): Batches {
  const waiting = new Map<ServiceId, Waiting[]>();
  return {
    async add(order, use) {
      if (!joins(order, use)) return { receipt: Promise.resolve(await revoke(order, use)) };
      const { receipt, ...one } = waitingFor(order, use);
      const list = waiting.get(order.service) ?? [];
      waiting.set(order.service, list);
      list.push(one);
      return { receipt };
    },
    async send() {
      const lists = [...waiting.values()];
      waiting.clear();
      for (const list of lists) {
        const most = mostOf(list);
        list.sort(byRadius);
        for (let from = 0; from < list.length; from += most) await sendSome(list.slice(from, from + most));
      }
    },
  };
}

export function waitingFor(order: RevokeOrder, use: RevokeUse): Waiting & Later {
  const { promise, resolve } = Promise.withResolvers<Receipt>();
  // Whoever waits for it sees it; until then nobody does.
  promise.catch(() => undefined);
  return { order, use, done: resolve, receipt: promise };
}

/** As many as their issuer takes in one call. */
export function mostOf(list: readonly Waiting[]): number {
  return list[0]?.use.service.revokeMany?.most ?? 1;
}

/** What does the most harm while it lives goes first; among equals the order is the same on every machine. */
export function byRadius(a: Pick<Waiting, 'order'>, b: Pick<Waiting, 'order'>): number {
  return b.order.radius - a.order.radius || (a.order.id < b.order.id ? -1 : 1);
}

/** A containment goes before a revoke, key by key, so what can be contained is no matter for a batch. */
export function joins(order: RevokeOrder, { service }: RevokeUse): boolean {
  return order.act === 'burn' && service.contain === undefined && service.revokeMany?.takes(order) === true;
}

/** At most as many as the issuer takes. A run that dies in here leaves intents, which the next one finds. */
export async function sendSome(some: readonly Waiting[]): Promise<void> {
  const [one, ...others] = some;
  if (one === undefined) return;
  if (others.length === 0) {
    one.done(revoke(one.order, one.use));
    return;
  }
  const { service, tools } = one.use;
  const seen = await Promise.all(
    some.map(async (each) => ({ each, seen: await look(each.order, each.use) })),
  );
  const going: Waiting[] = [];
  for (const { each, seen: found } of seen) {
    if (found.kind === 'go') going.push(each);
    else each.done(stop(each.order, found, each.use));
  }
  if (going.length === 0) return;
  const ready = await intendAll(going);
  if (ready.length === 0) return;
  const orders = ready.map(({ order }) => order);
  const losses = ready.flatMap(({ use }) => use.lost ?? []);
  const lost = losses.length === 0 ? undefined : AbortSignal.any(losses);
  const call = service.revokeMany;
  const reply = await sent(service, 'revoke', async () =>
    call === undefined
      ? { outcome: 'refused', note: 'nothing to call' }
      : call.revoke.call(call, orders, unless(tools, lost)),
  );
  const settled = ready.map(async ({ order, use }) => {
    const receipt = await conclude('revoke', reply, undefined, use);
    await use.journal.settle(order.id, receipt);
    return receipt;
  });
  // Where one of them cannot be written down, the others are.
  for (const [index, { done }] of ready.entries())
    done(settled[index] ?? Promise.reject(new Error('no receipt')));
  await Promise.allSettled(settled);
}

/** The orders of several runs may be among them, each with a journal of its own. @returns those whose intent is on record */
async function intendAll(going: readonly Waiting[]): Promise<Waiting[]> {
  const ready: Waiting[] = [];
  for (const [journal, some] of Map.groupBy(going, ({ use }) => use.journal)) {
    const orders = some.map(({ order }) => order);
    const written = await intendTogether(journal, orders);
    for (const one of some) {
      if (written.has(one.order.id) && one.use.lost?.aborted !== true) ready.push(one);
      else one.done(Promise.reject(one.use.lost?.reason ?? new Error('another run has this key in hand')));
    }
  }
  return ready;
}

async function intendTogether(
  journal: Journal,
  orders: readonly RevokeOrder[],
): Promise<ReadonlySet<Fingerprint>> {
  if (journal.intendAll !== undefined) return journal.intendAll(orders, 'revoke');
  for (const order of orders) await journal.intend(order, 'revoke');
  return new Set(orders.map(({ id }) => id));
}

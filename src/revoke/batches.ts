// Many keys of one issuer in one call, where it offers that. The laws are those of revoke.ts, for each key: it is looked at before, its
// intent is on record before the call goes out, and its own later verdict is the proof. One answer for a thousand keys proves nothing.

import type { Receipt, RevokeOrder, ServiceId } from '../model/index.ts';
import { conclude, look, type RevokeUse, revoke, sent, stop } from './revoke.ts';

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

interface Waiting {
  readonly order: RevokeOrder;
  readonly use: RevokeUse;
  readonly done: (receipt: Receipt | Promise<Receipt>) => void;
}

export function createBatches(): Batches {
  const waiting = new Map<ServiceId, Waiting[]>();
  return {
    async add(order, use) {
      if (!joins(order, use)) return { receipt: Promise.resolve(await revoke(order, use)) };
      const { promise, resolve } = Promise.withResolvers<Receipt>();
      // Whoever waits for it sees it; until then nobody does.
      promise.catch(() => undefined);
      const list = waiting.get(order.service) ?? [];
      waiting.set(order.service, list);
      list.push({ order, use, done: resolve });
      return { receipt: promise };
    },
    async send() {
      const lists = [...waiting.values()];
      waiting.clear();
      for (const list of lists) {
        const most = list[0]?.use.service.revokeMany?.most ?? 1;
        for (let from = 0; from < list.length; from += most) await sendSome(list.slice(from, from + most));
      }
    },
  };
}

/** A containment goes before a revoke, key by key, so what can be contained is no matter for a batch. */
function joins(order: RevokeOrder, { service }: RevokeUse): boolean {
  return order.act === 'burn' && service.contain === undefined && service.revokeMany?.takes(order) === true;
}

/** At most as many as the issuer takes. A run that dies in here leaves intents, which the next one finds. */
async function sendSome(some: readonly Waiting[]): Promise<void> {
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
  for (const { order, use } of going) await use.journal.intend(order, 'revoke');
  const orders = going.map(({ order }) => order);
  const call = service.revokeMany;
  const reply = await sent(service, 'revoke', async () =>
    call === undefined
      ? { outcome: 'refused', note: 'nothing to call' }
      : call.revoke.call(call, orders, tools),
  );
  await Promise.all(
    going.map(async ({ order, use, done }) => {
      const receipt = await conclude('revoke', reply, undefined, use);
      await use.journal.settle(order.id, receipt);
      done(receipt);
    }),
  );
}

// The kill list of a process that works on many repositories: their orders together, so that an issuer that takes many keys in one call
// gets many. The laws: what does the most harm goes first; nothing waits for longer than a short time; a secret waits in memory
// alone, and what was not sent when the process died is found again where it was found before.

import type { RevokeOrder, ServiceId } from '../model/index.ts';
import { type Batches, byRadius, joins, mostOf, sendSome, type Waiting, waitingFor } from './batches.ts';
import { type RevokeUse, revoke } from './revoke.ts';

export interface KillList {
  /** The orders of one job. @param parked called when all that it still does is wait for them */
  forJob(parked: () => void): Batches;
  /** Nobody reads any more: what waits goes now. */
  flush(): void;
  /** Gives up what waits: nothing of it was intended. */
  close(why: unknown): void;
}

/** The first key waits for others so long; each call of the last minutes doubles that, so that a mass leak makes few calls. */
const FIRST_MS = 2_000;
const LONGEST_MS = 60_000;
const REMEMBERED_MS = 10 * 60_000;

/** @param waitMs for how long the first key waits; two seconds where it is left out */
export function createKillList(waitMs = FIRST_MS): KillList {
  const lanes = new Map<ServiceId, Lane>();
  const laneOf = (service: RevokeUse['service']): Lane => {
    const known = lanes.get(service.id);
    if (known) return known;
    const made = new Lane(service.rate.concurrency, waitMs);
    lanes.set(service.id, made);
    return made;
  };
  return {
    forJob(parked) {
      const mine: Promise<unknown>[] = [];
      return {
        async add(order: RevokeOrder, use: RevokeUse) {
          const { receipt, ...one } = waitingFor(order, use);
          mine.push(receipt);
          laneOf(use.service).add(one);
          return { receipt };
        },
        async send() {
          if (mine.length === 0) return;
          parked();
          await Promise.allSettled(mine.splice(0));
        },
      };
    },
    flush() {
      for (const lane of lanes.values()) lane.flush();
    },
    close(why) {
      for (const lane of lanes.values()) lane.close(why);
    },
  };
}

/** The orders to one issuer. */
class Lane {
  readonly #concurrency: number;
  readonly #waitMs: number;
  /** For a call of many. */
  #together: Waiting[] = [];
  /** One by one, as many at a time as the issuer takes. */
  #single: Waiting[] = [];
  #running = 0;
  #calls: number[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(concurrency: number, waitMs: number) {
    this.#concurrency = concurrency;
    this.#waitMs = waitMs;
  }

  add(one: Waiting): void {
    if (!joins(one.order, one.use)) {
      this.#single.splice(placeFor(this.#single, one), 0, one);
      this.#next();
      return;
    }
    this.#together.push(one);
    if (this.#together.length >= mostOf(this.#together)) this.#send(false);
    else this.#timer ??= setTimeout(() => this.flush(), this.#patience());
  }

  flush(): void {
    this.#send(true);
  }

  close(why: unknown): void {
    clearTimeout(this.#timer);
    for (const { done } of [...this.#together.splice(0), ...this.#single.splice(0)])
      done(Promise.reject(why));
  }

  /** @param all and not only whole calls */
  #send(all: boolean): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const most = mostOf(this.#together);
    this.#together.sort(byRadius);
    while (this.#together.length >= (all ? 1 : most)) {
      const some = this.#together.splice(0, most);
      this.#calls.push(performance.now());
      sendSome(some).catch((error: unknown) => {
        for (const { done } of some) done(Promise.reject(error));
      });
    }
    if (this.#together.length > 0) this.#timer = setTimeout(() => this.flush(), this.#patience());
  }

  #patience(): number {
    const since = performance.now() - REMEMBERED_MS;
    this.#calls = this.#calls.filter((at) => at > since);
    return Math.min(this.#waitMs * 2 ** this.#calls.length, Math.max(LONGEST_MS, this.#waitMs));
  }

  #next(): void {
    while (this.#running < this.#concurrency) {
      const one = this.#single.shift();
      if (one === undefined) return;
      this.#running += 1;
      const receipt = revoke(one.order, one.use);
      one.done(receipt);
      receipt
        .catch(() => undefined)
        .finally(() => {
          this.#running -= 1;
          this.#next();
        });
    }
  }
}

/** Where it stands in a sorted list. */
function placeFor(list: readonly Waiting[], one: Waiting): number {
  let [from, to] = [0, list.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const other = list[middle];
    if (other !== undefined && byRadius(other, one) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}

// Leases of this machine's processes: one that was killed holds nothing, however long its leases would still run. The law: who has lost
// a lease, or cannot keep it, is told at once, and stops.

import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { Held } from '../pipeline/index.ts';
import { type FleetStore, LeaseLost } from '../record/index.ts';

/** Names a process and a run of it, in leases and jobs. */
export function newHolder(): string {
  return `${hostname()}/${process.pid}/${randomBytes(4).toString('hex')}`;
}

/** @returns whether it is ours now */
export async function claimed(
  fleet: Pick<FleetStore, 'claim' | 'release'>,
  name: string,
  holder: string,
  forMs: number,
): Promise<boolean> {
  const claim = await fleet.claim(name, holder, forMs);
  if (claim.kind === 'taken') return true;
  if (!isDead(claim.by)) return false;
  await fleet.release(name, claim.by);
  return (await fleet.claim(name, holder, forMs)).kind === 'taken';
}

/** Keeps what a process holds, all of it together. */
export interface Keeper {
  readonly holder: string;
  /** @returns undefined where somebody else has it, in this process or another */
  take(name: string): Promise<Held | undefined>;
  /** Waits until nobody else has it. @param waiting called once where that takes time */
  await(name: string, signal: AbortSignal, waiting?: () => void): Promise<Held>;
  end(): Promise<void>;
}

type Leases = Pick<FleetStore, 'claim' | 'renew' | 'release'>;

interface Kept {
  readonly stop: AbortController;
  /** The ledger has said so; before, it is only asked. */
  ours: boolean;
  /** Of performance.now(): later than this it may be somebody else's. */
  until: number;
}

const LEASE_MS = 20_000;

/** @param forMs for how long a lease holds without a word; a fourth of it is how often all are renewed */
export function createKeeper(fleet: Leases, forMs = LEASE_MS): Keeper {
  const holder = newHolder();
  const kept = new Map<string, Kept>();
  const lose = (name: string): void => {
    kept.get(name)?.stop.abort(new LeaseLost(`the lease was lost: ${name}`));
    kept.delete(name);
  };

  async function renew(): Promise<void> {
    const mine = [...kept].filter(([, { ours }]) => ours);
    if (mine.length === 0) return;
    const asked = performance.now();
    const still = await fleet.renew(
      mine.map(([name]) => name),
      holder,
      forMs,
    );
    for (const [name, one] of mine) {
      // What was given back and taken again since the question is not meant by the answer.
      if (kept.get(name) !== one) continue;
      if (still.has(name)) one.until = asked + forMs;
      else lose(name);
    }
  }

  let renewing: Promise<void> | undefined;
  const beat = setInterval(() => {
    // A ledger that does not answer renews nothing, and time goes on.
    for (const [name, { until }] of kept) if (performance.now() >= until) lose(name);
    renewing ??= renew()
      .catch(() => undefined)
      .finally(() => {
        renewing = undefined;
      });
  }, forMs / 4);

  async function take(name: string): Promise<Held | undefined> {
    if (kept.has(name)) return undefined;
    const one: Kept = { stop: new AbortController(), ours: false, until: performance.now() + forMs };
    kept.set(name, one);
    try {
      one.ours = await claimed(fleet, name, holder, forMs);
    } finally {
      if (!one.ours) kept.delete(name);
    }
    if (!one.ours) return undefined;
    return {
      holder,
      lost: one.stop.signal,
      async release() {
        // Who has lost it leaves it to whoever has it now.
        if (kept.get(name) !== one) return;
        // One that cannot be given back runs out.
        await fleet.release(name, holder).catch(() => undefined);
        kept.delete(name);
      },
    };
  }

  return {
    holder,
    take,
    async await(name, signal, waiting = () => undefined) {
      for (;;) {
        const held = await take(name);
        if (held !== undefined) return held;
        waiting();
        await wait(100 + Math.random() * 200, undefined, { signal });
      }
    },
    async end() {
      clearInterval(beat);
      await renewing;
    },
  };
}

function isDead(holder: string): boolean {
  const [host, pid] = holder.split('/');
  return host === hostname() && pid !== undefined && !lives(Number(pid));
}

export function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

import type { Fingerprint } from '../model/index.ts';

/** Stops a run that wants to contain or revoke more keys than the policy allows. One for each run. */
export interface Breaker {
  readonly max: number;
  readonly tripped: boolean;
  /** True while the run may go on; a key counts once. Once it said no, it says no to the end of the run. */
  take(id: Fingerprint): boolean;
}

export function createBreaker(max: number): Breaker {
  const taken = new Set<Fingerprint>();
  let tripped = false;
  return {
    max,
    get tripped() {
      return tripped;
    },
    take(id) {
      if (taken.has(id)) return true;
      if (tripped || taken.size >= max) {
        tripped = true;
        return false;
      }
      taken.add(id);
      return true;
    },
  };
}

/** For a process that runs on and on: each day (UTC) is a run. */
export function createDailyBreaker(max: number, now: () => Date): Breaker {
  let day = '';
  let today = createBreaker(max);
  const current = (): Breaker => {
    const date = now().toISOString().slice(0, 10);
    if (date !== day) [day, today] = [date, createBreaker(max)];
    return today;
  };
  return {
    max,
    get tripped() {
      return current().tripped;
    },
    take: (id) => current().take(id),
  };
}

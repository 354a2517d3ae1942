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

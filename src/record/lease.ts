// What whoever works under a lease needs to know of it, without the database that holds it.

import type { Fingerprint } from '../model/index.ts';

/** Whoever had it meanwhile may have acted: nothing of this work may be written. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

export function keyLease(id: Fingerprint): string {
  return `key ${id}`;
}

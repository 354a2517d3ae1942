import type { Exposure } from './exposure.ts';
import type { Finding, RuleFacts, ServiceId } from './finding.ts';
import type { Place } from './place.ts';
import type { Fingerprint, Secret } from './secret.ts';
import type { Usable } from './verdict.ts';

/**
 * What the policy wants done.
 * `burn`: contain where that can be undone, then revoke. `contain`: only what can be undone. `ask`: a person decides.
 * `notify`: tell, touch nothing. `block`: it has not left the machine, keep it so. `leave`: nothing to do.
 */
export type Act = 'burn' | 'contain' | 'ask' | 'notify' | 'block' | 'leave';

export interface Decision {
  readonly act: Act;
  /** Why, for a person: `public and live (policy: default)`. */
  readonly because: string;
}

/** One distinct secret of a run, with every place that it was seen in. */
export interface Case {
  readonly id: Fingerprint;
  /** The first sighting in stable order. */
  readonly finding: Finding;
  readonly place: Place;
  readonly otherPlaces: readonly Place[];
  /** Rules that claim it in other places than the one that stands for it: what is near decides, too. By name. */
  readonly otherRules?: readonly RuleFacts[];
}

declare const orderBrand: unique symbol;
/**
 * Permission to revoke one key. Only `decide`'s `order()` makes one, and it takes nothing but a usable verdict and a
 * decision to burn or contain: the compiler keeps every other verdict out of revoke/.
 */
export interface RevokeOrder {
  readonly [orderBrand]: true;
  readonly id: Fingerprint;
  readonly service: ServiceId;
  readonly secret: Secret;
  readonly parts: Readonly<Record<string, Secret>>;
  readonly verdict: Usable;
  readonly exposure: Exposure;
  readonly act: 'burn' | 'contain';
  readonly because: string;
  /** Where it was found; the issuer's next 401 may name it. */
  readonly place: Place;
  /** How much harm it does while it lives: of many, the higher goes first. */
  readonly radius: number;
}

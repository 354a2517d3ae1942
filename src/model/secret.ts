// The law of this file: a secret never leaves by accident. Whatever prints, serialises or inspects a Secret
// gets its masked preview. The one way to the characters is `reveal`, which model/index.ts does not export:
// it has a door of its own, model/reveal.ts, and the architecture test says who may open it.

import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';

declare const fingerprintBrand: unique symbol;
/** 64 lower-case hex digits: HMAC-SHA-256, under the project's fingerprint key, of the SHA-256 of the secret's UTF-8 bytes. */
export type Fingerprint = string & { readonly [fingerprintBrand]: true };

/** What may be shown of a secret: how many characters at its start (a public prefix) and at its end. */
export interface Shown {
  readonly start: number;
  readonly end: number;
}

const NOTHING: Shown = { start: 0, end: 0 };
// Below this length even four characters say too much about the rest.
const SHORTEST_WITH_ENDING = 20;

let open: (secret: Secret) => string;
let shownOf: (secret: Secret) => Shown;

export class Secret {
  readonly #value: string;
  readonly #shown: Shown;

  static {
    open = (secret) => secret.#value;
    shownOf = (secret) => secret.#shown;
  }

  /**
   * @param value the characters as found, decoded
   * @param shown what a report may show; a rule allows its literal prefix, and four last characters of long tokens
   */
  constructor(value: string, shown: Shown = NOTHING) {
    this.#value = value;
    const long = value.length >= SHORTEST_WITH_ENDING;
    this.#shown = { start: Math.min(shown.start, value.length >> 1), end: long ? Math.min(shown.end, 4) : 0 };
  }

  /** Number of UTF-16 code units. */
  get length(): number {
    return this.#value.length;
  }

  /** A masked form for people: `ghp_…a1B2` or `…(12)`; never enough to use, always enough to recognise. */
  get preview(): string {
    const { start, end } = this.#shown;
    const head = this.#value.slice(0, start).replace(/[^\x21-\x7e]/g, '?');
    const tail = end > 0 ? this.#value.slice(-end).replace(/[^\x21-\x7e]/g, '?') : `(${this.#value.length})`;
    return `${head}…${tail}`;
  }

  toString(): string {
    return this.preview;
  }

  toJSON(): string {
    return this.preview;
  }

  [Symbol.toPrimitive](): string {
    return this.preview;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `Secret(${this.preview})`;
  }
}

/** The characters themselves. Import it from model/reveal.ts, in services/ and action/ only. */
export function reveal(secret: Secret): string {
  return open(secret);
}

/** A secret between two threads of this process; see model/handover.ts. */
export interface PackedSecret {
  readonly bytes: Uint8Array;
  readonly shown: Shown;
}

export function packSecret(secret: Secret): PackedSecret {
  return { bytes: Buffer.from(open(secret), 'utf8'), shown: shownOf(secret) };
}

export function unpackSecret(packed: PackedSecret): Secret {
  return new Secret(Buffer.from(packed.bytes).toString('utf8'), packed.shown);
}

/**
 * A key that fingerprints are made under. It prints as nothing, like the secrets that it protects.
 *
 * A fingerprint is made of the secret's SHA-256, so that whoever reports a key by that hash alone names the same incident as a scan
 * that has read the key: there is one name, nothing joins two, and nothing more is stored. It is no easier to turn back than an HMAC of
 * the characters themselves: without the key it says nothing (an HMAC's output looks random whatever its message is), and with the
 * key each guess at a weak secret costs one SHA-256 more.
 */
export class FingerprintKey {
  /** Made once: an HMAC takes a sixth of the time with it. */
  readonly #key: KeyObject;
  readonly #seen = new WeakMap<Secret, Fingerprint>();

  /** @param bytes 16 bytes or more */
  constructor(bytes: Uint8Array) {
    if (bytes.length < 16) throw new RangeError('a fingerprint key has 16 bytes or more');
    this.#key = createSecretKey(bytes);
  }

  /** The stable, irreversible name of a secret: equal secrets have equal fingerprints under one key. */
  fingerprint(secret: Secret): Fingerprint {
    const known = this.#seen.get(secret);
    if (known) return known;
    const made = this.fingerprintOf(hash('sha256', open(secret), 'hex'));
    this.#seen.set(secret, made);
    return made;
  }

  /**
   * The same name, for a secret of which no more than the plain SHA-256 of its UTF-8 bytes is known.
   * @param sha256 64 lower-case hex digits, or the 32 bytes
   */
  fingerprintOf(sha256: string | Uint8Array): Fingerprint {
    const hex = typeof sha256 === 'string' ? sha256 : Buffer.from(sha256).toString('hex');
    if (!/^[0-9a-f]{64}$/.test(hex)) throw new RangeError('a SHA-256 has 32 bytes');
    return this.#mac(`sha256:${hex}`) as Fingerprint;
  }

  /** 64 hex digits for a purpose of keyburn's own; no secret, and no hash that anybody reports, has them as its name. */
  derived(purpose: string): string {
    return this.#mac(`keyburn: ${purpose}`);
  }

  #mac(message: string): string {
    return createHmac('sha256', this.#key).update(message, 'utf8').digest('hex');
  }

  toJSON(): string {
    return 'FingerprintKey';
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return 'FingerprintKey';
  }
}

/** Reads a fingerprint that a person or a file gave: 64 hex digits, else undefined. */
export function parseFingerprint(text: string): Fingerprint | undefined {
  return /^[0-9a-f]{64}$/.test(text) ? (text as Fingerprint) : undefined;
}

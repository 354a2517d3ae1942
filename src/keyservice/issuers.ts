// The issuers whose keys a leak report may burn: the embedded service, and whatever connectors the operator set up. The law
// of this interface: `dead` is said only after the issuer itself, asked again, says so; what could not be learned is `later`; and the
// intent is on disk before the act, so that whoever is killed in between knows at the next start whose work a dead key was.

import type { FoundAt, Reporter } from './record.ts';

/** One leaked key, on its way to the issuer that it may belong to. */
export interface Leak {
  /** SHA-256 of the key's UTF-8 bytes; the issuer's own `digest` of it where it has one. */
  readonly hash: Uint8Array;
  /** The key itself: only for an issuer that needs it. */
  readonly key?: string | undefined;
  readonly by: Reporter;
  readonly foundAt: FoundAt;
  /** RFC 3339. */
  readonly foundTime: string;
  readonly attempt: Attempt;
}

/** How far the tries at one report have come. */
export interface Attempt {
  /** An earlier try found the key alive and began to end it: whoever finds it dead now finds that try's work, or must take it for that. */
  readonly begun: boolean;
  /** To be called when the key is known to live, or cannot be asked about, before anything is changed. On disk when it returns. */
  readonly begin: () => void;
}

/** What an issuer tells of its key, for whoever is told of its end. */
export interface About {
  /** Masked. */
  readonly preview: string;
  readonly environment: 'live' | 'test';
  readonly owner: string | null;
  /** RFC 3339. */
  readonly lastUsedAt: string | null;
}

export type Burned =
  /** Proved. `changed` is false where it had been dead before; `own`, where it was an earlier try at this very report that ended it. */
  | {
      readonly state: 'dead';
      readonly changed: boolean;
      readonly own?: boolean;
      readonly note: string;
      readonly keyId?: string;
      readonly about?: About;
    }
  | { readonly state: 'not-ours'; readonly note: string }
  /** Not reached, throttled, or not dead so far: asked again later. */
  | { readonly state: 'later'; readonly note: string }
  /** A person has to say yes first: asked again now and then, until one has. */
  | { readonly state: 'waits'; readonly note: string }
  /** No program can finish it. */
  | { readonly state: 'person'; readonly note: string };

export interface Issuer {
  /** Kebab-case; stands in logs and in the queue. */
  readonly id: string;
  /** What burning takes. Of an issuer that needs the `hash` alone no key is kept, not even for a moment. */
  readonly needs: 'hash' | 'key';
  /**
   * How it hashes a key, where that is not plain SHA-256: with a pepper, say. Taken when the key comes in, so that the key need not be
   * kept; a report that brings no more than the SHA-256 cannot be put to this issuer.
   */
  readonly digest?: (key: string) => Uint8Array;
  /** The shape of its keys: what does not fit is neither kept for it nor sent to it. Must be there where it needs the key. */
  readonly pattern?: RegExp;
  /** Which of these it has issued, in the same order; absent where it cannot tell at once. */
  readonly knows?: (hashes: readonly Uint8Array[]) => Promise<readonly boolean[]>;
  readonly burn: (leak: Leak) => Promise<Burned>;
  /** Several at once, in the same order, where that costs no more than one. */
  readonly burnMany?: (leaks: readonly Leak[]) => Promise<readonly Burned[]>;
  readonly close?: () => Promise<void>;
}

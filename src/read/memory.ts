import type { Sink } from '../model/index.ts';
import type { Recall } from './pack/index.ts';

/** Small files that are kept between runs. A name is a name only; what comes back is judged by who asked. */
export interface Shelf {
  get(name: string): Buffer | undefined;
  put(name: string, bytes: Uint8Array): void;
}

/** What is remembered between runs. No secret is: an object that had one is read again. */
export interface Memory {
  readonly shelf: Shelf;
  /** What is known of one store of objects. */
  recall(store: KnownStore): Promise<Recall>;
}

export interface KnownStore {
  /** How origins name the repository. */
  readonly repository: string;
  /** The same for the same store, whichever way it was named. */
  readonly store: string;
  /** Shows these objects to a sink, whole. */
  reread(oids: readonly string[], sink: Sink): Promise<void>;
}

import type { Notice } from './notice.ts';
import type { ToldKind } from './outbox.ts';

/** One message on its way to one channel. */
export interface Letter {
  /** Stable over retries: `msg_` and 32 hex digits. */
  readonly id: string;
  readonly incident: string;
  readonly notice: Notice;
}

/** What came of one try. `why` holds neither an address nor a credential. */
export type Delivery =
  | { readonly outcome: 'delivered' }
  | {
      readonly outcome: 'refused';
      readonly why: string;
      readonly passing: boolean;
      readonly retryAfterMs?: number;
    };

export interface Channel {
  readonly name: string;
  readonly kinds: ReadonlySet<ToldKind>;
  deliver(letter: Letter, signal: AbortSignal): Promise<Delivery>;
}

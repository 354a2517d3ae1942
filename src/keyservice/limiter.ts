/**
 * Counts refused keys by address, in windows of a minute. It keeps noise out of logs and work off the store; guessing is
 * hopeless at 190 bits. A right key is let in however many wrong ones came from the same address, so nobody behind a
 * shared address can lock others out; and a key that this service knows to be dead is never counted, so its owner gets
 * the whole story however often the forgotten program calls.
 */
export class FailureLimiter {
  readonly #most: number;
  readonly #now: () => Date;
  readonly #counts = new Map<string, number>();
  #window = -1;

  /** @param most failures in a minute from one address */
  constructor(most: number, now: () => Date) {
    this.#most = most;
    this.#now = now;
  }

  /** Counts one failure; seconds to wait where it is one too many. */
  fail(address: string): number | undefined {
    const now = this.#now().getTime();
    const window = Math.floor(now / 60_000);
    if (window !== this.#window || this.#counts.size > MOST_ADDRESSES) {
      this.#window = window;
      this.#counts.clear();
    }
    const count = (this.#counts.get(address) ?? 0) + 1;
    this.#counts.set(address, count);
    return count > this.#most ? Math.max(1, Math.ceil(((window + 1) * 60_000 - now) / 1000)) : undefined;
  }
}

/** Counts requests in windows of a minute: by address, and all together. */
export class RateLimiter {
  readonly #each: FailureLimiter;
  readonly #all: FailureLimiter;

  constructor(most: { readonly each: number; readonly all: number }, now: () => Date) {
    this.#each = new FailureLimiter(most.each, now);
    this.#all = new FailureLimiter(most.all, now);
  }

  /** Seconds to wait where this one is too many. One address alone cannot use up what is there for all. */
  take(address: string): number | undefined {
    return this.#each.fail(address) ?? this.#all.fail('all');
  }
}

// Bounds the memory that a flood from many addresses can take.
const MOST_ADDRESSES = 50_000;

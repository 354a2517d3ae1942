/** Where consoles, runners and log drivers break lines. */
const KNOWN: ReadonlySet<number> = new Set([
  80, 100, 120, 128, 132, 160, 200, 240, 250, 255, 256, 500, 511, 512, 1000, 1023, 1024, 2000, 2047, 2048,
  4000, 4095, 4096, 8000, 8191, 8192, 10_000, 16_000, 16_383, 16_384, 32_767, 32_768, 65_535, 65_536,
]);
/** Shorter lines end where their author ended them. */
const SHORTEST = 72;

/**
 * Guesses where a log breaks its lines: at the longest that a line has had so far, if it is a width that is known for that or
 * two lines have had it.
 */
export class Limit {
  #longest = 0;
  #times = 0;

  /** @returns whether a line of so many bytes may have been broken */
  isFull(length: number): boolean {
    if (length > this.#longest) {
      this.#longest = length;
      this.#times = 1;
    } else if (length === this.#longest) this.#times += 1;
    return length === this.#longest && length >= SHORTEST && (this.#times > 1 || KNOWN.has(length));
  }
}

/** Where consoles, runners and log drivers break lines. */
const KNOWN: ReadonlySet<number> = new Set([
  80, 100, 120, 128, 132, 160, 200, 240, 250, 255, 256, 500, 511, 512, 1000, 1023, 1024, 2000, 2047, 2048,
  4000, 4095, 4096, 8000, 8191, 8192, 10_000, 16_000, 16_383, 16_384, 32_767, 32_768, 65_535, 65_536,
]);
const NEWLINE = 0x0a;
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

/** So many lines at the limit leave no doubt. */
const MANY = 16;

/** Whether a text has so many lines of one length, and none that is longer, that they must have been broken. */
export function isBroken(bytes: Uint8Array): boolean {
  let longest = 0;
  let times = 0;
  for (let at = 0; ; ) {
    const newline = bytes.indexOf(NEWLINE, at);
    if (newline < 0) break;
    const length = newline - at;
    if (length > longest) {
      longest = length;
      times = 1;
    } else if (length === longest) times += 1;
    at = newline + 1;
  }
  return longest >= SHORTEST && times >= MANY;
}

/** A byte string that the rules anchor on. */
export interface Literal {
  readonly bytes: Uint8Array;
  /** ASCII case-insensitive. `bytes` are in lower case then. */
  readonly fold: boolean;
  /** 16: counts only inside a run of 16 or more of `A-Za-z0-9_-+/=.`; 0: everywhere. */
  readonly run: 0 | 16;
}

export interface Kernel {
  /**
   * Every occurrence of a literal that starts in [from, to); it may end behind `to`, and a run is measured over all of
   * `bytes`. Overlapping occurrences all count.
   * @returns pairs of position and index of the literal, sorted by position, then index
   */
  scan(bytes: Uint8Array, from: number, to: number): Int32Array;
}

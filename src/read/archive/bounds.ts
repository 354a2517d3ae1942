// An archive is a stranger's word on how much there is to read. The law: every bound that stops reading is said, and what is
// held in memory never depends on what an archive claims.

export interface Limits {
  /** Members of an archive, and of all archives in it. */
  readonly members: number;
  /** Bytes that they unpack to, together. */
  readonly bytes: number;
  /** Unpacked bytes for each packed one, once `free` have been unpacked: text packs 10 to 1, zeros 1000 to 1. */
  readonly ratio: number;
  readonly free: number;
  /** Archives in archives in archives. */
  readonly depth: number;
  /** A zip in an archive has its directory at its end, so it is held in memory. */
  readonly held: number;
  readonly seconds: number;
}

export const LIMITS: Limits = {
  members: 200_000,
  bytes: 16 * 1024 ** 3,
  ratio: 300,
  free: 256 * 1024 ** 2,
  depth: 8,
  held: 64 * 1024 ** 2,
  seconds: 1800,
};

/** Nothing more is read of an archive, and why. */
export class TooMuch extends Error {}

/** What has been read of one archive on disk, and all that is nested in it. */
export class Spent {
  readonly limits: Limits;
  readonly #packed: number;
  readonly #until: number;
  #over = false;
  #members = 0;
  #bytes = 0;

  /** @param packed size of the archive; Infinity where nobody knows it */
  constructor(packed: number, limits: Limits = LIMITS) {
    this.limits = limits;
    this.#packed = Math.max(1, packed);
    this.#until = performance.now() + limits.seconds * 1000;
  }

  /** A bound has been reached. */
  get over(): boolean {
    return this.#over;
  }

  /** @throws TooMuch */
  member(): void {
    this.#members += 1;
    if (this.#members > this.limits.members) this.#stop(`it has more than ${this.limits.members} members`);
    this.#inTime();
  }

  /** @throws TooMuch */
  unpacked(bytes: number): void {
    this.#bytes += bytes;
    const { limits } = this;
    if (this.#bytes > limits.bytes) this.#stop(`it unpacks to more than ${limits.bytes} bytes`);
    if (this.#bytes > limits.free && this.#bytes / this.#packed > limits.ratio)
      this.#stop(`it unpacks to more than ${limits.ratio} times its size: a bomb`);
    this.#inTime();
  }

  #inTime(): void {
    if (performance.now() > this.#until) this.#stop(`it takes longer than ${this.limits.seconds} seconds`);
  }

  #stop(why: string): never {
    this.#over = true;
    throw new TooMuch(why);
  }
}

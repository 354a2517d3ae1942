/** One member, to be read to its end or not at all. */
export interface Member {
  readonly name: string;
  /** What keeps it from being read. */
  readonly closed?: string;
  open(): Promise<AsyncIterable<Uint8Array>>;
}

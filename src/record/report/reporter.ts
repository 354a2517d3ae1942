import type { Entry, Summary } from '../../model/index.ts';

/** Where a report goes to. */
export interface Out {
  write(text: string): void;
}

/** Keeps the order in which entries come. `finish` once, at the end, also where nothing was found. */
export interface Reporter {
  entry(entry: Entry): void;
  finish(summary: Summary): void;
}

export interface ReportOptions {
  /** Only where the reader is a terminal that wants it. */
  readonly colour: boolean;
  /** The command that does the same again, for advice: `keyburn scan .`. */
  readonly rerun?: string;
  /** Entries are wanted at once, in the order in which they come: a stream may never end. */
  readonly streaming?: boolean;
  /** keyburn's own version, for SARIF. */
  readonly version?: string;
  /** SARIF's name for this kind of run; it ends with a slash. */
  readonly category?: string;
  /** Which findings are failures in JUnit. */
  readonly failOn?: 'live' | 'any' | 'none';
}

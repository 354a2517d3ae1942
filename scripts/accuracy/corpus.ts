// Labelled cases: what a scan of them must say, and what it must not.

/** Lines of a file that hold a secret (T) or look like it (F). */
export interface Label {
  readonly start: number;
  readonly end: number;
  readonly label: 'T' | 'F';
  readonly category: string;
  readonly tier?: string;
}

export interface LabelledCase {
  readonly id: string;
  readonly source: string;
  /** Other sources that have the same text. */
  readonly also?: readonly string[];
  readonly path: string;
  /** The folders around it, where its source has some. */
  readonly dir?: string;
  readonly text: string;
  readonly expect: 'secret' | 'clean';
  readonly provider: string;
  /** Of clean cases: is nothing to be reported, or not by the source's own rule alone? */
  readonly strength: 'global' | 'rule';
  /** A stand-in, or a wrong checksum: left out. */
  readonly weak?: string;
  readonly labels?: readonly Label[];
  /** How many lines hold a secret, where nobody wrote down which. */
  readonly count?: number;
}

export function parseCorpus(text: string): LabelledCase[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as LabelledCase);
}

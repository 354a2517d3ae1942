import type { Doubt } from '../model/index.ts';
import type { Compiled } from './compile.ts';

/** A match that passed its own rule's conditions, before rules compete for the same bytes. Offsets are in the chunk's bytes. */
export interface Candidate {
  readonly by: Compiled;
  /** Where the literal starts that it was found at. */
  readonly anchor: number;
  /** Length of that literal. */
  readonly literal: number;
  /** The secret as it stands. */
  readonly start: number;
  readonly end: number;
  /** Decoded. */
  readonly value: string;
  readonly parts: Readonly<Record<string, string>>;
  readonly doubt: Doubt | undefined;
}

import { NEAR } from '../model/index.ts';
import type { Candidate } from './candidate.ts';
import type { Text } from './text.ts';

const NEWLINE = 10;

/**
 * Does a line that the secret stands on carry `keyburn:allow`, in a comment of any kind? Looks no further from the anchor than
 * the rule does, and NEAR bytes at least.
 */
export function isAllowed(text: Text, { anchor, start, end, by }: Candidate): boolean {
  const reach = Math.max(NEAR, by.reach);
  const from = Math.max(0, anchor - reach, text.lastIndexOf(NEWLINE, start - 1) + 1);
  const newline = text.indexOf(NEWLINE, end);
  const to = Math.min(text.bytes.length, anchor + reach, newline === -1 ? text.bytes.length : newline);
  const around = `${text.slice(from, Math.max(from, start))}\n${text.slice(Math.min(end, to), to)}`;
  return /(?<![\w:-])keyburn:allow(?![\w-])/.test(around);
}

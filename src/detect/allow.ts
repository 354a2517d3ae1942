import { NEAR } from '../model/index.ts';
import type { Candidate } from './candidate.ts';
import type { Text } from './text.ts';

/**
 * Does a line that the secret stands on carry `keyburn:allow`, in a comment of any kind? Looks no further from the anchor than
 * the rule does, and NEAR bytes at least.
 */
export function isAllowed(text: Text, { anchor, start, end, by }: Candidate): boolean {
  const reach = Math.max(NEAR, by.reach);
  const from = Math.max(0, anchor - reach);
  const to = Math.min(text.bytes.length, anchor + reach);
  const before = from < start ? text.slice(from, start) : '';
  const behind = end < to ? text.slice(end, to) : '';
  const line = `${before.slice(before.lastIndexOf('\n') + 1)}\n${behind.split('\n', 1)[0] ?? ''}`;
  return /(?<![\w:-])keyburn:allow(?![\w-])/.test(line);
}

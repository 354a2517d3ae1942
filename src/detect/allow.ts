import { NEAR } from '../model/index.ts';
import type { Text } from './text.ts';

const NEWLINE = 10;

/** Does a line that the secret stands on carry `keyburn:allow`, in a comment of any kind, within NEAR bytes of it? */
export function isAllowed(text: Text, start: number, end: number): boolean {
  const from = Math.max(0, start - NEAR, text.lastIndexOf(NEWLINE, start - 1) + 1);
  const newline = text.indexOf(NEWLINE, end);
  const to = Math.min(text.bytes.length, end + NEAR, newline === -1 ? text.bytes.length : newline);
  return /(?<![\w:-])keyburn:allow(?![\w-])/.test(`${text.slice(from, start)}\n${text.slice(end, to)}`);
}

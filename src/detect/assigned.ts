import { isSecretValue } from './assigned-value.ts';
import { assignmentAt } from './assignment.ts';
import type { Anchor } from './compile.ts';
import type { Matched } from './match.ts';
import type { Text } from './text.ts';

const SCHEME = /^(?:bearer|basic|token|api-?key|ssws|bot|oauth)\s+/i;

/** The value of the assignment whose name holds the anchor. */
export function assignedAt(text: Text, anchor: Anchor, at: number): Matched | undefined {
  const { by, literal } = anchor;
  const { bytes } = text;
  const length = literal.bytes.length;
  const assigned = assignmentAt(bytes, at, length, Math.min(bytes.length, at + by.reach));
  if (assigned === undefined) return undefined;
  const { nameStart, nameEnd, end } = assigned;
  // `Authorization: "Bearer …"`: the scheme is no part of the key.
  const start = assigned.start + (SCHEME.exec(text.slice(assigned.start, end))?.[0].length ?? 0);
  const value = text.slice(start, end);
  // A specific rule says itself what its value looks like.
  if (by.rule.generic || by.whole === undefined) {
    const word = { from: at - nameStart, to: at - nameStart + length };
    const name = text.slice(nameStart, nameEnd);
    if (!isSecretValue(assigned, name, word, value, by.rule.randomness !== false)) return undefined;
  }
  if (by.whole === undefined) return { start, end };
  const [from, to] = by.whole.exec(value)?.indices?.groups?.secret ?? [];
  return from === undefined || to === undefined ? undefined : { start: start + from, end: start + to };
}

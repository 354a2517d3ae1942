import { isSecretValue } from './assigned-value.ts';
import { type Assigned, assignmentAt, nameEndOf, nameStartOf } from './assignment.ts';
import type { Anchor } from './compile.ts';
import { namesSecret } from './key-name.ts';
import { LOOSE_LENGTH, type Matched } from './match.ts';
import type { Text } from './text.ts';

const SCHEME = /^(?:bearer|basic|token|api-?key|ssws|bot|oauth)\s+/i;
/** Its longest word. */
const SCHEME_WORD = 7;

const MACHINE = 1;
const SPACE = 2;
const DIGIT = 4;
/** More than a name or a number could have. */
const SIGN = 8;

/** As assigned-value.ts judges characters. */
const KIND = Uint8Array.from({ length: 256 }, (_, byte) => {
  const char = String.fromCharCode(byte);
  return (
    (/[\w+/=.~:%@$!&*#-]/.test(char) ? MACHINE : 0) |
    (/[\s\0]/.test(char) ? SPACE : 0) |
    (/\d/.test(char) ? DIGIT : 0) |
    (/[^A-Za-z0-9_.]/.test(char) ? SIGN : 0)
  );
});

/** The value of the assignment whose name holds the anchor. */
export function assignedAt(text: Text, anchor: Anchor, at: number): Matched | undefined {
  const { by, literal } = anchor;
  const { bytes } = text;
  const length = literal.bytes.length;
  const to = Math.min(bytes.length, at + by.reach);
  const machine = by.rule.randomness !== false;
  // A specific rule says itself what its value looks like.
  const judged = by.rule.generic || by.whole === undefined;
  // Asked before the value is looked for, since it costs the least.
  if (judged && !isNamed(bytes, at, length, to)) return undefined;
  const assigned = assignmentAt(bytes, at, length, to);
  if (assigned === undefined || (judged && isHopeless(bytes, assigned, machine))) return undefined;
  if (judged && isFilledLater(bytes, assigned.start)) return undefined;
  const { nameStart, nameEnd, end } = assigned;
  // `Authorization: "Bearer …"`: the scheme is no part of the key.
  const start = assigned.start + (machine ? schemeOf(text, assigned) : 0);
  const value = text.slice(start, end);
  // Asked before the pattern, which most values fit.
  if (judged) {
    const word = { from: at - nameStart, to: at - nameStart + length };
    if (!isSecretValue(assigned, text.slice(nameStart, nameEnd), word, value, machine)) return undefined;
  }
  if (by.whole === undefined) return { start, end };
  const [first, last] = by.whole.exec(value)?.indices?.groups?.secret ?? [];
  return first === undefined || last === undefined ? undefined : { start: start + first, end: start + last };
}

/** Does the name that holds the anchor name a secret? */
function isNamed(bytes: Uint8Array, at: number, length: number, to: number): boolean {
  return namesSecret(bytes, nameStartOf(bytes, at), nameEndOf(bytes, at + length, to), at, at + length);
}

/** `{{ … }}`: a template's own word for what will stand there. */
function isFilledLater(bytes: Uint8Array, start: number): boolean {
  let at = start - 1;
  while (bytes[at] === 32) at--;
  return bytes[at] === 123 && bytes[at - 1] === 123;
}

/** Length of the scheme that the value begins with. */
function schemeOf(text: Text, { start, end }: Assigned): number {
  const word = spaceIn(text.bytes, start, Math.min(end, start + SCHEME_WORD + 1));
  return word === -1 ? 0 : (SCHEME.exec(text.slice(start, end))?.[0].length ?? 0);
}

/** Nothing that isSecretValue would take, told from the bytes: most values are. */
function isHopeless(bytes: Uint8Array, assigned: Assigned, machine: boolean): boolean {
  const { start, end, quoted, literal, loose } = assigned;
  const length = end - start;
  if ((machine && length < 8) || (loose && (!machine || length < LOOSE_LENGTH))) return true;
  const wild = quoted && length >= 16;
  let kinds = 0;
  for (let at = start; at < end; at++) {
    const kind = KIND[bytes[at] as number] as number;
    // Behind the first word there is a blank, or a scheme's word is too long: no value has one.
    if ((kind & SPACE) !== 0) return at - start > SCHEME_WORD;
    if (machine && !wild && (kind & MACHINE) === 0) return true;
    kinds |= kind;
  }
  if ((kinds & DIGIT) !== 0) return false;
  return loose || (!quoted && !literal && (kinds & SIGN) === 0);
}

function spaceIn(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from; at < to; at++) if (((KIND[bytes[at] as number] as number) & SPACE) !== 0) return at;
  return -1;
}

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
  const length = literal.bytes.length;
  const to = Math.min(text.bytes.length, at + by.reach);
  const machine = by.rule.randomness !== false;
  // A specific rule says itself what its value looks like.
  const judged = by.rule.generic || by.whole === undefined;
  const value = judged ? judgedAt(text, at, length, to, machine) : plainAt(text, at, length, to, machine);
  if (value === undefined || by.whole === undefined) return value;
  const { start, end } = value;
  const [from, until] = by.whole.exec(text.slice(start, end))?.indices?.groups?.secret ?? [];
  return from === undefined || until === undefined ? undefined : { start: start + from, end: start + until };
}

/** The value, where it is a secret. */
function judgedAt(text: Text, at: number, length: number, to: number, machine: boolean): Matched | undefined {
  const known = text.judged;
  if (known?.at === at && known.length === length && known.to === to && known.machine === machine)
    return known.value;
  const value = judge(text, at, length, to, machine);
  text.judged = { at, length, to, machine, value };
  return value;
}

function judge(text: Text, at: number, length: number, to: number, machine: boolean): Matched | undefined {
  const { bytes } = text;
  // Asked before the value is looked for, since it costs the least.
  if (!isNamed(bytes, at, length, to)) return undefined;
  const assigned = assignmentAt(bytes, at, length, to);
  if (assigned === undefined || isHopeless(bytes, assigned, machine)) return undefined;
  if (isFilledLater(bytes, assigned.start)) return undefined;
  const { nameStart, nameEnd } = assigned;
  const value = withoutScheme(text, assigned, machine);
  const word = { from: at - nameStart, to: at - nameStart + length };
  // Asked before the pattern, which most values fit.
  const said = text.slice(value.start, value.end);
  return isSecretValue(assigned, text.slice(nameStart, nameEnd), word, said, machine) ? value : undefined;
}

/** Any value. */
function plainAt(text: Text, at: number, length: number, to: number, machine: boolean): Matched | undefined {
  const assigned = assignmentAt(text.bytes, at, length, to);
  return assigned && withoutScheme(text, assigned, machine);
}

/** `Authorization: "Bearer …"`: the scheme is no part of the key. */
function withoutScheme(text: Text, assigned: Assigned, machine: boolean): Matched {
  return { start: assigned.start + (machine ? schemeOf(text, assigned) : 0), end: assigned.end };
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

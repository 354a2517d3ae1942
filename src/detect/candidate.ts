import type { Doubt } from '../model/index.ts';
import { assignedAt } from './assigned.ts';
import { endsEscape } from './boundary.ts';
import { judgeChecksum } from './checksum.ts';
import type { Anchor, Compiled } from './compile.ts';
import { isDigest, isInBlob, isNameInBase64 } from './digest.ts';
import { decodeAround, type EncodedLiteral } from './encoded.ts';
import { furtherAt, isHopeless, type Matched, matchAt } from './match.ts';
import { isOtherKind, isPlaceholder, isStandIn, isWalk } from './placeholder.ts';
import { isPublished } from './published.ts';
import { isNoWord, looksRandom } from './randomness.ts';
import { isSaidUser } from './said-user.ts';
import { Text } from './text.ts';

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

/** Where `near` words count, in bytes from the anchor. */
const NEAR_WORDS = 256;

function overlaps(own: Matched, start: number, end: number): boolean {
  return start < own.end && own.start < end;
}

/** The other halves near an anchor; undefined where a required one is missing. */
function partsNear(text: Text, by: Compiled, at: number, own: Matched): Record<string, string> | undefined {
  const parts: Record<string, string> = {};
  for (const part of by.parts) {
    const from = Math.max(0, at - part.within);
    const window = text.slice(from, Math.min(text.bytes.length, at + part.within));
    part.pattern.lastIndex = 0;
    let nearest: { value: string; distance: number } | undefined;
    for (let match = part.pattern.exec(window); match !== null; match = part.pattern.exec(window)) {
      const [start, end] = match.indices?.groups?.secret ?? [];
      if (
        start !== undefined &&
        end !== undefined &&
        end > start &&
        !overlaps(own, from + start, from + end)
      ) {
        const distance = Math.abs(from + start - at);
        if (nearest === undefined || distance < nearest.distance)
          nearest = { value: text.decode(from + start, from + end), distance };
      }
      part.pattern.lastIndex = Math.max(match.index + 1, part.pattern.lastIndex);
    }
    if (nearest !== undefined) parts[part.name] = nearest.value;
    else if (part.required) return undefined;
  }
  return parts;
}

/** Not a stand-in, and random where the rule asks for that: judged without the literals, which are the same in every key. */
function isPlausible(by: Compiled, value: string): boolean {
  const { rule } = by;
  const named = rule.randomness === 'no-word';
  // Asked before all else, since it costs the least.
  if (named && !/\d/.test(value)) return false;
  // A checksum or a long text with a form of its own says more than words in it.
  const formless =
    rule.generic && rule.checksum === undefined && value.length <= 256 && !value.startsWith('-----');
  if (formless && ((!named && isPlaceholder(value)) || isOtherKind(value))) return false;
  const body = by.literals.reduce((rest, literal) => rest.replace(literal.text, ''), value);
  // Blanks are how a text of several lines is set in.
  if (isStandIn(body.replace(/\s+/g, ''))) return false;
  if (named) return /\d/.test(body) && (isNoWord(body) || isWalk(body));
  // Letters of one case are what words of any language are made of.
  const strict = rule.generic || /^(?:[a-z]+|[A-Z]+)$/.test(body);
  return !rule.randomness || (strict ? looksRandom(body) : isNoWord(body));
}

/** May a person have chosen what the rule finds? */
function isChosen(rule: Compiled['rule']): boolean {
  return rule.generic && rule.checksum === undefined && (rule.randomness ?? false) === false;
}

function isInWord(bytes: Uint8Array, start: number): boolean {
  const before = bytes[start - 1] ?? 0;
  return isLetter(before) && isLetter(bytes[start] ?? 0) && !endsEscape(bytes, start);
}

function isLetter(byte: number): boolean {
  return (byte | 32) >= 97 && (byte | 32) <= 122;
}

/** `givenSelection_whenItIsSorted_…`: a prefix that a longer word happens to hold, and words behind it. */
function isWords(by: Compiled, value: string): boolean {
  if (by.rule.generic || by.rule.checksum !== undefined) return false;
  return !isNoWord(by.literals.reduce((rest, literal) => rest.replace(literal.text, ''), value));
}

/** Adds what a rule claims at one of its anchors, where that is not hopeless (match.ts). */
export function candidatesAt(text: Text, anchor: Anchor, at: number, into: Candidate[]): void {
  if (anchor.encoded !== undefined) {
    const found = encodedAt(text, anchor, anchor.encoded, at);
    if (found) into.push(found);
    return;
  }
  const matched = matchedAt(text, anchor, at);
  if (matched === undefined) return;
  const candidate = judged(text, anchor, at, matched);
  if (candidate) into.push(candidate);
  for (const next of furtherAt(text, anchor, at, matched)) {
    const another = judged(text, anchor, at, next);
    if (another) into.push(another);
  }
}

function matchedAt(text: Text, anchor: Anchor, at: number): Matched | undefined {
  return anchor.by.rule.value === undefined ? matchAt(text, anchor, at) : assignedAt(text, anchor, at);
}

function judged(text: Text, anchor: Anchor, at: number, matched: Matched): Candidate | undefined {
  const { by, literal } = anchor;
  const { rule } = by;
  if (by.near) {
    const from = Math.max(0, at - NEAR_WORDS);
    if (!by.near.test(text.slice(from, Math.min(text.bytes.length, at + NEAR_WORDS)))) return undefined;
  }
  const { start, end } = matched;
  const [least, most] = [Math.max(0, at - by.reach), Math.min(text.bytes.length, at + by.reach)];
  // What a literal begins is no digest, whatever stands before it.
  if (start !== at && isDigest(text, start, end, least, most)) return undefined;
  if (isInBlob(text.bytes, start, end, least, most)) return undefined;
  const named = at + literal.bytes.length <= start || at >= end;
  if (named && isNameInBase64(text.bytes, at, least)) return undefined;
  const value = text.decode(start, end);
  if (isInWord(text.bytes, start) && isWords(by, value)) return undefined;
  if (!(rule.value !== undefined && rule.generic) && !isPlausible(by, value)) return undefined;
  if (isChosen(rule) && isSaidUser(text, value, start, end, least, most)) return undefined;
  const parts = partsNear(text, by, at, matched);
  if (parts === undefined) return undefined;
  const checked = rule.checksum === undefined ? 'holds' : judgeChecksum(rule.checksum, value);
  if (checked === 'other' || isPublished(value)) return undefined;
  const doubt = checked === 'malformed' ? checked : rule.services.length > 1 ? 'ambiguous' : undefined;
  return { by, anchor: at, literal: literal.bytes.length, ...matched, value, parts, doubt };
}

/** A key inside base64: matched in the decoded text; it stands where the digits that hold it stand. */
function encodedAt(text: Text, anchor: Anchor, encoded: EncodedLiteral, at: number): Candidate | undefined {
  const decoded = decodeAround(text.bytes, at, encoded, anchor.by.reach);
  if (decoded === undefined) return undefined;
  if (isHopeless(decoded.bytes, anchor, decoded.anchor)) return undefined;
  const plain = new Text(decoded.bytes);
  const matched = matchedAt(plain, anchor, decoded.anchor);
  const inner = matched && judged(plain, anchor, decoded.anchor, matched);
  return inner && { ...inner, ...decoded.outer(inner.start, inner.end), anchor: at };
}

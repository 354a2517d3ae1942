// A rule file's words turned into what the engine runs. Everything that is dear is worked out here, once.

import { CONTEXT, NEAR } from '../model/index.ts';
import type { EncodedLiteral } from './encoded.ts';
import { parsePattern } from './pattern.ts';
import type { Rule } from './rule-file.ts';
import { type Anchoring, anchorings, firstBytes, startRun } from './shape.ts';

/** Windows of far rules leave room for two near ones within CONTEXT: see claims.ts. */
const FARTHEST = CONTEXT - 4 * NEAR;

export interface Part {
  readonly name: string;
  readonly pattern: RegExp;
  readonly within: number;
  readonly required: boolean;
}

export interface Compiled {
  readonly rule: Rule;
  /** Position in the rule set. */
  readonly index: number;
  readonly reach: number;
  readonly far: boolean;
  /** 1 for the bytes that a match can start with. */
  readonly first: Uint8Array;
  /** Sticky: does a match start here? */
  readonly here: RegExp;
  /** Global with indices: the next match from here on. */
  readonly search: RegExp;
  /** For `value = "assignment"` with a pattern: the whole value must match. */
  readonly whole: RegExp | undefined;
  /** Look for it inside base64 as well. */
  readonly encoded: boolean;
  readonly parts: readonly Part[];
  readonly near: RegExp | undefined;
  readonly literals: readonly CompiledLiteral[];
}

/** A literal of a rule, as the kernel finds it. */
export interface Anchor {
  readonly by: Compiled;
  readonly literal: CompiledLiteral;
  /** The anchor is the literal in base64. */
  readonly encoded: EncodedLiteral | undefined;
}

export interface CompiledLiteral {
  readonly text: string;
  readonly bytes: Uint8Array;
  /** What is looked for: `bytes`, or where they are too short for that, `bytes` with each byte that can follow. */
  readonly spellings: readonly Uint8Array[];
  readonly run: 0 | 16;
  readonly lead: number;
  readonly next: Uint8Array | undefined;
}

/** The kernel's limit. */
export const SHORTEST = 3;
const MOST_SPELLINGS = 80;

/** Any value of an assignment, where the rule gives no pattern for it. */
const ANY_VALUE = '(?<secret>[^\\r\\n]+)';

function withFlags(source: string, flags: string, fold: boolean): RegExp {
  return new RegExp(source, fold ? `${flags}i` : flags);
}

/** Undefined where a literal is too short to look for and too much can follow it. */
export function spellings(bytes: Uint8Array, next: Uint8Array | undefined): Uint8Array[] | undefined {
  if (bytes.length >= SHORTEST) return [bytes];
  if (next === undefined || bytes.length < SHORTEST - 1) return undefined;
  const following = [...next.keys()].filter((byte) => next[byte] === 1);
  return following.length > MOST_SPELLINGS
    ? undefined
    : following.map((byte) => Buffer.from([...bytes, byte]));
}

interface Places {
  readonly bytes: readonly Uint8Array[];
  /** Where the pattern has each literal; empty where the literals stand in names. */
  readonly anchorings: readonly (Anchoring | undefined)[];
}

const places = new WeakMap<Rule, Places>();

/** The literals of a rule and their places in its pattern; worked out once. @throws PatternError */
export function placesOf(rule: Rule): Places {
  const known = places.get(rule);
  if (known) return known;
  const bytes = rule.literals.map((literal) => Buffer.from(rule.fold ? literal.toLowerCase() : literal));
  const spelt = rule.value === undefined ? rule.pattern : undefined;
  const made = {
    bytes,
    anchorings: spelt === undefined ? [] : anchorings(parsePattern(spelt, rule.fold), bytes),
  };
  places.set(rule, made);
  return made;
}

/** @param rule one without compileFaults */
export function compileRule(rule: Rule, index: number): Compiled {
  const source = rule.pattern ?? ANY_VALUE;
  const node = parsePattern(source, rule.fold);
  const reach = Math.min(rule.reach, FARTHEST);
  const starts = startRun(node);
  const places = placesOf(rule);
  const literals = rule.literals.map((text, i): CompiledLiteral => {
    const bytes = places.bytes[i] ?? new Uint8Array();
    const where = places.anchorings[i];
    const inRun = where?.lead === 0 && starts.count >= Math.max(16, bytes.length);
    return {
      text,
      bytes,
      spellings: spellings(bytes, where?.next) ?? [],
      run: inRun ? 16 : 0,
      lead: Math.min(where?.lead ?? reach, reach),
      next: where?.next,
    };
  });
  return {
    rule,
    index,
    reach,
    far: reach > NEAR,
    first: firstBytes(node),
    here: withFlags(source, 'y', rule.fold),
    search: withFlags(source, 'dg', rule.fold),
    whole:
      rule.value !== undefined && rule.pattern !== undefined
        ? withFlags(`^(?:${rule.pattern})$`, 'd', rule.fold)
        : undefined,
    encoded:
      (rule.encoded ?? !rule.generic) &&
      !rule.fold &&
      literals.every((one) => one.lead === 0 && one.bytes.length >= 4),
    parts: Object.entries(rule.parts).map(([name, part]) => ({
      name,
      pattern: withFlags(part.pattern, 'dg', rule.fold),
      within: part.within,
      required: part.required,
    })),
    near:
      rule.near &&
      new RegExp(rule.near.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'i'),
    literals,
  };
}

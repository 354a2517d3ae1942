// A rule file's words turned into what the engine runs. Everything that is dear is worked out here, once.

import { CONTEXT, NEAR } from '../model/index.ts';
import type { EncodedLiteral } from './encoded.ts';
import type { Gate } from './kernel/index.ts';
import { ANY_VALUE, fromBits, literalBytes, type Outline, outlineOf, type Place } from './outline.ts';
import type { Rule } from './rule.ts';

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
  /** Sticky, with indices: does a match start here, and where is its secret? */
  readonly here: RegExp;
  /** Global: the next match from here on. Few rules need it, and each expression is compiled on its own. */
  readonly search: RegExp;
  /** For `value = "assignment"` with a pattern: the whole value must match. */
  readonly whole: RegExp | undefined;
  /** Sticky, with indices: the next secret of a row of them, right behind the one before. */
  readonly more: RegExp | undefined;
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
  /**
   * 0, or, where the literal is a word in a name whose value is judged (assigned-value.ts), how long a value must be that nothing but a
   * blank stands before.
   */
  readonly loose: number;
  /** The kernel asks the gate of this anchor and of no other before it tells of a place: it is open. */
  readonly gated: boolean;
}

export interface CompiledLiteral {
  readonly text: string;
  /** In bytes. */
  readonly length: number;
  readonly bytes: Uint8Array;
  /** What is looked for: `bytes`, or where they are too short for that, `bytes` with each byte that can follow. */
  readonly spellings: readonly Uint8Array[];
  readonly run: 0 | 16;
  readonly lead: number;
  /** What must stand around it for the rule to match over it. */
  readonly gate: Gate;
}

/** A literal that stands further inside of its match is not looked for in base64. */
const ENCODED_LEAD = 128;

/** The kernel's limit. */
export const SHORTEST = 3;
const MOST_SPELLINGS = 80;

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

/** A rule as the engine runs it. Its expressions are made when they are first needed: most rules of a run never are. */
class Runnable implements Compiled {
  readonly rule: Rule;
  readonly index: number;
  readonly reach: number;
  readonly far: boolean;
  readonly first: Uint8Array;
  readonly encoded: boolean;
  readonly literals: readonly CompiledLiteral[];
  readonly #source: string;
  #here: RegExp | undefined;
  #search: RegExp | undefined;
  #whole: RegExp | undefined;
  #more: RegExp | undefined;
  #near: RegExp | undefined;
  #parts: readonly Part[] | undefined;

  constructor(rule: Rule, index: number) {
    const outline = outlineOf(rule);
    this.rule = rule;
    this.index = index;
    this.#source = rule.pattern ?? ANY_VALUE;
    this.reach = Math.min(rule.reach, FARTHEST);
    this.far = this.reach > NEAR;
    this.first = fromBits(outline.first);
    const rows = outline.rows.map(({ set, count, from, to, until }) => ({
      set: fromBits(set),
      count,
      from,
      to: to ?? this.reach,
      until: until === null ? undefined : fromBits(until),
    }));
    this.literals = rule.literals.map((text, i) =>
      this.#literal(text, outline, outline.places[i] ?? undefined, rows),
    );
    this.encoded =
      (rule.encoded ?? !rule.generic) &&
      !rule.fold &&
      this.literals.every((one) => one.lead <= ENCODED_LEAD && one.bytes.length >= 4);
  }

  get here(): RegExp {
    this.#here ??= withFlags(this.#source, 'dy', this.rule.fold);
    return this.#here;
  }

  get search(): RegExp {
    this.#search ??= withFlags(this.#source, 'g', this.rule.fold);
    return this.#search;
  }

  get whole(): RegExp | undefined {
    const { value, pattern, fold } = this.rule;
    if (value === undefined || pattern === undefined) return undefined;
    this.#whole ??= withFlags(`^(?:${pattern})$`, 'd', fold);
    return this.#whole;
  }

  get more(): RegExp | undefined {
    const { more, fold } = this.rule;
    if (more === undefined) return undefined;
    this.#more ??= withFlags(more, 'dy', fold);
    return this.#more;
  }

  get near(): RegExp | undefined {
    if (this.rule.near === undefined) return undefined;
    this.#near ??= new RegExp(
      this.rule.near.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'),
      'i',
    );
    return this.#near;
  }

  get parts(): readonly Part[] {
    this.#parts ??= Object.entries(this.rule.parts).map(([name, part]) => ({
      name,
      pattern: withFlags(part.pattern, 'dg', this.rule.fold),
      within: part.within,
      required: part.required,
    }));
    return this.#parts;
  }

  #literal(text: string, outline: Outline, place: Place | undefined, rows: Gate['rows']): CompiledLiteral {
    const bytes = literalBytes(this.rule, text);
    const next = place && fromBits(place.next);
    const lead = Math.min(place ? (place.lead ?? this.reach) : this.reach, this.reach);
    const behind = place?.behind && {
      set: fromBits(place.behind.set),
      most: place.behind.most ?? this.reach,
      until: fromBits(place.behind.until),
    };
    const inRun = place?.lead === 0 && outline.run >= Math.max(16, bytes.length);
    return {
      text,
      length: bytes.length,
      bytes,
      spellings: spellings(bytes, next) ?? [],
      run: inRun ? 16 : 0,
      lead,
      gate: { length: bytes.length, next, behind: behind ?? undefined, lead, rows, reach: this.reach },
    };
  }
}

/** @param rule one without compileFaults */
export function compileRule(rule: Rule, index: number): Compiled {
  return new Runnable(rule, index);
}

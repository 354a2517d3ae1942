// A rule file's words turned into what the engine runs. Everything that is dear is worked out here, once.

import { CONTEXT, NEAR } from '../model/index.ts';
import type { EncodedLiteral } from './encoded.ts';
import { anchorings, firstBytes, type Node, PatternError, parsePattern, startRun } from './pattern.ts';
import type { Fault, Rule } from './rule-file.ts';

/** Windows of far rules leave room for two near ones within CONTEXT: see claims.ts. */
export const FARTHEST = CONTEXT - 4 * NEAR;

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
const SHORTEST = 3;
const MOST_SPELLINGS = 80;

/** Any value of an assignment, where the rule gives no pattern for it. */
const ANY_VALUE = '(?<secret>[^\\r\\n]+)';

function withFlags(source: string, flags: string, fold: boolean): RegExp {
  return new RegExp(source, fold ? `${flags}i` : flags);
}

/** UTF-8 bytes of a text as a latin1 string: what patterns see. */
export function latin1(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

function faultIn(rule: Rule, field: string, source: string): Fault | Node {
  const at = { file: rule.file, rule: rule.id, field };
  try {
    new RegExp(source, 'd');
    return parsePattern(source, rule.fold);
  } catch (error) {
    if (error instanceof PatternError) return { ...at, problem: `uses ${error.message}` };
    return { ...at, problem: error instanceof Error ? error.message : String(error) };
  }
}

const isFault = (value: Fault | Node): value is Fault => 'problem' in value;

/** What keeps a rule from running at all. */
export function compileFaults(rule: Rule): Fault[] {
  const faults: Fault[] = [];
  const at = { file: rule.file, rule: rule.id };
  if (rule.pattern === undefined && rule.value === undefined) {
    faults.push({ ...at, field: 'pattern', problem: 'missing; write one with a (?<secret>…) group' });
  }
  const patterns: [string, string][] = rule.pattern === undefined ? [] : [['pattern', rule.pattern]];
  for (const [name, part] of Object.entries(rule.parts))
    patterns.push([`parts.${name}.pattern`, part.pattern]);
  for (const [field, source] of patterns) {
    if (!source.includes('(?<secret>')) faults.push({ ...at, field, problem: 'needs a (?<secret>…) group' });
    const node = faultIn(rule, field, source);
    if (isFault(node)) {
      faults.push(node);
      continue;
    }
    if (field !== 'pattern' || rule.value !== undefined) continue;
    const bytesOf = rule.literals.map((literal) => literalBytes(literal, rule.fold));
    const places = anchorings(node, bytesOf);
    for (const [i, literal] of rule.literals.entries()) {
      const bytes = bytesOf[i] ?? new Uint8Array();
      const where = places[i];
      if (where && spellings(bytes, where.next) === undefined) {
        faults.push({
          ...at,
          field: 'literals',
          problem: `"${literal}" is too short to look for; give three characters or more`,
        });
      }
      if (where === undefined) {
        faults.push({
          ...at,
          field: 'literals',
          problem: `"${literal}" is not spelt out in the pattern; every literal is where a match is looked for`,
        });
      }
    }
  }
  for (const literal of rule.literals) {
    if (rule.value !== undefined && literal.length < SHORTEST) {
      faults.push({
        ...at,
        field: 'literals',
        problem: `"${literal}" is too short to look for; give three characters or more`,
      });
    }
    if (!/^[\x20-\x7e\t\n\r]+$/.test(literal))
      faults.push({ ...at, field: 'literals', problem: `"${literal}" has characters outside of ASCII` });
  }
  return faults;
}

/** Undefined where a literal is too short to look for and too much can follow it. */
function spellings(bytes: Uint8Array, next: Uint8Array | undefined): Uint8Array[] | undefined {
  if (bytes.length >= SHORTEST) return [bytes];
  if (next === undefined || bytes.length < SHORTEST - 1) return undefined;
  const following = [...next.keys()].filter((byte) => next[byte] === 1);
  return following.length > MOST_SPELLINGS
    ? undefined
    : following.map((byte) => Buffer.from([...bytes, byte]));
}

export function literalBytes(text: string, fold: boolean): Uint8Array {
  return Buffer.from(fold ? text.toLowerCase() : text, 'utf8');
}

/** @param rule one without compileFaults */
export function compileRule(rule: Rule, index: number): Compiled {
  const source = rule.pattern ?? ANY_VALUE;
  const node = parsePattern(source, rule.fold);
  const reach = Math.min(rule.reach, FARTHEST);
  const starts = startRun(node);
  const bytesOf = rule.literals.map((literal) => literalBytes(literal, rule.fold));
  const places = rule.value === undefined ? anchorings(node, bytesOf) : [];
  const literals = rule.literals.map((text, i): CompiledLiteral => {
    const bytes = bytesOf[i] ?? new Uint8Array();
    const where = places[i];
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

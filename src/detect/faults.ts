// What keeps a rule from running at all, beyond what the format itself says.

import { NEAR } from '../model/index.ts';
import { SHORTEST, spellings } from './compile.ts';
import { fromBits, literalBytes, outlineOf } from './outline.ts';
import { type Node, PatternError, parsePattern } from './pattern.ts';
import type { Fault, Rule } from './rule.ts';

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
  if (rule.more !== undefined) patterns.push(['more', rule.more]);
  for (const [name, part] of Object.entries(rule.parts)) {
    patterns.push([`parts.${name}.pattern`, part.pattern]);
    if (part.within > Math.max(NEAR, rule.reach))
      faults.push({
        ...at,
        field: `parts.${name}.within`,
        problem: `is further than the rule's own reach of ${Math.max(NEAR, rule.reach)} bytes`,
      });
  }
  for (const [field, source] of patterns) {
    if (!source.includes('(?<secret>')) faults.push({ ...at, field, problem: 'needs a (?<secret>…) group' });
    const node = faultIn(rule, field, source);
    if (isFault(node)) {
      faults.push(node);
      continue;
    }
    if (field !== 'pattern' || rule.value !== undefined) continue;
    const { places } = outlineOf(rule);
    for (const [i, literal] of rule.literals.entries()) {
      const bytes = literalBytes(rule, literal);
      const where = places[i];
      if (where && spellings(bytes, fromBits(where.next)) === undefined) {
        faults.push({
          ...at,
          field: 'literals',
          problem: `"${literal}" is too short to look for; give three characters or more`,
        });
      }
      if (!where) {
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

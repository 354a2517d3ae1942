import type { RuleText } from './rule-file.ts';

/** A rule as its file says it, with defaults filled in. */
export interface Rule extends RuleText {
  readonly file: string;
  readonly provider: string;
}

/** What is wrong with a rule, and what to do about it. */
export interface Fault {
  /** Path of the rule file as given. */
  readonly file: string;
  /** Line in the file, from 1, where the TOML itself is broken. */
  readonly line?: number;
  /** Rule id, or its position (`rule 3`) where it has none. */
  readonly rule?: string;
  readonly field?: string;
  /** What is wrong and the remedy, in one sentence. */
  readonly problem: string;
}

/** `rules/acme.toml: acme-token: pattern: needs a (?<secret>…) group` */
export function printFault(fault: Fault): string {
  const place = fault.line === undefined ? fault.file : `${fault.file}:${fault.line}`;
  return [place, fault.rule, fault.field, fault.problem].filter((part) => part !== undefined).join(': ');
}

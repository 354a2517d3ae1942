import type { Origin, Span } from './place.ts';
import type { Secret } from './secret.ts';

/** Kebab-case name of a rule: TOML id = SARIF ruleId = docs anchor. */
export type RuleId = string;
/** Kebab-case name of an issuer's service. */
export type ServiceId = string;

/** What the format of the key says about where it is used. */
export type Environment = 'live' | 'test' | 'unknown';

export type Severity = 'critical' | 'high' | 'medium' | 'low';

/** What a rule says of itself, for reports: the part of it that later stages see. */
export interface RuleFacts {
  readonly id: RuleId;
  /** What the key is: `GitHub personal access token`. */
  readonly title: string;
  readonly severity: Severity;
  /** A vendor page about the format. */
  readonly docs?: string;
}

/** Why a finding needs no question to its issuer. */
export type Doubt =
  /** Its checksum or shape says that it was never issued. */
  | 'malformed'
  /** A known canary: asking would set off somebody's alarm. */
  | 'canary'
  /** Two issuers could own it. */
  | 'ambiguous';

/** One key-shaped string in one place. */
export interface Finding {
  readonly rule: RuleFacts;
  /** The issuers that it could belong to; more than one is ambiguous, none cannot be asked. */
  readonly services: readonly ServiceId[];
  readonly secret: Secret;
  /** Other halves that stood near: an AWS secret beside its id. Named by the rule. */
  readonly parts: Readonly<Record<string, Secret>>;
  readonly environment: Environment;
  readonly doubt?: Doubt;
  /** The line carries `keyburn:allow`: it is not reported unless it is live. */
  readonly allowed: boolean;
  readonly origin: Origin;
  readonly span: Span;
}

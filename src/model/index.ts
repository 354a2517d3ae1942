// The nouns. No I/O, no imports from any other folder. `reveal` is missing on purpose: see reveal.ts.
export { type Chunk, CONTEXT, NEAR, type Range } from './chunk.ts';
export type { Act, Case, Decision, RevokeOrder } from './decision.ts';
export { unasked } from './doubt.ts';
export { SetupError } from './errors.ts';
export { type Exposure, exposureAfter, widest } from './exposure.ts';
export type { Doubt, Environment, Finding, RuleFacts, RuleId, ServiceId, Severity } from './finding.ts';
export type { Entry, Incident, Skipped, Summary } from './incident.ts';
export { type Attribution, type Origin, type Place, type Span, spotOf } from './place.ts';
export type { LogOutcome, Outcome, Receipt, RunLog } from './receipt.ts';
export { type Fingerprint, FingerprintKey, parseFingerprint, Secret, type Shown } from './secret.ts';
export { settingFaults, settingProblem } from './setting-fault.ts';
export type { Looked, Sink } from './sink.ts';
export {
  type Dead,
  isDead,
  isUsable,
  type Limited,
  type Live,
  type Malformed,
  type Unknown,
  type UnknownWhy,
  type Usable,
  unknownInWords,
  type Verdict,
  type VerdictState,
  whyInWords,
} from './verdict.ts';

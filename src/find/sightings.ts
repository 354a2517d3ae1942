import type { Finding, Fingerprint, FingerprintKey, Origin, RuleId, Span } from '../model/index.ts';

/** Where one secret was seen, before anybody asked git for names. */
export interface Sighting {
  readonly origin: Origin;
  readonly span: Span;
}

/** All sightings of one secret in one target. */
export interface Sighted {
  readonly id: Fingerprint;
  /** The one that stands for it. */
  finding: Finding;
  readonly sightings: (Sighting & { readonly rule: RuleId })[];
  /** Of each rule that claims it somewhere, the finding that stands for the rule. */
  readonly claims: Map<RuleId, Finding>;
}

/** Gathers by secret what was seen; which finding stands for a secret does not depend on what was seen first. */
export class Sightings {
  readonly secrets = new Map<Fingerprint, Sighted>();
  readonly #key: FingerprintKey;

  constructor(key: FingerprintKey) {
    this.#key = key;
  }

  idOf(finding: Finding): Fingerprint {
    return this.#key.fingerprint(finding.secret);
  }

  add(finding: Finding, origin: Origin, span: Span): void {
    const id = this.idOf(finding);
    const known = this.secrets.get(id);
    const rule = finding.rule.id;
    if (!known) {
      this.secrets.set(id, {
        id,
        finding,
        sightings: [{ origin, span, rule }],
        claims: new Map([[rule, finding]]),
      });
      return;
    }
    known.sightings.push({ origin, span, rule });
    if (better(finding, known.finding)) known.finding = finding;
    const claim = known.claims.get(rule);
    if (!claim || better(finding, claim)) known.claims.set(rule, finding);
  }
}

/** One secret can be claimed differently in two places; the choice must not depend on which was read first. */
function better(a: Finding, b: Finding): boolean {
  const difference = weight(a) - weight(b);
  if (difference !== 0) return difference > 0;
  return a.rule.id === b.rule.id ? compareSightings(a, b) < 0 : a.rule.id < b.rule.id;
}

/** An order that does not depend on which was read first. */
export function compareSightings(a: Sighting, b: Sighting): number {
  const [one, other] = [nameOf(a.origin), nameOf(b.origin)];
  return one < other ? -1 : one > other ? 1 : a.span.start - b.span.start;
}

function nameOf(origin: Origin): string {
  return `${origin.kind} ${'oid' in origin ? origin.oid : origin.path}`;
}

function weight(finding: Finding): number {
  return (
    (finding.services.length > 0 ? 4 : 0) +
    (Object.keys(finding.parts).length > 0 ? 2 : 0) +
    (finding.allowed ? 0 : 1)
  );
}

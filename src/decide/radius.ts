// The order of a kill list: what more people could have read goes first, then what can do more, then what stands in more places.

import type { Case, Environment, Exposure, Severity, Usable } from '../model/index.ts';

const EXPOSURES: Readonly<Record<Exposure, number>> = {
  public: 3,
  internal: 2,
  private: 1,
  unknown: 1,
  local: 0,
};
const ENVIRONMENTS: Readonly<Record<Environment, number>> = { live: 2, unknown: 1, test: 0 };
const SEVERITIES: Readonly<Record<Severity, number>> = { critical: 3, high: 2, medium: 1, low: 0 };
const PLACES = 10_000;

/** The higher, the sooner: exposure before verdict, verdict before environment, that before severity, and places last. */
export function radiusOf(input: {
  readonly case: Case;
  readonly exposure: Exposure;
  readonly verdict: Usable;
}): number {
  const { finding, otherPlaces } = input.case;
  const steps: readonly (readonly [of: number, value: number])[] = [
    [4, EXPOSURES[input.exposure]],
    [2, input.verdict.state === 'live' ? 1 : 0],
    [3, ENVIRONMENTS[finding.environment]],
    [4, SEVERITIES[finding.rule.severity]],
    [PLACES, Math.min(otherPlaces.length + 1, PLACES - 1)],
  ];
  return steps.reduce((radius, [of, value]) => radius * of + value, 0);
}

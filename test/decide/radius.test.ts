import { describe, expect, it } from 'vitest';
import { radiusOf } from '../../src/decide/radius.ts';
import type { Environment, Exposure, Severity, Usable } from '../../src/model/index.ts';

function radius(
  exposure: Exposure,
  state: Usable['state'],
  environment: Environment,
  severity: Severity,
  places: number,
): number {
  return radiusOf({
    case: {
      finding: { environment, rule: { severity } },
      otherPlaces: Array.from({ length: places - 1 }),
    },
    exposure,
    verdict: { state },
  } as unknown as Parameters<typeof radiusOf>[0]);
}

describe('the blast radius', () => {
  it('weighs who could read it before all, then what it can do, then in how many places it stands', () => {
    const sorted = [
      radius('public', 'live', 'live', 'critical', 3),
      radius('public', 'live', 'live', 'critical', 1),
      radius('public', 'live', 'live', 'low', 50_000),
      radius('public', 'live', 'test', 'critical', 9),
      radius('public', 'limited', 'live', 'critical', 9),
      radius('internal', 'live', 'live', 'critical', 9),
      radius('private', 'live', 'live', 'critical', 9),
      radius('unknown', 'live', 'live', 'critical', 1),
    ];
    expect(sorted.toSorted((a, b) => b - a)).toEqual(sorted);
    expect(new Set(sorted).size).toBe(sorted.length);
    expect(radius('private', 'live', 'live', 'high', 1)).toBe(radius('unknown', 'live', 'live', 'high', 1));
  });
});

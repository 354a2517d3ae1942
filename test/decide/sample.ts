import fc from 'fast-check';
import {
  type Case,
  type Environment,
  type Exposure,
  type Finding,
  FingerprintKey,
  type Place,
  Secret,
  type Usable,
  type Verdict,
  type VerdictState,
} from '../../src/model/index.ts';

const AT = '2026-11-20T10:00:00.000Z';
const key = new FingerprintKey(new Uint8Array(32).fill(7));

export const EXPOSURES: readonly Exposure[] = ['public', 'internal', 'private', 'local', 'unknown'];
export const STATES: readonly VerdictState[] = [
  'live',
  'limited',
  'expired',
  'disabled',
  'revoked',
  'rejected',
  'malformed',
  'unknown',
];

export function verdictOf(state: VerdictState, environment?: 'live' | 'test'): Verdict {
  switch (state) {
    case 'live':
    case 'limited':
      return { state, checkedAt: AT, why: 'GET /user', ...(environment ? { environment } : {}) };
    case 'unknown':
      return { state, why: 'timeout' };
    case 'expired':
    case 'disabled':
    case 'revoked':
    case 'rejected':
    case 'malformed':
      return { state, checkedAt: AT, why: 'GET /user' };
  }
}

export const live: Usable = { state: 'live', checkedAt: AT, why: 'GET /user' };

export function placeOf(path: string): Place {
  return { kind: 'file', path, line: 3, column: 5, endLine: 3 };
}

export function findingOf(about: Partial<Finding> & { environment?: Environment } = {}): Finding {
  return {
    rule: { id: 'acme-key', title: 'Acme key', severity: 'high' },
    services: ['acme'],
    secret: new Secret('acme_0123456789abcdefghij', { start: 5, end: 4 }),
    parts: {},
    environment: 'live',
    allowed: false,
    origin: { kind: 'file', path: 'src/config.ts' },
    span: { start: 10, end: 35, line: 3, column: 5, endLine: 3 },
    ...about,
  };
}

export function caseOf(finding: Finding = findingOf()): Case {
  return {
    id: key.fingerprint(finding.secret),
    finding,
    place: placeOf('src/config.ts'),
    otherPlaces: [],
  };
}

export const anyVerdict: fc.Arbitrary<Verdict> = fc
  .tuple(fc.constantFrom(...STATES), fc.constantFrom(undefined, 'live' as const, 'test' as const))
  .map(([state, environment]) => verdictOf(state, environment));

export const anyExposure = fc.constantFrom(...EXPOSURES);

export const anyFinding: fc.Arbitrary<Finding> = fc
  .record({
    environment: fc.constantFrom<Environment>('live', 'test', 'unknown'),
    doubt: fc.constantFrom(undefined, 'malformed' as const, 'canary' as const, 'ambiguous' as const),
    services: fc.subarray(['acme', 'other']),
    severity: fc.constantFrom('critical' as const, 'high' as const, 'medium' as const, 'low' as const),
  })
  .map(({ environment, doubt, services, severity }) =>
    findingOf({
      environment,
      services,
      rule: { id: 'acme-key', title: 'Acme key', severity },
      ...(doubt ? { doubt } : {}),
    }),
  );

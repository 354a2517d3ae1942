import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { approved, decide, defaultPolicy, type Policy } from '../../src/decide/index.ts';
import { policySchema } from '../../src/decide/policy.ts';
import {
  type Act,
  type Environment,
  type Exposure,
  isUsable,
  type VerdictState,
} from '../../src/model/index.ts';
import { anyExposure, anyFinding, anyVerdict, findingOf, placeOf, verdictOf } from './sample.ts';

const policyOf = (...rule: unknown[]): Policy => policySchema.parse({ rule });

describe('the built-in policy', () => {
  const table: [VerdictState, Exposure, Environment, Act][] = [
    ['live', 'public', 'live', 'burn'],
    ['live', 'public', 'unknown', 'burn'],
    ['live', 'public', 'test', 'notify'],
    ['live', 'internal', 'live', 'ask'],
    ['live', 'internal', 'test', 'notify'],
    ['live', 'private', 'live', 'ask'],
    ['live', 'private', 'unknown', 'ask'],
    ['live', 'private', 'test', 'notify'],
    ['live', 'unknown', 'live', 'ask'],
    ['live', 'unknown', 'test', 'notify'],
    ['live', 'local', 'live', 'block'],
    ['live', 'local', 'test', 'notify'],
    ['limited', 'public', 'live', 'burn'],
    ['limited', 'private', 'live', 'ask'],
    ['limited', 'local', 'live', 'block'],
    ['expired', 'public', 'live', 'leave'],
    ['disabled', 'public', 'live', 'leave'],
    ['revoked', 'public', 'live', 'leave'],
    ['rejected', 'public', 'live', 'leave'],
    ['rejected', 'local', 'live', 'leave'],
    ['malformed', 'public', 'live', 'leave'],
    ['malformed', 'local', 'live', 'leave'],
    ['unknown', 'public', 'live', 'notify'],
    ['unknown', 'private', 'live', 'notify'],
    ['unknown', 'unknown', 'test', 'notify'],
    ['unknown', 'local', 'live', 'block'],
  ];
  it.each(table)('%s, %s, %s environment: %s', (state, exposure, environment, act) => {
    const decision = decide(findingOf({ environment }), verdictOf(state), exposure, defaultPolicy);
    expect(decision.act).toBe(act);
    expect(decision.because).toContain(state);
  });

  it.each<[VerdictState, Exposure, string]>([
    ['live', 'public', 'public and live (policy: default)'],
    ['live', 'unknown', 'live, its exposure unknown (policy: default)'],
    ['unknown', 'public', 'public, its verdict unknown: its issuer did not answer in time (policy: default)'],
    [
      'unknown',
      'unknown',
      'exposure and verdict unknown: its issuer did not answer in time (policy: default)',
    ],
  ])('says which of its facts is unknown: %s, %s', (state, exposure, because) => {
    const verdict = state === 'unknown' ? ({ state, why: 'timeout' } as const) : verdictOf(state);
    expect(decide(findingOf(), verdict, exposure, defaultPolicy)).toMatchObject({ because });
  });

  it('leaves a canary alone, whatever a row says', () => {
    const policy = policyOf({ when: { verdict: ['live', 'limited'] }, act: 'burn' });
    const canary = findingOf({ doubt: 'canary' });
    expect(decide(canary, verdictOf('live'), 'public', policy)).toMatchObject({
      act: 'leave',
      because: expect.stringContaining('canary'),
    });
    expect(decide(findingOf(), { state: 'unknown', why: 'canary' }, 'public', policy).act).toBe('leave');
  });

  it("believes the issuer's environment over the look of the key", () => {
    const test = verdictOf('live', 'test');
    expect(decide(findingOf({ environment: 'live' }), test, 'public', defaultPolicy).act).toBe('notify');
    const real = verdictOf('live', 'live');
    expect(decide(findingOf({ environment: 'test' }), real, 'public', defaultPolicy).act).toBe('burn');
  });

  it('asks where two issuers are possible', () => {
    const finding = findingOf({ services: ['acme', 'other'] });
    expect(decide(finding, verdictOf('live'), 'public', defaultPolicy).act).toBe('ask');
  });
});

describe('the rows of a policy', () => {
  it('lets the first match win', () => {
    const policy = policyOf(
      { when: { service: 'other' }, act: 'leave' },
      { name: 'ours', when: { service: 'acme', exposure: ['public', 'private'] }, act: 'contain' },
      { when: {}, act: 'leave' },
    );
    expect(decide(findingOf(), verdictOf('live'), 'private', policy)).toEqual({
      act: 'contain',
      because: 'private and live (policy: rule 2, "ours")',
    });
  });

  const conditions: [string, Record<string, unknown>, boolean][] = [
    ['its service', { service: 'acme' }, true],
    ['another service', { service: 'other' }, false],
    ['its rule', { rule: ['acme-key', 'x'] }, true],
    ['another rule', { rule: 'x' }, false],
    ['its exposure', { exposure: 'public' }, true],
    ['another exposure', { exposure: 'private' }, false],
    ['its environment', { environment: 'live' }, true],
    ['another environment', { environment: 'unknown' }, false],
    ['its severity', { severity: ['high', 'critical'] }, true],
    ['another severity', { severity: 'low' }, false],
    ['its verdict', { verdict: 'live' }, true],
    ['another verdict', { verdict: 'limited' }, false],
    ['its path', { path: 'src/**' }, true],
    ['another path', { path: 'docs/**' }, false],
    ['a path and another service', { path: 'src/**', service: 'other' }, false],
  ];
  it.each(conditions)('judges %s', (_, when, hit) => {
    const decision = decide(findingOf(), verdictOf('live'), 'public', policyOf({ when, act: 'leave' }));
    expect(decision.act).toBe(hit ? 'leave' : 'burn');
  });

  it('matches a path only where every place does', () => {
    const policy = policyOf({ when: { path: ['test/**'] }, act: 'leave' });
    const at = (...paths: string[]) =>
      decide(findingOf(), verdictOf('live'), 'public', policy, paths.map(placeOf)).act;
    expect(at('test/a.ts', 'test/deep/.env')).toBe('leave');
    expect(at('test/a.ts', 'src/a.ts')).toBe('burn');
  });

  it('has no path to match for a blob without places', () => {
    const finding = findingOf({ origin: { kind: 'blob', repository: '/r', oid: 'a'.repeat(40) } });
    const policy = policyOf({ when: { path: '**' }, act: 'leave' });
    expect(decide(finding, verdictOf('live'), 'public', policy).act).toBe('burn');
  });

  it('speaks of usable keys unless it names verdicts', () => {
    const all = policyOf({ when: {}, act: 'ask' });
    expect(decide(findingOf(), verdictOf('revoked'), 'public', all).act).toBe('leave');
    expect(decide(findingOf(), verdictOf('unknown'), 'public', all).act).toBe('notify');
    const named = policyOf({ when: { verdict: 'unknown', exposure: 'public' }, act: 'ask' });
    expect(decide(findingOf(), verdictOf('unknown'), 'public', named).act).toBe('ask');
  });

  it('does not burn what has not been pushed, and says so', () => {
    const decision = decide(findingOf(), verdictOf('live'), 'local', policyOf({ when: {}, act: 'burn' }));
    expect(decision).toMatchObject({ act: 'block', because: expect.stringContaining('not been pushed') });
  });
});

describe('laws', () => {
  // Past the schema on purpose: even a policy that nobody parsed cannot break the law.
  const anyRow = fc.record({
    when: fc.record(
      {
        verdict: fc.subarray(['live', 'limited', 'revoked', 'unknown', 'malformed'] as const, {
          minLength: 1,
        }),
        exposure: fc.subarray(['public', 'private', 'local', 'unknown'] as const, { minLength: 1 }),
      },
      { requiredKeys: [] },
    ),
    act: fc.constantFrom<Act>('burn', 'contain', 'ask', 'notify', 'block', 'leave'),
  });
  const anyPolicy = fc.array(anyRow, { maxLength: 4 }).map(
    (rule): Policy => ({
      breaker: 10,
      'side-effects': [],
      rule: rule as Policy['rule'],
    }),
  );

  it('burns and contains only what is live or limited, pushed, doubtless and of one issuer', () => {
    fc.assert(
      fc.property(anyFinding, anyVerdict, anyExposure, anyPolicy, (finding, verdict, exposure, policy) => {
        const { act } = decide(finding, verdict, exposure, policy);
        if (act !== 'burn' && act !== 'contain') return;
        expect(isUsable(verdict)).toBe(true);
        expect(exposure).not.toBe('local');
        expect(finding.doubt).toBeUndefined();
        expect(finding.services).toHaveLength(1);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is a function: the same input gives the same decision, with a reason', () => {
    fc.assert(
      fc.property(anyFinding, anyVerdict, anyExposure, anyPolicy, (finding, verdict, exposure, policy) => {
        const first = decide(finding, verdict, exposure, policy);
        expect(decide(finding, verdict, exposure, policy)).toEqual(first);
        expect(first.because).not.toBe('');
      }),
    );
  });
});

describe('an approval', () => {
  it('turns a question into a burn, and nothing else', () => {
    const approval = { by: 'ann', reason: 'rotated' };
    expect(approved({ act: 'ask', because: 'x' }, approval)).toEqual({
      act: 'burn',
      because: 'approved by ann: rotated',
    });
    for (const act of ['contain', 'notify', 'block', 'leave'] as const) {
      expect(approved({ act, because: 'x' }, approval)).toEqual({ act, because: 'x' });
    }
  });
});

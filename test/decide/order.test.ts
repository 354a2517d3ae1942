import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Arming,
  createBreaker,
  decide,
  defaultPolicy,
  isOrder,
  isToAct,
  type OrderInput,
  order,
  type ServiceFacts,
} from '../../src/decide/index.ts';
import { isUsable, Secret } from '../../src/model/index.ts';
import { anyExposure, anyFinding, anyVerdict, caseOf, findingOf, live, verdictOf } from './sample.ts';

const NOW = () => new Date('2026-11-20T12:00:00Z');
const acme: ServiceFacts = { id: 'acme', name: 'Acme', contain: () => {}, revoke: () => {} };
const armed = (max = 10, sideEffects: string[] = []): Arming => ({
  armed: true,
  breaker: createBreaker(max),
  sideEffects,
});
const inputOf = (about: Partial<OrderInput> = {}): OrderInput => ({
  case: caseOf(),
  service: acme,
  verdict: live,
  exposure: 'public',
  decision: { act: 'burn', because: 'public and live (policy: default)' },
  now: NOW,
  ...about,
});

describe('order', () => {
  it('gives the order when armed', () => {
    const made = order(inputOf(), armed());
    expect(isOrder(made)).toBe(true);
    expect(made).toMatchObject({ service: 'acme', act: 'burn', exposure: 'public', verdict: live });
  });

  it('plans in a dry run, naming what it would do', () => {
    expect(order(inputOf(), { armed: false })).toEqual({
      outcome: 'planned',
      at: '2026-11-20T12:00:00.000Z',
      note: 'would contain, then revoke it at Acme; arm with --revoke',
    });
  });

  const plans: [string, Partial<OrderInput>, string][] = [
    ['revoke only', { service: { id: 'acme', name: 'Acme', revoke: 1 } }, 'would revoke it at Acme'],
    ['contain only', { service: { id: 'acme', name: 'Acme', contain: 1 } }, 'would contain it at Acme'],
    ['neither', { service: { id: 'acme', name: 'Acme' } }, 'steps for a person'],
    ['a side effect', { service: { ...acme, sideEffect: 'the app goes' } }, 'side effect: the app goes'],
    ['containment', { decision: { act: 'contain', because: 'x' } }, 'would contain it at Acme'],
  ];
  it.each(plans)('plans %s', (_, about, note) => {
    expect(order(inputOf(about), { armed: false })).toMatchObject({
      outcome: 'planned',
      note: expect.stringContaining(note),
    });
  });

  it('holds a side effect until the policy says yes', () => {
    const service = { ...acme, sideEffect: 'the whole grant is dropped' };
    expect(order(inputOf({ service }), armed())).toMatchObject({
      outcome: 'held',
      note: expect.stringMatching(/the whole grant is dropped.*side-effects = \["acme"\]/),
    });
    expect(isOrder(order(inputOf({ service }), armed(10, ['acme'])))).toBe(true);
  });

  it('holds the key behind the last that the breaker lets through, and every one after', () => {
    const arming = armed(2);
    const cases = ['a', 'b', 'c', 'd'].map((letter) =>
      caseOf(findingOf({ secret: new Secret(`acme_${letter.repeat(20)}`) })),
    );
    const outcomes = cases.map((item) => isOrder(order(inputOf({ case: item }), arming)));
    expect(outcomes).toEqual([true, true, false, false]);
    expect(order(inputOf({ case: cases[2] ?? caseOf() }), arming)).toMatchObject({
      outcome: 'held',
      note: 'the breaker stops a run at 2 keys ([policy] breaker)',
    });
  });

  it('counts a key once, and steps for a person not at all', () => {
    const arming = armed(1);
    const byHand = { id: 'acme', name: 'Acme' };
    expect(isOrder(order(inputOf({ service: byHand }), arming))).toBe(true);
    expect(isOrder(order(inputOf(), arming))).toBe(true);
    expect(isOrder(order(inputOf(), arming))).toBe(true);
  });

  it('holds containment where the service has none', () => {
    const made = order(
      inputOf({
        service: { id: 'acme', name: 'Acme', revoke: 1 },
        decision: { act: 'contain', because: 'x' },
      }),
      armed(),
    );
    expect(made).toMatchObject({ outcome: 'held', note: expect.stringContaining('no way to contain') });
  });

  it("holds a key that is not this service's alone", () => {
    const item = caseOf(findingOf({ services: ['acme', 'other'] }));
    expect(order(inputOf({ case: item }), armed())).toMatchObject({ outcome: 'held' });
  });
});

describe('laws', () => {
  it('makes an order only of what decide wants gone, and of nothing that is local or not usable', () => {
    fc.assert(
      fc.property(
        anyFinding,
        anyVerdict,
        anyExposure,
        fc.boolean(),
        (finding, verdict, exposure, isArmed) => {
          const decision = decide(finding, verdict, exposure, defaultPolicy);
          if (!isUsable(verdict) || !isToAct(decision)) return;
          const service = { id: finding.services[0] ?? '', name: 'Acme', revoke: 1 };
          const made = order(
            { case: caseOf(finding), service, verdict, exposure, decision, now: NOW },
            isArmed ? armed() : { armed: false },
          );
          expect(isOrder(made)).toBe(isArmed);
          expect(exposure).toBe('public');
        },
      ),
    );
  });

  it('never lets more than the breaker allows through, in any order and with repeats', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5 }), fc.array(fc.integer({ min: 0, max: 9 })), (max, picks) => {
        const arming = armed(max);
        const through = new Set<string>();
        for (const pick of picks) {
          const item = caseOf(findingOf({ secret: new Secret(`acme_${String(pick).repeat(20)}`) }));
          const made = order(inputOf({ case: item }), arming);
          if (isOrder(made)) through.add(made.id);
        }
        expect(through.size).toBeLessThanOrEqual(max);
      }),
    );
  });

  it('is refused by the compiler for every other verdict and act', () => {
    const unknown = verdictOf('unknown');
    const dead = verdictOf('revoked');
    // @ts-expect-error a verdict that is not usable
    const one: OrderInput = inputOf({ verdict: unknown });
    // @ts-expect-error a dead verdict
    const two: OrderInput = { ...inputOf(), verdict: dead };
    // @ts-expect-error a decision that does not act
    const three: OrderInput = { ...inputOf(), decision: { act: 'ask', because: 'x' } };
    // @ts-expect-error an order cannot be written down: its brand is a symbol that nobody has
    const four: import('../../src/model/index.ts').RevokeOrder = {
      id: caseOf().id,
      service: 'acme',
      verdict: live,
    };
    // And whoever casts past the compiler is held.
    for (const input of [one, two, three]) expect(order(input, armed())).toMatchObject({ outcome: 'held' });
    expect(isOrder(four)).toBe(true);
  });
});

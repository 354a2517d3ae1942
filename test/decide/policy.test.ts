import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '../../src/decide/index.ts';
import { policySchema } from '../../src/decide/policy.ts';

describe('the policy file', () => {
  it('reads rows from TOML', () => {
    const file = parse(`
      [policy]
      breaker = 3
      side-effects = ["github-app"]
      [[policy.rule]]
      name = "staging"
      when = { service = "acme", exposure = ["public", "internal"], path = "staging/**" }
      act = "contain"
    `);
    expect(policySchema.parse(file.policy)).toEqual({
      breaker: 3,
      'side-effects': ['github-app'],
      rule: [
        {
          name: 'staging',
          when: { service: ['acme'], exposure: ['public', 'internal'], path: ['staging/**'] },
          act: 'contain',
        },
      ],
    });
  });

  it('has safe defaults', () => {
    expect(defaultPolicy).toEqual({ rule: [], breaker: 10, 'side-effects': [] });
    expect(policySchema.parse({})).toEqual(defaultPolicy);
  });

  const faults: [string, unknown, string][] = [
    ['an unknown key', { breakers: 3 }, ''],
    ['an unknown condition', { rule: [{ when: { servce: 'a' }, act: 'ask' }] }, 'rule.0.when'],
    ['an unknown act', { rule: [{ when: {}, act: 'destroy' }] }, 'rule.0.act'],
    ['a burn of dead keys', { rule: [{ when: { verdict: 'revoked' }, act: 'burn' }] }, 'rule.0.when.verdict'],
    [
      'a burn of unknown keys',
      { rule: [{ when: { verdict: ['live', 'unknown'] }, act: 'burn' }] },
      'rule.0.when.verdict',
    ],
    [
      'a containment of local keys',
      { rule: [{ when: { exposure: 'local' }, act: 'contain' }] },
      'rule.0.when.exposure',
    ],
    [
      'a block of public keys',
      { rule: [{ when: { exposure: 'public' }, act: 'block' }] },
      'rule.0.when.exposure',
    ],
    ['a block of just any key', { rule: [{ when: {}, act: 'block' }] }, 'rule.0.when.exposure'],
    ['a negative breaker', { breaker: -1 }, 'breaker'],
    ['an empty list', { rule: [{ when: { service: [] }, act: 'ask' }] }, 'rule.0.when.service'],
  ];
  it.each(faults)('refuses %s', (_, policy, path) => {
    const result = policySchema.safeParse(policy);
    expect(result.success).toBe(false);
    expect(result.error?.issues.map((issue) => issue.path.join('.'))).toContain(path);
  });
});

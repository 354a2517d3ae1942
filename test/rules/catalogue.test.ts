// The catalogue that keyburn ships: it loads, it passes the judge as a whole, and nobody shrinks it by accident.

import { describe, expect, it } from 'vitest';
import { builtInRules, judgeRules, loadRules, printFault } from '../../src/detect/index.ts';

const set = await loadRules([builtInRules]);

describe('the catalogue', () => {
  it('holds 950 rules of 520 providers or more', () => {
    expect(set.rules.length).toBeGreaterThanOrEqual(950);
    expect(new Set(set.rules.map((rule) => rule.provider)).size).toBeGreaterThanOrEqual(520);
  });

  it('passes the judge, rule against rule', () => {
    expect(judgeRules(set).map(printFault)).toEqual([]);
  });

  it('has a counter-example for every rule', () => {
    expect(set.rules.filter((rule) => rule.miss.length === 0).map((rule) => rule.id)).toEqual([]);
  });

  it('holds no whole token: what is secret in an example is made when the test runs', () => {
    const whole = set.rules.flatMap((rule) =>
      rule.match.filter((example) => !example.includes('{{')).map((example) => `${rule.id}: ${example}`),
    );
    expect(whole).toEqual([]);
  });

  it('anchors at three bytes or more, but for the formats that fix only two', () => {
    const short = set.rules.filter((rule) => rule.literals.some((literal) => literal.length < 3));
    expect(short.map((rule) => rule.id).filter((id) => !TWO_BYTES.has(id))).toEqual([]);
  });
});

/** The shape around these two bytes is strict, or a word must stand near by. */
const TWO_BYTES: ReadonlySet<string> = new Set([
  'alpaca-key-id',
  'asana-pat',
  'azure-entra-client-secret',
  'beamer-token',
  'bitwarden-access-token',
  'discord-bot-token',
  'twilio-account-auth',
  'twilio-api-key',
  'duo-integration-key',
  'fauna-secret',
  'linkedin-access-token',
  'okta-api-token',
  'pagerduty-user-token',
  'plivo-auth-id',
  'sanity-token',
  'spotify-access-token',
  'yandex-aws-key',
]);

// What people read says in words why nobody knows; the code for it stands where programs read.
import { expect, test } from 'vitest';
import { sentence } from '../../src/action/words.ts';
import { verdictLine } from '../../src/cli/words.ts';
import { decide } from '../../src/decide/index.ts';
import { policySchema } from '../../src/decide/policy.ts';
import type { Entry, Finding, UnknownWhy, Verdict } from '../../src/model/index.ts';
import { Secret } from '../../src/model/index.ts';
import { noticeOf, textOf } from '../../src/notify/notice.ts';
import { createReporter, type Format } from '../../src/record/index.ts';
import { incident } from '../notify/parts.ts';
import { entry, summary } from '../record/sample.ts';

const CODES: Readonly<Record<UnknownWhy, true>> = {
  offline: true,
  'not-asked': true,
  'no-service': true,
  'no-check': true,
  'not-configured': true,
  ambiguous: true,
  canary: true,
  throttled: true,
  timeout: true,
  unreachable: true,
  redirected: true,
  'too-large': true,
  'forbidden-address': true,
  'unexpected-reply': true,
  'issuer-fault': true,
  'not-discriminating': true,
};

const finding: Finding = {
  rule: { id: 'acme-key', title: 'Acme key', severity: 'high' },
  services: ['acme'],
  secret: new Secret('made up'),
  parts: {},
  environment: 'live',
  allowed: false,
  origin: { kind: 'file', path: 'a' },
  span: { start: 0, end: 7, line: 1, column: 1, endLine: 1 },
};

function reported(format: Format, one: Entry): string {
  let text = '';
  const reporter = createReporter(
    format,
    { write: (more) => (text += more) },
    { colour: false, version: '1.0.0' },
  );
  reporter.entry(one);
  reporter.finish(summary({ findings: 1 }));
  return text;
}

test.each(Object.keys(CODES) as UnknownWhy[])('%s', async (why) => {
  const verdict: Verdict = { state: 'unknown', why, checkedAt: '2026-11-20T10:00:00.000Z' };
  const decision = decide(finding, verdict, 'public', policySchema.parse({}));
  const proof = {
    outcome: 'accepted',
    at: '2026-11-20T10:00:00.000Z',
    proof: verdict,
    note: 'sent',
  } as const;
  const one = entry({ verdict, decision, receipt: proof });
  const texts = {
    text: reported('text', one),
    html: reported('html', one),
    action: sentence(one),
    terminal: verdictLine(verdict),
    notice: textOf(noticeOf(incident({ verdict, decision, receipt: proof }), 'needs-a-person', new Date(0))),
  };
  // As a code stands: alone behind a colon or in brackets; one with a hyphen, anywhere.
  const raw = why.includes('-') ? new RegExp(`\\b${why}\\b`) : new RegExp(`(?::|,) ${why}\\b|\\(${why}\\)`);
  for (const [name, text] of Object.entries(texts)) expect(text, name).not.toMatch(raw);
  for (const format of ['json', 'jsonl'] as const) expect(reported(format, one)).toContain(`"why":"${why}"`);
});

test('that a key looks like something else in some of its places is said', () => {
  const one = entry({ otherRules: [{ id: 'beta-key', title: 'Beta key' }] });
  for (const format of ['text', 'html'] as const)
    expect(reported(format, one)).toContain('in some of its places it looks like: Beta key (beta-key)');
  expect(reported('text', entry())).not.toContain('looks like');
});

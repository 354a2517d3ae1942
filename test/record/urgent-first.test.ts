import { expect, it } from 'vitest';
import type { Entry } from '../../src/model/index.ts';
import { urgentFirst } from '../../src/record/report/urgent-first.ts';

const at = '2026-11-20T10:00:00Z';
const entry = (rule: string, more: Partial<Entry>): Entry =>
  ({ rule, verdict: { state: 'unknown', why: 'offline' }, receipt: null, ...more }) as Entry;

it('gives what lives first, and keeps the order within a rank', () => {
  const live = { state: 'live', why: 'it answers', checkedAt: at } as const;
  const dead = { state: 'revoked', why: 'it says so', checkedAt: at } as const;
  const given: string[] = [];
  const reporter = urgentFirst({ entry: ({ rule }) => given.push(rule), finish: () => given.push('end') });
  reporter.entry(entry('dead', { verdict: dead }));
  reporter.entry(entry('unknown-1', {}));
  reporter.entry(
    entry('burned', { verdict: live, receipt: { outcome: 'revoked', at, proof: dead, note: '' } }),
  );
  reporter.entry(entry('still-alive', { verdict: live, receipt: { outcome: 'failed', at, note: '' } }));
  reporter.entry(entry('unknown-2', {}));
  reporter.entry(entry('live', { verdict: live }));
  reporter.entry(entry('planned', { verdict: live, receipt: { outcome: 'planned', at, note: '' } }));
  expect(given).toEqual([]);
  reporter.finish({
    bytes: 0,
    files: 0,
    blobs: 0,
    commits: 0,
    binary: 0,
    findings: 0,
    live: 0,
    revoked: 0,
    skipped: [],
    elapsedMs: 0,
  });
  expect(given).toEqual([
    'still-alive',
    'planned',
    'live',
    'burned',
    'unknown-1',
    'unknown-2',
    'dead',
    'end',
  ]);
});

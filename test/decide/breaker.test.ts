import { describe, expect, it } from 'vitest';
import { createDailyBreaker } from '../../src/decide/index.ts';
import type { Fingerprint } from '../../src/model/index.ts';

describe('the breaker of a process that runs on and on', () => {
  it('counts each day anew, and a key of a day once', () => {
    let now = new Date('2026-11-21T23:59:00Z');
    const breaker = createDailyBreaker(2, () => now);
    const take = (digit: string): boolean => breaker.take(digit.repeat(64) as Fingerprint);
    expect(['a', 'b', 'a', 'c', 'a'].map(take)).toEqual([true, true, true, false, true]);
    expect(breaker.tripped).toBe(true);
    now = new Date('2026-11-22T00:00:00Z');
    expect(breaker.tripped).toBe(false);
    expect(['c', 'd', 'e'].map(take)).toEqual([true, true, false]);
  });
});

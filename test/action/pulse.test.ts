import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startPulse } from '../../src/action/pulse.ts';
import { createRunner } from '../../src/action/runner.ts';
import { emptyTally } from '../../src/find/index.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a long step says every ten seconds what it does and how far it is; a short one says nothing', () => {
  const lines: string[] = [];
  const pulse = startPulse((line) => lines.push(line));
  const tally = emptyTally();
  vi.advanceTimersByTime(9_000);
  expect(lines).toEqual([]);
  pulse.at('fetching');
  vi.advanceTimersByTime(1_000);
  pulse.at('reading', tally);
  [tally.bytes, tally.blobs, tally.commits] = [12_300_000, 41, 1];
  vi.advanceTimersByTime(10_000);
  [tally.bytes, tally.blobs, tally.files] = [25_000_000, 80, 3];
  vi.advanceTimersByTime(10_000);
  pulse.stop();
  vi.advanceTimersByTime(60_000);
  expect(lines).toEqual([
    'keyburn: fetching, 10 s',
    'keyburn: reading, 20 s, 12 MB read in 41 file versions and 1 commit',
    'keyburn: reading, 30 s, 25 MB read in 83 file versions and 1 commit',
  ]);
});

test('it is written at once, before all that waits for the masks', () => {
  const out: string[] = [];
  const runner = createRunner({}, { write: (text: string) => out.push(text) });
  runner.line('found something');
  runner.pulse('keyburn: reading, 10 s');
  runner.mask('one');
  runner.speak();
  expect(out.join('')).toBe('keyburn: reading, 10 s\n::add-mask::one\nfound something\n');
});
